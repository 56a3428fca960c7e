package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out what became of writes whose answer nobody saw, because the process or the network died
 * (issue: crash safety). What both sides show now decides; nothing is written here.
 */
final class Reconciliation {
  /** Airtable's clock may go before ours. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

  private final Layout layout;
  private final SheetTab tab;
  private final Map<String, Snapshot> base;
  private final Map<String, JsonNode> records = new HashMap<>();
  private final Map<String, SheetTab.SheetRow> rowsById = new HashMap<>();
  private final Map<String, Column> columns = new HashMap<>();
  private final List<Long> done = new ArrayList<>();
  private final List<Long> left = new ArrayList<>();
  private final Map<String, Snapshot> agreed = new HashMap<>();
  private final Map<Integer, String> adopted = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * @param base what both sides agreed on before; not changed
   * @param records as Airtable answered them
   */
  Reconciliation(Layout layout, SheetTab tab, Map<String, Snapshot> base, List<JsonNode> records) {
    this.layout = layout;
    this.tab = tab;
    this.base = base;
    layout.columns().forEach(column -> columns.put(column.id(), column));
    records.forEach(record -> this.records.put(record.path("id").asText(), record));
    if (layout.idColumn() >= 0) {
      for (SheetTab.SheetRow row : tab.rows()) {
        if (row.at(layout.idColumn()) instanceof String id) {
          rowsById.putIfAbsent(id.strip(), row);
        }
      }
    }
  }

  Reconciliation settle(List<Change> open) {
    for (Change change : open) {
      boolean arrived =
          switch (change.action()) {
            case UPDATE -> updated(change);
            case CREATE -> change.side() == Side.AIRTABLE ? created(change) : appended(change);
            case DELETE ->
                change.side() == Side.AIRTABLE && !records.containsKey(change.recordId());
            case LINK, HEADER, ID -> false;
          };
      (arrived ? done : left).add(change.id());
    }
    return this;
  }

  /** Each cell for itself: the request may have arrived and somebody typed since. */
  private boolean updated(Change change) {
    boolean all = true;
    for (JsonNode cell : change.cells()) {
      Column column = columns.get(cell.path("field").asText());
      Value value = Value.ofJson(cell.path("value"));
      boolean shows =
          column != null
              && (change.side() == Side.AIRTABLE
                  ? airtableHolds(records.get(change.recordId()), column, value)
                  : sheetHolds(rowsById.get(change.recordId()), column, value));
      all &= shows;
      if (shows) {
        agree(change.recordId(), Map.of(column.id(), value));
      }
    }
    return all;
  }

  private static boolean airtableHolds(JsonNode record, Column column, Value value) {
    return record != null
        && column.ofAirtable(record.path("fields").get(column.id())).equals(value);
  }

  private static boolean sheetHolds(SheetTab.SheetRow row, Column column, Value value) {
    try {
      return row != null && column.ofCell(row.at(column.index()), value).equals(value);
    } catch (Unreadable e) {
      return false;
    }
  }

  private void agree(String recordId, Map<String, Value> values) {
    Snapshot known = agreed.getOrDefault(recordId, base.get(recordId));
    Snapshot before = known == null ? Snapshot.of(Map.of()) : known;
    agreed.put(recordId, before.after(new Plan.BaseChange(recordId, values, null)));
  }

  /** A row that was appended brings its id with it; the merge compares the rest. */
  private boolean appended(Change change) {
    return rowsById.containsKey(change.recordId());
  }

  /**
   * A record that nobody knows, made since, with just these values: it belongs to the row that it
   * was made from, which has no id yet.
   */
  private boolean created(Change change) {
    Map<Column, Value> values = new HashMap<>();
    for (JsonNode cell : change.cells()) {
      Column column = columns.get(cell.path("field").asText());
      if (column != null) {
        values.put(column, Value.ofJson(cell.path("value")));
      }
    }
    for (JsonNode record : records.values()) {
      String id = record.path("id").asText();
      if (isNew(record, id, change.plannedAt())
          && values.entrySet().stream()
              .allMatch(entry -> airtableHolds(record, entry.getKey(), entry.getValue()))) {
        taken.add(id);
        adopt(id, change, values);
        return true;
      }
    }
    return false;
  }

  private boolean isNew(JsonNode record, String id, Instant plannedAt) {
    return !base.containsKey(id)
        && !rowsById.containsKey(id)
        && !taken.contains(id)
        && Instant.parse(record.path("createdTime").asText("1970-01-01T00:00:00Z"))
            .isAfter(plannedAt.minus(CLOCKS_DIFFER));
  }

  private void adopt(String recordId, Change change, Map<Column, Value> values) {
    List<SheetTab.SheetRow> free =
        tab.rows().stream()
            .filter(row -> row.at(layout.idColumn()) == null && !adopted.containsKey(row.number()))
            .toList();
    List<SheetTab.SheetRow> same =
        free.stream()
            .filter(
                row ->
                    values.entrySet().stream()
                        .allMatch(entry -> sheetHolds(row, entry.getKey(), entry.getValue())))
            .toList();
    List<SheetTab.SheetRow> alike =
        layout.matchOn() == null || !values.containsKey(layout.matchOn())
            ? List.of()
            : free.stream()
                .filter(row -> sheetHolds(row, layout.matchOn(), values.get(layout.matchOn())))
                .toList();
    List<SheetTab.SheetRow> found = same.isEmpty() ? alike : same;
    found.stream()
        .filter(row -> change.rowNumber() != null && row.number() == change.rowNumber())
        .findFirst()
        .or(() -> found.stream().findFirst())
        .ifPresent(
            row -> {
              adopted.put(row.number(), recordId);
              Map<String, Value> agreedOn = new HashMap<>();
              values.forEach((column, value) -> agreedOn.put(column.id(), value));
              agree(recordId, agreedOn);
            });
  }

  /** Changes that did arrive. */
  List<Long> done() {
    return done;
  }

  /** Changes that did not, or that somebody has overwritten since. */
  List<Long> left() {
    return left;
  }

  /** Snapshots that are new. */
  Map<String, Snapshot> agreed() {
    return agreed;
  }

  /** Record id by row that gets it. */
  Map<Integer, String> adopted() {
    return adopted;
  }

  /** The tab as if the adopted rows had their ids already. */
  SheetTab tab() {
    if (adopted.isEmpty()) {
      return tab;
    }
    return new SheetTab(
        tab.headerRow(),
        tab.header(),
        tab.rows().stream().map(row -> withId(row, adopted.get(row.number()))).toList());
  }

  private SheetTab.SheetRow withId(SheetTab.SheetRow row, String id) {
    if (id == null) {
      return row;
    }
    List<Object> cells = new ArrayList<>(row.cells());
    while (cells.size() <= layout.idColumn()) {
      cells.add(null);
    }
    cells.set(layout.idColumn(), id);
    return new SheetTab.SheetRow(row.number(), cells);
  }
}
