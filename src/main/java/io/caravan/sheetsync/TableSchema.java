package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A table as Airtable's metadata describes it.
 *
 * @param id the table's id
 * @param name as people see it
 * @param primaryFieldId the field whose value names a record
 * @param fields in Airtable's order
 */
public record TableSchema(String id, String name, String primaryFieldId, List<Field> fields) {
  public TableSchema {
    fields = List.copyOf(fields);
  }

  /**
   * One field.
   *
   * @param id the field's id, which survives a rename
   * @param name as people see it
   * @param type Airtable's name of the type; may be one that did not exist when this was written
   * @param options the type's options, a missing node where it has none
   */
  public record Field(String id, String name, String type, JsonNode options) {
    public Field {
      options = options == null ? MissingNode.getInstance() : options;
    }
  }

  /**
   * @param table one element of {@code tables} in the answer of {@code
   *     /v0/meta/bases/{baseId}/tables}
   */
  public static TableSchema of(JsonNode table) {
    List<Field> fields = new ArrayList<>();
    for (JsonNode field : table.path("fields")) {
      fields.add(
          new Field(
              field.path("id").asText(),
              field.path("name").asText(),
              field.path("type").asText(),
              field.get("options")));
    }
    return new TableSchema(
        table.path("id").asText(),
        table.path("name").asText(),
        table.path("primaryFieldId").asText(),
        fields);
  }

  /**
   * The field that a mapping means: by id, by name, or by name without regard to case where only
   * one has it.
   *
   * @return null when there is none
   */
  Field field(String idOrName) {
    List<Field> similar = new ArrayList<>();
    for (Field field : fields) {
      if (field.id().equals(idOrName) || field.name().equals(idOrName)) {
        return field;
      }
      if (field.name().strip().equalsIgnoreCase(idOrName.strip())) {
        similar.add(field);
      }
    }
    return similar.size() == 1 ? similar.getFirst() : null;
  }
}
