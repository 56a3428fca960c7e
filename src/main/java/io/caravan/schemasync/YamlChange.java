package io.caravan.schemasync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.InvalidInputException;
import io.caravan.source.DatasetPatch;
import io.caravan.source.DatasetPatch.Patched;

/**
 * A change of a dataset's YAML that settles a finding.
 *
 * @param kind what is done to the column
 * @param to the new name or type; null when it is removed
 */
record YamlChange(Kind kind, String table, String column, String to) {
  enum Kind {
    RENAME,
    CHANGE_TYPE,
    REMOVE
  }

  /**
   * @throws InvalidInputException when the YAML has no such column, or it has to be edited by hand
   */
  Patched apply(String yml) {
    return switch (kind) {
      case RENAME -> DatasetPatch.rename(yml, table, column, to);
      case CHANGE_TYPE -> DatasetPatch.changeType(yml, table, column, to);
      case REMOVE -> DatasetPatch.remove(yml, table, column);
    };
  }

  /**
   * As an incident keeps it, with the changed lines as {@code patch}.
   *
   * @return null when the YAML has to be edited by hand
   */
  JsonNode toJson(String yml) {
    try {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("patch", apply(yml).difference());
      node.put("kind", kind.name()).put("table", table).put("column", column).put("to", to);
      return node;
    } catch (InvalidInputException e) {
      return null;
    }
  }

  static YamlChange of(JsonNode json) {
    return new YamlChange(
        Kind.valueOf(json.path("kind").asText()),
        json.path("table").asText(null),
        json.path("column").asText(),
        json.path("to").asText(null));
  }
}
