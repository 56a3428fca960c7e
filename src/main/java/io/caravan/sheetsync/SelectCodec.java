package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.caravan.sheetsync.Value.Text;

/** A single select: the name of one choice. */
record SelectCodec(Choices choices) implements FieldCodec {
  @Override
  public Value ofAirtable(JsonNode json) {
    return json.asText().isEmpty() ? Value.EMPTY : new Text(json.asText());
  }

  @Override
  public JsonNode toAirtable(Value value) {
    return TextNode.valueOf(((Text) value).text());
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    String choice = choices.find(TextCodec.plain(cell));
    if (choice == null) {
      throw choices.unknown();
    }
    return new Text(choice);
  }

  @Override
  public boolean isPlainly(JsonNode json, Value value) {
    return value instanceof Text(String text) && text.equals(json.textValue());
  }

  @Override
  public boolean holds(Value value) {
    return value instanceof Text;
  }

  @Override
  public Object toCell(Value value) {
    return ((Text) value).text();
  }
}
