package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the API does with records when it is asked to change some. */
final class AirtableRecords {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST = 10;

  private final AirtableTable table;
  private final AirtableUser by;

  AirtableRecords(AirtableTable table, AirtableUser by) {
    this.table = table;
    this.by = by;
  }

  /**
   * Creates one record or up to ten.
   *
   * @param body with {@code fields} or {@code records}
   * @throws Refusal when one of them cannot be, and then none is
   */
  JsonNode create(JsonNode body) {
    AirtableWrite write = write(body);
    if (!body.has("records")) {
      String id = write.create(fields(body));
      write.apply();
      return shown(id, body);
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode record : several(body, "a \"fields\" object")) {
      ids.add(write.create(fields(record)));
    }
    write.apply();
    return shown(ids, body);
  }

  /**
   * Changes a record.
   *
   * @param replaces whether fields that are not named become empty
   */
  JsonNode update(String id, JsonNode body, boolean replaces) {
    AirtableRecord record = table.record(id).orElseThrow(AirtableErrors::noSuchRecord);
    AirtableWrite write = write(body);
    write.update(record, fields(body), replaces);
    write.apply();
    return shown(id, body);
  }

  /** Changes up to ten records by their ids. */
  JsonNode update(JsonNode body, boolean replaces) {
    AirtableWrite write = write(body);
    Set<String> ids = new HashSet<>();
    List<String> updated = new ArrayList<>();
    for (JsonNode given : several(body, "an \"id\" ID field and a \"fields\" object")) {
      String id = given.path("id").asText();
      AirtableRecord record = table.record(id).orElseThrow(() -> AirtableErrors.noSuchRow(id));
      if (!ids.add(id)) {
        throw AirtableErrors.unprocessable(
            "INVALID_RECORDS", "You cannot update the same record more than once in a request.");
      }
      write.update(record, fields(given), replaces);
      updated.add(id);
    }
    write.apply();
    return shown(updated, body);
  }

  /** Changes records with the same values in some fields, and creates those without a match. */
  JsonNode upsert(JsonNode body, boolean replaces) {
    AirtableMatch match =
        new AirtableMatch(table, body.path("performUpsert").path("fieldsToMergeOn"));
    AirtableWrite write = write(body);
    List<String> ids = new ArrayList<>();
    ArrayNode created = JSON.arrayNode();
    ArrayNode updated = JSON.arrayNode();
    for (JsonNode given : several(body, "a \"fields\" object")) {
      String id = given.has("id") ? given.get("id").asText() : match.of(fields(given));
      if (id == null) {
        String made = write.create(fields(given));
        created.add(made);
        ids.add(made);
      } else {
        AirtableRecord record = table.record(id).orElseThrow(() -> AirtableErrors.noSuchRow(id));
        write.update(record, fields(given), replaces);
        updated.add(id);
        ids.add(id);
      }
    }
    write.apply();
    ObjectNode answer = shown(ids, body);
    answer.set("createdRecords", created);
    answer.set("updatedRecords", updated);
    return answer;
  }

  /** Deletes a record. */
  JsonNode delete(String id) {
    table.remove(table.record(id).orElseThrow(AirtableErrors::noSuchRecord), by);
    return deleted(id);
  }

  /** Deletes up to ten records, or none. */
  JsonNode delete(List<String> ids) {
    if (ids.isEmpty() || ids.size() > MOST) {
      throw AirtableErrors.unprocessable(
          "INVALID_RECORDS", "\"records\" must be an array of up to 10 record IDs.");
    }
    List<AirtableRecord> gone =
        ids.stream()
            .distinct()
            .map(id -> table.record(id).orElseThrow(() -> AirtableErrors.noSuchRow(id)))
            .toList();
    ObjectNode answer = JSON.objectNode();
    ArrayNode records = answer.putArray("records");
    for (AirtableRecord record : gone) {
      table.remove(record, by);
      records.add(deleted(record.id()));
    }
    return answer;
  }

  private static JsonNode deleted(String id) {
    return JSON.objectNode().put("deleted", true).put("id", id);
  }

  private AirtableWrite write(JsonNode body) {
    return new AirtableWrite(table, by, body.path("typecast").asBoolean());
  }

  private static JsonNode fields(JsonNode record) {
    JsonNode fields = record.path("fields");
    if (fields.isMissingNode()) {
      throw AirtableErrors.unprocessable(
          "INVALID_REQUEST_MISSING_FIELDS", "Could not find field \"fields\" in the request body");
    }
    if (!fields.isObject()) {
      throw AirtableErrors.invalidParameters();
    }
    return fields;
  }

  private static JsonNode several(JsonNode body, String each) {
    JsonNode records = body.path("records");
    if (!records.isArray() || records.isEmpty() || records.size() > MOST) {
      throw AirtableErrors.unprocessable(
          "INVALID_RECORDS",
          "You must provide an array of up to 10 record objects, each with %s for cell values."
              .formatted(each));
    }
    return records;
  }

  private ObjectNode shown(String id, JsonNode body) {
    return AirtableValues.record(
        table,
        table.record(id).orElseThrow(),
        table.fields(),
        body.path("returnFieldsByFieldId").asBoolean(),
        false);
  }

  private ObjectNode shown(List<String> ids, JsonNode body) {
    ObjectNode answer = JSON.objectNode();
    ArrayNode records = answer.putArray("records");
    ids.forEach(id -> records.add(shown(id, body)));
    return answer;
  }
}
