package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.sheetsync.Value.Decimal;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration, in seconds on both sides. A person may write {@code 1:30:00}; in a field of hours and
 * minutes also {@code 1:30}.
 *
 * @param seconds reads and writes plain seconds
 * @param minutesLast whether {@code 1:30} means an hour and a half in this field
 */
record DurationCodec(NumberCodec seconds, boolean minutesLast) implements FieldCodec {
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,6}):([0-5]\\d)(?::([0-5]\\d(?:\\.\\d{1,3})?))?");

  private static final BigDecimal MINUTE = BigDecimal.valueOf(60);

  @Override
  public Value ofAirtable(JsonNode json) {
    return seconds.ofAirtable(json);
  }

  @Override
  public JsonNode toAirtable(Value value) {
    return seconds.toAirtable(value);
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    if (cell instanceof String text) {
      Matcher clock = CLOCK.matcher(text.strip());
      if (clock.matches() && (minutesLast || clock.group(3) != null)) {
        BigDecimal minutes =
            new BigDecimal(clock.group(1)).multiply(MINUTE).add(new BigDecimal(clock.group(2)));
        BigDecimal rest = clock.group(3) == null ? BigDecimal.ZERO : new BigDecimal(clock.group(3));
        return new Decimal(minutes.multiply(MINUTE).add(rest));
      }
    }
    Value read = seconds.ofCell(cell, base);
    // A sheet turns 1:30 that a person types into a fraction of a day; as seconds it would round to
    // nothing.
    if (cell instanceof Number number
        && ((Decimal) read).number().compareTo(TextCodec.decimal(number)) != 0) {
      throw new Unreadable(
          Problem.Kind.NOT_A_DURATION,
          "must hold whole seconds; type '1:30:00 with the apostrophe, or 5400");
    }
    return read;
  }

  @Override
  public boolean holds(Value value) {
    return seconds.holds(value);
  }

  @Override
  public Object toCell(Value value) {
    return seconds.toCell(value);
  }
}
