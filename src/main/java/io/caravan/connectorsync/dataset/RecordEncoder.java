package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.connectorsync.dataset.Columns.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes records into rows, once the columns can hold them. */
final class RecordEncoder {
  /** PostgreSQL's B-trees take 2 704 bytes; headers need some. */
  private static final int LONGEST_KEY = 2_600;

  private final Columns columns;
  private final List<String> primaryKey;
  private final ContentHash hash = new ContentHash();
  private Object[] values = {};
  private JsonNode[] nodes = {};
  private Column[] placed = {};

  /** Sorted JSON of what has no column; null where there is none. */
  private byte[] more;

  RecordEncoder(Columns columns, List<String> primaryKey) {
    this.columns = columns;
    this.primaryKey = primaryKey;
  }

  /**
   * Makes a record into a row.
   *
   * @param to is given the row, once the columns can hold it
   * @return what has to change before the record fits; empty when there is a row
   * @throws SetAside when it cannot be stored; there is no row then
   */
  List<Change> encode(Arrival record, Consumer<Row> to) {
    String key = key(record.json());
    List<Change> changes = fit(record.json());
    if (!changes.isEmpty()) {
      return changes;
    }
    byte[] content = hash(key);
    to.accept(new Row(key == null ? hex(content) : key, content, record.position(), values, more));
    return List.of();
  }

  /**
   * As much of a record as tells whether the dataset has it just so; the columns may change
   * meanwhile.
   *
   * @throws SetAside when it cannot be stored
   */
  Outline outline(Arrival record) {
    String key = key(record.json());
    byte[] content = place(record.json()) ? hash(key) : null;
    return new Outline(key == null && content != null ? hex(content) : key, content, record);
  }

  private static String hex(byte[] content) {
    return HexFormat.of().formatHex(content);
  }

  /** Finds the column of every field, as long as each has one. */
  private boolean place(JsonNode record) {
    int width = columns.size();
    begin(width);
    ObjectNode rest = null;
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      JsonNode node = field.getValue();
      if (node.isNull()) {
        continue;
      }
      Column column = columns.of(field.getKey());
      if (column != null && column.position() < width) {
        nodes[column.position()] = node;
        placed[column.position()] = column;
      } else if (column == null && width >= Columns.MOST) {
        rest = rest == null ? JsonNodeFactory.instance.objectNode() : rest;
        rest.set(field.getKey(), node);
      } else {
        return false;
      }
    }
    more = rest == null ? null : ColumnValues.json(rest);
    return true;
  }

  private void begin(int width) {
    values = new Object[width];
    if (nodes.length < width) {
      nodes = new JsonNode[width];
      placed = new Column[width];
    }
    Arrays.fill(nodes, null);
    more = null;
  }

  /** Finds the value of every column, or what keeps one from being found. */
  private List<Change> fit(JsonNode record) {
    begin(columns.size());
    ObjectNode rest = null;
    Map<Column, ColumnType> widened = null;
    Map<String, ColumnType> added = null;
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      JsonNode node = field.getValue();
      if (node.isNull()) {
        continue;
      }
      Column column = columns.of(field.getKey());
      if (column != null) {
        nodes[column.position()] = node;
        placed[column.position()] = column;
        Object value = ColumnValues.of(column.type(), node);
        values[column.position()] = value;
        if (value == null) {
          ColumnType type = column.type().with(ColumnValues.narrowest(node));
          ColumnValues.of(type, node);
          widened = widened == null ? new LinkedHashMap<>() : widened;
          widened.put(column, type);
        }
      } else if (columns.full(added == null ? 0 : added.size())) {
        rest = rest == null ? JsonNodeFactory.instance.objectNode() : rest;
        rest.set(field.getKey(), node);
      } else {
        ColumnType type = ColumnValues.narrowest(node);
        ColumnValues.storable(field.getKey());
        ColumnValues.of(type, node);
        added = added == null ? new LinkedHashMap<>() : added;
        added.put(field.getKey(), type);
      }
    }
    if (rest != null) {
      more = ColumnValues.json(rest);
    }
    return widened == null && added == null ? List.of() : changes(widened, added);
  }

  private List<Change> changes(Map<Column, ColumnType> widened, Map<String, ColumnType> added) {
    List<Change> changes = new ArrayList<>();
    if (widened != null) {
      widened.forEach((column, type) -> changes.add(new Change(column.of(type), column.type())));
    }
    if (added != null) {
      int ahead = 0;
      for (Map.Entry<String, ColumnType> field : added.entrySet()) {
        changes.add(new Change(columns.make(field.getKey(), field.getValue(), ahead++), null));
      }
    }
    return changes;
  }

  /**
   * One value is the key as it is; several are an array of JSON, so that no two look the same.
   *
   * @return null where the content is the key
   */
  private String key(JsonNode record) {
    if (!record.isObject()) {
      throw new SetAside("it is no object");
    }
    if (primaryKey.isEmpty()) {
      return null;
    }
    String key = primaryKey.size() == 1 ? part(record, primaryKey.getFirst()) : parts(record);
    if (key.length() * 3 > LONGEST_KEY
        && key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw new SetAside("its primary key is longer than %,d bytes".formatted(LONGEST_KEY));
    }
    return key;
  }

  private String parts(JsonNode record) {
    ArrayNode parts = JsonNodeFactory.instance.arrayNode(primaryKey.size());
    primaryKey.forEach(field -> parts.add(part(record, field)));
    return parts.toString();
  }

  private static String part(JsonNode record, String field) {
    JsonNode node = record.get(field);
    if (node == null || node.isNull()) {
      throw new SetAside("its primary key is missing (%s)".formatted(field));
    }
    if (node.isContainerNode()) {
      throw new SetAside("its primary key is no single value (%s)".formatted(field));
    }
    return ColumnValues.storable(node.asText());
  }

  private byte[] hash(String key) {
    hash.begin(key);
    for (int i = 0; i < values.length; i++) {
      if (nodes[i] != null) {
        hash.add(placed[i], nodes[i], values[i]);
      }
    }
    if (more != null) {
      hash.addMore(more);
    }
    return hash.end();
  }
}
