package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.caravan.sheetsync.Value.Moment;
import io.caravan.sheetsync.Value.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A point in time: UTC in Airtable, clock time of the field's own time zone in the sheet, {@code
 * 2026-02-03 14:30:00}, with an offset only where clocks are set back and the time comes twice.
 *
 * @param zone the field's time zone
 */
record MomentCodec(ZoneId zone) implements FieldCodec {
  private static final int MILLI = 1_000_000;
  private static final int TEN = 10;
  private static final int HUNDRED = 100;

  /**
   * @param options of a dateTime field; its time zone may be {@code client}, whoever looks at it,
   *     for which UTC stands in as the server is nobody
   */
  static MomentCodec of(JsonNode options) {
    try {
      String name = options.path("timeZone").asText();
      return new MomentCodec(
          name.isEmpty() || name.equals("client") || name.equals("utc")
              ? ZoneOffset.UTC
              : ZoneId.of(name));
    } catch (DateTimeException e) {
      return new MomentCodec(ZoneOffset.UTC);
    }
  }

  @Override
  public Value ofAirtable(JsonNode json) {
    try {
      return new Moment(Instant.parse(json.asText()));
    } catch (DateTimeException e) {
      return new Text(json.asText());
    }
  }

  @Override
  public JsonNode toAirtable(Value value) {
    return TextNode.valueOf(
        value instanceof Moment(Instant instant)
            ? instant.atOffset(ZoneOffset.UTC).format(DateTimeFormatter.ISO_INSTANT)
            : text(value));
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    return switch (cell) {
      case Number serial ->
          new Moment(MomentSpelling.inZone(Serial.time(serial), zone).toInstant());
      case String text -> new Moment(MomentSpelling.zoned(text, zone).toInstant());
      default -> throw DateSpelling.notADate();
    };
  }

  @Override
  public boolean isPlainly(JsonNode json, Value value) {
    return value instanceof Moment(Instant instant)
        && json.isTextual()
        && clock(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), 'T', true)
            .append('Z')
            .toString()
            .equals(json.textValue());
  }

  @Override
  public boolean holds(Value value) {
    return value instanceof Moment || value instanceof Text;
  }

  @Override
  public Object toCell(Value value) {
    if (!(value instanceof Moment(Instant instant))) {
      return text(value);
    }
    ZoneOffset offset = zone.getRules().getOffset(instant);
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), offset);
    String text = clock(local, ' ', local.getNano() != 0).toString();
    return comesOnce(local) ? text : text + offset;
  }

  @Override
  public Object toCell(Value value, Object old) {
    if (old instanceof Number && value instanceof Moment(Instant instant)) {
      LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
      return comesOnce(local) ? Serial.of(local) : toCell(value);
    }
    return toCell(value);
  }

  /** A formatter's pattern takes ten times as long, and every time of every cycle is compared. */
  private static StringBuilder clock(LocalDateTime time, char separator, boolean millis) {
    StringBuilder text = new StringBuilder(32).append(time.toLocalDate()).append(separator);
    twoDigits(text, time.getHour()).append(':');
    twoDigits(text, time.getMinute()).append(':');
    twoDigits(text, time.getSecond());
    if (millis) {
      int milli = time.getNano() / MILLI;
      text.append('.').append(milli / HUNDRED);
      twoDigits(text, milli % HUNDRED);
    }
    return text;
  }

  private static StringBuilder twoDigits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / TEN)).append((char) ('0' + number % TEN));
  }

  private boolean comesOnce(LocalDateTime local) {
    return zone.getRules().getValidOffsets(local).size() == 1;
  }

  private static String text(Value value) {
    return ((Text) value).text();
  }
}
