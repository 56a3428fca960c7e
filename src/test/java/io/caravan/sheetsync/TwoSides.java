package io.caravan.sheetsync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.sheetsync.MergeInput.ObservedChange;
import io.caravan.sheetsync.SheetTab.SheetRow;
import io.caravan.sheetsync.TableSchema.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small Airtable table and a sheet in memory, merged and written as the real ones are. The first
 * field is the primary one; a field's id is {@code fld} and its name.
 */
final class TwoSides {
  static final String ID = "Record ID";
  private static final JsonMapper JSON = new JsonMapper();

  final Map<String, ObjectNode> records = new LinkedHashMap<>();
  final List<List<Object>> grid = new ArrayList<>();
  final Map<String, Snapshot> base = new HashMap<>();
  final Map<String, LinkedTable> linkedTables = new HashMap<>();
  final Map<String, ObservedChange> sheetChanges = new HashMap<>();
  final Map<String, Instant> lastModified = new HashMap<>();
  final Map<String, String> mappings = new LinkedHashMap<>();
  final Map<Conflict.Key, Side> decisions = new HashMap<>();
  final List<Field> fields = new ArrayList<>();

  SyncDirection direction = SyncDirection.BIDIRECTIONAL;
  ConflictResolution resolution = ConflictResolution.AIRTABLE_WINS;
  ConflictResolution fallback = ConflictResolution.AIRTABLE_WINS;
  String matchOn;
  boolean includeHeader = true;
  boolean deleteExtraRows;
  boolean deleteExtraRecords;
  boolean createMissingLinkedRecords;
  boolean approved;
  Set<String> frozen = Set.of();
  private int newIds;

  /** JSON with single quotes, as Java's own are in the way. */
  static JsonNode quoted(String text) {
    return json(text.replace('\'', '"'));
  }

  /** A JSON string. */
  static String text(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  TwoSides field(String name, String type) {
    return field(name, type, null);
  }

  /** Mapped to a column of its own name. */
  TwoSides field(String name, String type, String options) {
    fields.add(new Field("fld" + name, name, type, options == null ? null : quoted(options)));
    mappings.put(name, name);
    return this;
  }

  TwoSides record(String id, String fieldsByName) {
    ObjectNode byId = JsonNodeFactory.instance.objectNode();
    quoted(fieldsByName).properties().forEach(f -> byId.set("fld" + f.getKey(), f.getValue()));
    records.put(id, byId);
    return this;
  }

  /** A row of the sheet, the first one its header. */
  TwoSides row(Object... cells) {
    grid.add(new ArrayList<>(Arrays.asList(cells)));
    return this;
  }

  /** Both sides as the first cycle leaves them. */
  TwoSides inStep() {
    apply(plan());
    Plan idle = plan();
    if (!idle.isIdle()) {
      throw new AssertionError("Not idle after the first cycle: " + idle);
    }
    return this;
  }

  Plan plan() {
    return Merge.plan(input());
  }

  /** A cycle that writes whatever it plans. */
  Plan cycle() {
    Plan plan = plan();
    apply(plan);
    return plan;
  }

  MergeInput input() {
    List<SheetRow> rows = new ArrayList<>();
    for (int i = 1; i < grid.size(); i++) {
      rows.add(new SheetRow(i + 1, new ArrayList<>(grid.get(i))));
    }
    return new MergeInput(
        new TableSchema("tbl", "Things", fields.getFirst().id(), fields),
        records.entrySet().stream()
            .map(
                r ->
                    new AirtableRecord(
                        r.getKey(), r.getValue().deepCopy(), lastModified.get(r.getKey())))
            .toList(),
        new SheetTab(1, grid.isEmpty() ? List.of() : new ArrayList<>(grid.getFirst()), rows),
        new HashMap<>(base),
        linkedTables,
        sheetChanges,
        new MergeOptions(
            direction,
            resolution,
            fallback,
            mappings,
            ID,
            matchOn,
            includeHeader,
            deleteExtraRows,
            deleteExtraRecords,
            createMissingLinkedRecords,
            decisions,
            frozen,
            0.2,
            5,
            approved));
  }

  void apply(Plan plan) {
    List<Runnable> parts = parts(plan, true);
    parts.forEach(Runnable::run);
  }

  /**
   * The plan as single steps, in an order in which they can be carried out.
   *
   * @param remembers whether the base is told of what was done
   */
  List<Runnable> parts(Plan plan, boolean remembers) {
    if (plan.halted()) {
      throw new AssertionError("Halted: " + plan.halts());
    }
    List<Runnable> parts = new ArrayList<>();
    plan.headerCells().forEach(h -> parts.add(() -> set(h.row(), h.column(), h.text())));
    plan.recordUpdates()
        .forEach(
            update ->
                parts.add(
                    () -> {
                      patch(update.recordId(), update.fields());
                      remember(remembers, update.baseChange());
                    }));
    plan.rowUpdates()
        .forEach(
            update ->
                parts.add(
                    () -> {
                      update.writes().forEach(w -> set(update.row(), w.column(), w.after()));
                      remember(remembers, update.baseChange());
                    }));
    plan.idCells().forEach(id -> parts.add(() -> set(id.row(), id.column(), id.recordId())));
    plan.recordCreates().forEach(create -> parts.addAll(creation(create, remembers)));
    plan.recordDeletes()
        .forEach(
            delete ->
                parts.add(
                    () -> {
                      records.remove(delete.recordId());
                      forget(remembers, delete.recordId());
                    }));
    plan.rowAppends()
        .forEach(
            append ->
                parts.add(
                    () -> {
                      grid.add(new ArrayList<>());
                      set(grid.size(), append.idColumn(), append.recordId());
                      append.writes().forEach(w -> set(grid.size(), w.column(), w.after()));
                      remember(remembers, append.baseChange());
                    }));
    // From the bottom up, so that the numbers of the others still hold.
    plan.rowDeletes().stream()
        .sorted(Comparator.comparingInt(Plan.RowDelete::row).reversed())
        .forEach(
            delete ->
                parts.add(
                    () -> {
                      grid.remove(delete.row() - 1);
                      forget(remembers, delete.recordId());
                    }));
    if (remembers) {
      plan.settled().forEach(change -> parts.add(() -> remember(true, change)));
      plan.forgotten().forEach(id -> parts.add(() -> base.remove(id)));
    }
    return parts;
  }

  private List<Runnable> creation(Plan.RecordCreate create, boolean remembers) {
    String id = "recNew%011d".formatted(++newIds);
    return List.of(
        () -> {
          records.put(id, JsonNodeFactory.instance.objectNode());
          patch(id, create.fields());
          remember(remembers, create.baseChange(id));
        },
        () -> set(create.row(), create.idColumn(), id));
  }

  private void remember(boolean remembers, Plan.BaseChange change) {
    if (remembers) {
      Snapshot before = base.getOrDefault(change.recordId(), Snapshot.of(Map.of()));
      // Through JSON, as the database keeps it.
      base.put(change.recordId(), Snapshot.ofJson(json(before.after(change).toJson().toString())));
    }
  }

  private void forget(boolean remembers, String recordId) {
    if (remembers && recordId != null) {
      base.remove(recordId);
    }
  }

  /** As Airtable does it: what is empty is left out. */
  void patch(String recordId, ObjectNode values) {
    ObjectNode record = records.get(recordId);
    values
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isNull() || value.isBoolean() && !value.booleanValue()) {
                record.remove(field.getKey());
              } else {
                record.set(field.getKey(), value);
              }
            });
  }

  /** As Sheets does it: numbers come back as doubles, {@code ""} clears. */
  void set(int row, int column, Object content) {
    while (grid.size() < row) {
      grid.add(new ArrayList<>());
    }
    List<Object> cells = grid.get(row - 1);
    while (cells.size() <= column) {
      cells.add(null);
    }
    cells.set(
        column,
        content instanceof Number number
            ? number.doubleValue()
            : "".equals(content) ? null : content);
  }

  /** What a cell of the sheet holds, by header and record id. */
  Object cell(String recordId, String header) {
    int idColumn = grid.getFirst().indexOf(ID);
    int column = grid.getFirst().indexOf(header);
    for (List<Object> row : grid.subList(1, grid.size())) {
      if (idColumn < row.size() && recordId.equals(row.get(idColumn))) {
        return column < row.size() ? row.get(column) : null;
      }
    }
    throw new AssertionError("No row of " + recordId);
  }
}
