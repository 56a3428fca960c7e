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

/** Makes records into rows, once the columns can hold them. */
final class RecordEncoder {
  /** PostgreSQL's B-trees take 2 704 bytes; headers need some. */
  private static final int LONGEST_KEY = 2_600;

  private final Columns columns;
  private final List<String> primaryKey;
  private final ContentHash hash = new ContentHash();
  private Object[] values = {};
  private JsonNode[] nodes = {};

  /** Sorted JSON of what has no column; null where there is none. */
  private byte[] more;

  RecordEncoder(Columns columns, List<String> primaryKey) {
    this.columns = columns;
    this.primaryKey = primaryKey;
  }

  /**
   * Adds a record to a batch as a row.
   *
   * @param position of it in the load
   * @return what has to change before the record fits; nothing is added then. Empty when it is
   *     added
   * @throws SetAside when it cannot be stored; nothing is added then
   */
  List<Change> encode(JsonNode record, long position, Batch batch) {
    if (!record.isObject()) {
      throw new SetAside("it is no object");
    }
    String key = primaryKey.isEmpty() ? null : key(record);
    List<Change> changes = fit(record);
    if (!changes.isEmpty()) {
      return changes;
    }
    byte[] content = hash(key);
    if (key == null) {
      key = HexFormat.of().formatHex(content);
    }
    batch.add(new Batch.Row(key, content, position, values, more));
    return List.of();
  }

  /** Finds the value of every column, or what keeps one from being found. */
  private List<Change> fit(JsonNode record) {
    int width = columns.all().size();
    values = new Object[width];
    if (nodes.length < width) {
      nodes = new JsonNode[width];
    }
    Arrays.fill(nodes, null);
    more = null;
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

  /** One value is the key as it is; several are an array of JSON, so that no two look the same. */
  private String key(JsonNode record) {
    ArrayNode parts = JsonNodeFactory.instance.arrayNode(primaryKey.size());
    for (String field : primaryKey) {
      JsonNode node = record.get(field);
      if (node == null || node.isNull()) {
        throw new SetAside("its primary key is missing (%s)".formatted(field));
      }
      if (node.isContainerNode()) {
        throw new SetAside("its primary key is no single value (%s)".formatted(field));
      }
      parts.add(ColumnValues.storable(node.asText()));
    }
    String key = parts.size() == 1 ? parts.get(0).textValue() : parts.toString();
    if (key.length() * 3 > LONGEST_KEY
        && key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw new SetAside("its primary key is longer than %,d bytes".formatted(LONGEST_KEY));
    }
    return key;
  }

  private byte[] hash(String key) {
    hash.begin(key);
    for (Column column : columns.all()) {
      JsonNode node = nodes[column.position()];
      if (node != null) {
        hash.add(column, node, values[column.position()]);
      }
    }
    if (more != null) {
      hash.addMore(more);
    }
    return hash.end();
  }
}
