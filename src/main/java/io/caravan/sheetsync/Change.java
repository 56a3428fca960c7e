package io.caravan.sheetsync;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A write as the journal has it (requirements of sheetsync, section 4 item 2).
 *
 * @param id 0 until it is written down
 * @param recordId null for a record that is not made yet, and for a header
 * @param rowNumber the row as it was read; null where none is meant
 * @param cells each with {@code field}, {@code column}, {@code before} with its meaning {@code
 *     was}, {@code after} with its meaning {@code value}, and {@code rule}, as far as they apply
 * @param state {@code planned}, {@code done}, {@code left} (it changed meanwhile), {@code refused},
 *     {@code undone}
 */
public record Change(
    long id,
    Side side,
    Action action,
    String recordId,
    Integer rowNumber,
    JsonNode cells,
    String state,
    String reason,
    Instant plannedAt) {
  /** What is done to a record or a row. */
  public enum Action {
    CREATE,
    UPDATE,
    DELETE,
    LINK,
    HEADER,
    ID;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Change planned(
      Side side, Action action, String recordId, Integer rowNumber, JsonNode cells) {
    return new Change(0, side, action, recordId, rowNumber, cells, "planned", null, null);
  }

  /**
   * @param columns by field id
   */
  static ArrayNode ofFields(List<Plan.FieldWrite> writes, Map<String, Column> columns) {
    ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    for (Plan.FieldWrite write : writes) {
      ObjectNode cell = cells.addObject().put("field", write.fieldId());
      cell.set("before", write.before());
      cell.set("was", columns.get(write.fieldId()).ofAirtable(write.before()).toJson());
      cell.set("after", write.after());
      cell.set("value", write.value().toJson());
      cell.put("rule", write.rule().name());
    }
    return cells;
  }

  /**
   * @param columns by field id
   */
  static ArrayNode ofCells(List<Plan.CellWrite> writes, Map<String, Column> columns) {
    ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    for (Plan.CellWrite write : writes) {
      ObjectNode cell =
          cells.addObject().put("field", write.fieldId()).put("column", write.column());
      cell.set("before", json(write.before()));
      cell.set("after", json(write.after()));
      cell.put("rule", write.rule().name());
      if (write.fieldId() == null) {
        continue;
      }
      try {
        cell.set("was", columns.get(write.fieldId()).ofCell(write.before(), null).toJson());
      } catch (Unreadable e) {
        // What stood there meant nothing.
      }
      cell.set("value", write.value().toJson());
    }
    return cells;
  }

  /** The content of a row's cells. */
  static ArrayNode ofRow(List<?> content) {
    ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    for (int column = 0; column < content.size(); column++) {
      cells.addObject().put("column", column).set("before", json(content.get(column)));
    }
    return cells;
  }

  /** The fields of a record. */
  static ArrayNode ofRecord(JsonNode fields) {
    ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    fields
        .properties()
        .forEach(
            field ->
                cells.addObject().put("field", field.getKey()).set("before", field.getValue()));
    return cells;
  }

  /** A cell's content as JSON. */
  static JsonNode json(Object content) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (content) {
      case null -> json.nullNode();
      case String text -> json.textNode(text);
      case Boolean flag -> json.booleanNode(flag);
      case BigDecimal number -> json.numberNode(number);
      case Number number -> json.numberNode(number.doubleValue());
      default -> new POJONode(content);
    };
  }

  /** A cell's content out of JSON: String, BigDecimal, Boolean or null. */
  static Object content(JsonNode json) {
    return switch (json.getNodeType()) {
      case STRING -> json.textValue();
      case NUMBER -> json.decimalValue();
      case BOOLEAN -> json.booleanValue();
      default -> null;
    };
  }
}
