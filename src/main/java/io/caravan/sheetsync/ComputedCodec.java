package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.sheetsync.Value.Items;
import java.util.ArrayList;
import java.util.List;

/**
 * A formula, rollup or lookup whose result has a type of its own: a computed date compares and
 * shows like a date. An error or NaN comes as an object and is shown as text.
 *
 * @param result how one result is read and shown
 * @param shown for everything that is not of the result's shape
 */
record ComputedCodec(FieldCodec result, ShownCodec shown) implements FieldCodec {
  @Override
  public Value ofAirtable(JsonNode json) {
    if (json.isObject()) {
      return shown.ofAirtable(json);
    }
    if (!json.isArray() || result instanceof LinkCodec) {
      return result.ofAirtable(json);
    }
    if (json.path(0).isObject()) {
      return shown.ofAirtable(json);
    }
    List<String> texts = new ArrayList<>(json.size());
    for (JsonNode element : json) {
      if (!element.isNull()) {
        texts.add(text(element));
      }
    }
    return texts.isEmpty() ? Value.EMPTY : new Items(texts);
  }

  private String text(JsonNode element) {
    if (element.isContainerNode()) {
      return ShownCodec.plain(element);
    }
    Value value = result.ofAirtable(element);
    return value == Value.EMPTY ? "" : TextCodec.plain(result.toCell(value));
  }

  @Override
  public JsonNode toAirtable(Value value) {
    return shown.toAirtable(value);
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    return result.ofCell(cell, base);
  }

  @Override
  public boolean holds(Value value) {
    return result.holds(value) || shown.holds(value);
  }

  @Override
  public Object toCell(Value value) {
    return result.holds(value) ? result.toCell(value) : shown.toCell(value);
  }

  @Override
  public Object toCell(Value value, Object old) {
    return result.holds(value) ? result.toCell(value, old) : shown.toCell(value);
  }
}
