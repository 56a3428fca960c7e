package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.sheetsync.Value.Items;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** A multiple select: names of choices, separated by commas in the sheet. */
record MultiSelectCodec(Choices choices) implements FieldCodec {
  @Override
  public Value ofAirtable(JsonNode json) {
    List<String> names = new ArrayList<>(json.size());
    json.forEach(name -> names.add(name.asText()));
    return names.isEmpty() ? Value.EMPTY : new Items(names);
  }

  @Override
  public JsonNode toAirtable(Value value) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    ((Items) value).names().forEach(names::add);
    return names;
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    String text = TextCodec.plain(cell);
    SequencedSet<String> found = new LinkedHashSet<>();
    for (String name : NameList.split(text)) {
      String choice = choices.find(name);
      if (choice == null) {
        // A person may forget the quotes around the one name with a comma.
        String whole = choices.find(text);
        if (whole == null) {
          throw choices.unknown();
        }
        return new Items(List.of(whole));
      }
      found.add(choice);
    }
    return found.isEmpty() ? Value.EMPTY : new Items(List.copyOf(found));
  }

  @Override
  public boolean isPlainly(JsonNode json, Value value) {
    if (!(value instanceof Items(List<String> names)) || names.size() != json.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals(json.get(i).textValue())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean holds(Value value) {
    return value instanceof Items;
  }

  @Override
  public Object toCell(Value value) {
    return NameList.join(((Items) value).names());
  }
}
