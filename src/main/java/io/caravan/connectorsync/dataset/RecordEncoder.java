package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.connectorsync.dataset.Columns.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes records into rows, once the columns can hold them. */
final class RecordEncoder {
  private final Columns columns;
  private final ContentHash hash = new ContentHash();
  private Object[] values = {};
  private JsonNode[] nodes = {};
  private Column[] placed = {};

  /** Sorted JSON of what has no column; null where there is none. */
  private byte[] more;

  RecordEncoder(Columns columns) {
    this.columns = columns;
  }

  /**
   * Makes a record into a row.
   *
   * @param json the record, read
   * @param to is given the row, once the columns can hold it
   * @return what has to change before the record fits; empty when there is a row
   * @throws SetAside when it cannot be stored; there is no row then
   */
  List<Change> encode(Outline record, JsonNode json, Consumer<Row> to) {
    List<Change> changes = fit(json);
    if (!changes.isEmpty()) {
      return changes;
    }
    byte[] content = hash(record.key());
    to.accept(
        new Row(
            record.key() == null ? HexFormat.of().formatHex(content) : record.key(),
            content,
            record.textHash(),
            record.record().position(),
            record.record().bytes(),
            values,
            more));
    return List.of();
  }

  /** Finds the value of every column, or what keeps one from being found. */
  private List<Change> fit(JsonNode record) {
    int width = columns.all().size();
    values = new Object[width];
    if (nodes.length < width) {
      nodes = new JsonNode[width];
      placed = new Column[width];
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
