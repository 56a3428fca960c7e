package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.sheetsync.Value.Reference;
import io.caravan.sheetsync.Value.References;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Linked records: ids in Airtable, names in the sheet (TS-12 to TS-14). */
record LinkCodec(LinkedTable table) implements FieldCodec {
  @Override
  public Value ofAirtable(JsonNode json) {
    List<Reference> references = new ArrayList<>(json.size());
    for (JsonNode id : json) {
      references.add(new Reference(id.asText(), table.nameOf(id.asText())));
    }
    return references.isEmpty() ? Value.EMPTY : new References(references);
  }

  @Override
  public JsonNode toAirtable(Value value) {
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    ((References) value).ids().forEach(ids::add);
    return ids;
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    String text = TextCodec.plain(cell);
    List<String> names = NameList.split(text);
    Map<String, Reference> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    List<Reference> known =
        new ArrayList<>(base instanceof References(List<Reference> before) ? before : List.of());
    for (String name : names) {
      Reference reference = kept(known, name);
      if (reference == null) {
        reference = find(name);
      }
      if (reference == null) {
        missing.add(name);
      } else {
        found.put(reference.id(), reference);
      }
    }
    if (!missing.isEmpty()) {
      // A person may forget the quotes around the one name with a comma.
      Reference whole = names.size() > 1 ? find(text) : null;
      if (whole == null) {
        throw new Unreadable(
            Problem.Kind.MISSING_LINK,
            "names a linked record that does not exist; correct the name or create the record",
            missing);
      }
      return new References(List.of(whole));
    }
    return found.isEmpty() ? Value.EMPTY : new References(List.copyOf(found.values()));
  }

  /**
   * A name that was there before still means the same record, even when others share it or it has
   * been renamed.
   */
  private static Reference kept(List<Reference> known, String name) {
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).name().strip().equals(name)) {
        return known.remove(i);
      }
    }
    return null;
  }

  private Reference find(String name) throws Unreadable {
    List<String> ids = table.idsOf(name);
    if (ids.size() > 1) {
      throw new Unreadable(
          Problem.Kind.AMBIGUOUS_LINK,
          "names a linked record of which there are %d; make the names differ in Airtable"
              .formatted(ids.size()));
    }
    return ids.isEmpty() ? null : new Reference(ids.getFirst(), table.nameOf(ids.getFirst()));
  }

  @Override
  public boolean holds(Value value) {
    return value instanceof References;
  }

  @Override
  public Object toCell(Value value) {
    return NameList.join(((References) value).names());
  }
}
