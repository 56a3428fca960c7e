package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.caravan.sheetsync.Value.Flag;
import java.util.Locale;

/** A checkbox. Airtable leaves an unchecked one out and so does an empty cell. */
final class CheckboxCodec implements FieldCodec {
  private static final Flag UNCHECKED = new Flag(false);

  @Override
  public Value ofAirtable(JsonNode json) {
    return new Flag(json.asBoolean());
  }

  @Override
  public JsonNode toAirtable(Value value) {
    return BooleanNode.valueOf(((Flag) value).on());
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    return switch (TextCodec.plain(cell).strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> new Flag(true);
      case "false", "no", "0" -> UNCHECKED;
      default ->
          throw new Unreadable(
              Problem.Kind.NOT_A_CHECKBOX, "must hold TRUE, FALSE, yes, no, 1 or 0");
    };
  }

  @Override
  public boolean holds(Value value) {
    return value instanceof Flag;
  }

  @Override
  public Object toCell(Value value) {
    return ((Flag) value).on();
  }

  @Override
  public Value empty() {
    return UNCHECKED;
  }
}
