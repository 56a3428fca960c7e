package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.CHECKBOX;
import static io.caravan.sandbox.AirtableFieldType.DATE;
import static io.caravan.sandbox.AirtableFieldType.MULTILINE_TEXT;
import static io.caravan.sandbox.AirtableFieldType.NUMBER;
import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.Api;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table and the sheet of {@link People} at the stand-ins, as a copy in memory shows them. */
final class StandInSides {
  final Pair pair;
  private final TwoSides copy;

  /**
   * @param copy what both sides hold at first, and how the config is
   * @param options of the config, beside those of the copy
   */
  StandInSides(Api api, String name, TwoSides copy, Map<String, ?> options) {
    this.copy = copy;
    AirtableBase base = TestPairs.AIRTABLE.addBase(name);
    AirtableTable table =
        base.addTable("Things", AirtableField.of("Key", SINGLE_LINE_TEXT))
            .add(AirtableField.of("Note", MULTILINE_TEXT))
            .add(AirtableField.of("Amount", NUMBER).with("precision", 2))
            .add(AirtableField.of("Done", CHECKBOX))
            .add(AirtableField.multiSelect("Tags", People.TAGS.toArray(String[]::new)))
            .add(AirtableField.of("Due", DATE));
    Map<String, Object> all = new LinkedHashMap<>(options);
    all.put("fallback", copy.fallback);
    all.put("deleteExtraRows", copy.deleteExtraRows);
    all.put("deleteExtraRecords", copy.deleteExtraRecords);
    pair =
        new Pair(
            api,
            base,
            table,
            copy.mappings,
            List.of(),
            Map.of(
                "syncDirection",
                copy.direction,
                "conflictResolution",
                copy.resolution,
                "options",
                all));
    // Hardly any room, so that new rows have to make theirs.
    pair.tab.deleteRows(8, 93);
    push();
  }

  /** The copy becomes what is there. */
  void pull() {
    copy.records.clear();
    for (String id : pair.table.ids()) {
      copy.records.put(id, record(id));
    }
    copy.grid.clear();
    for (List<Object> row : pair.rows()) {
      copy.grid.add(
          row.stream().map(StandInSides::cell).collect(Collectors.toCollection(ArrayList::new)));
    }
  }

  private ObjectNode record(String id) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    for (String field : People.FIELDS) {
      JsonNode value = pair.table.value(id, field);
      if (!value.isNull()) {
        record.set("fld" + field, value);
      }
    }
    return record;
  }

  private static Object cell(Object value) {
    return value instanceof Number number
        ? Double.valueOf(number.doubleValue())
        : "".equals(value) ? null : value;
  }

  /** What is there becomes the copy, as people would make it so. */
  void push() {
    List<String> there = pair.table.ids();
    there.stream().filter(id -> !copy.records.containsKey(id)).forEach(pair.table::delete);
    copy.records.forEach(
        (id, record) -> {
          if (!there.contains(id)) {
            Map<String, JsonNode> values = new LinkedHashMap<>();
            record
                .properties()
                .forEach(field -> values.put(field.getKey().substring(3), field.getValue()));
            pair.table.create(values);
          } else {
            edit(id, record);
          }
        });
    type();
  }

  private void edit(String id, ObjectNode record) {
    ObjectNode before = record(id);
    for (String field : People.FIELDS) {
      JsonNode value = record.path("fld" + field);
      if (!value.equals(before.path("fld" + field))) {
        pair.table.edit(id, field, value.isMissingNode() ? NullNode.getInstance() : value);
      }
    }
  }

  private void type() {
    List<List<Object>> before = pair.rows();
    int rows = Math.max(before.size(), copy.grid.size());
    int width = Math.max(width(before), width(copy.grid));
    int room = pair.tab.gridRows();
    if (rows > room) {
      pair.tab.insertRows(room + 1, rows - room);
    }
    List<List<Object>> typed = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Object> cells = new ArrayList<>(Collections.nCopies(width, ""));
      List<Object> wanted = row < copy.grid.size() ? copy.grid.get(row) : List.of();
      for (int column = 0; column < wanted.size(); column++) {
        cells.set(column, wanted.get(column) == null ? "" : wanted.get(column));
      }
      typed.add(cells);
    }
    pair.tab.put("A1", typed);
  }

  private static int width(List<List<Object>> rows) {
    return rows.stream().mapToInt(List::size).max().orElse(0);
  }
}
