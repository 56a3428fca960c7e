package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * What both sides last agreed on for one record. It lives in the database, so that a restart
 * changes nothing (defect D1).
 *
 * @param values by field id; a field that was never in step is not there
 * @param missingIn the side that deleted it while the option kept it on the other, else null
 */
public record Snapshot(Map<String, Value> values, Side missingIn) {
  private static final String MISSING_IN = "missingIn";

  public Snapshot {
    values = Map.copyOf(values);
  }

  /** Both sides have it. */
  public static Snapshot of(Map<String, Value> values) {
    return new Snapshot(values, null);
  }

  /**
   * This snapshot after a part of a plan succeeded.
   *
   * @param change what is agreed on now
   */
  public Snapshot after(Plan.BaseChange change) {
    Map<String, Value> merged = new HashMap<>(values);
    merged.putAll(change.values());
    return new Snapshot(merged, change.missingIn());
  }

  /** For a jsonb column: {@code {"values":{"fld…":…},"missingIn":"SHEETS"}}. */
  public JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode fields = json.putObject("values");
    values.forEach((field, value) -> fields.set(field, value.toJson()));
    if (missingIn != null) {
      json.put(MISSING_IN, missingIn.name());
    }
    return json;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when a value is none of ours
   */
  public static Snapshot ofJson(JsonNode json) {
    Map<String, Value> values = new HashMap<>();
    for (var field : json.path("values").properties()) {
      values.put(field.getKey(), Value.ofJson(field.getValue()));
    }
    return new Snapshot(
        values, json.has(MISSING_IN) ? Side.valueOf(json.get(MISSING_IN).asText()) : null);
  }
}
