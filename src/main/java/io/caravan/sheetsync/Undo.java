package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans the opposite of what a run wrote, wherever what it wrote still stands (requirements of
 * sheetsync, section 4 item 2). What somebody has edited since is theirs, and is named.
 */
final class Undo {
  private final Cycle cycle;
  private final PlanBuilder plan;
  private final Map<String, Column> columns = new HashMap<>();
  private final Map<String, JsonNode> records = new HashMap<>();
  private final Map<String, SheetTab.SheetRow> rows = new HashMap<>();
  private final List<SyncError> kept = new ArrayList<>();

  /**
   * @param cycle with both sides read and their layout found
   */
  Undo(Cycle cycle) {
    this.cycle = cycle;
    this.plan = new PlanBuilder(cycle.layout, false);
    cycle.layout.columns().forEach(column -> columns.put(column.id(), column));
    cycle.reading.records().forEach(record -> records.put(record.path("id").asText(), record));
    for (SheetTab.SheetRow row : cycle.sheet.rows()) {
      if (cycle.layout.idColumn() >= 0 && row.at(cycle.layout.idColumn()) instanceof String id) {
        rows.putIfAbsent(id.strip(), row);
      }
    }
  }

  /**
   * @param done what the run did, oldest first
   */
  Plan of(List<Change> done) {
    for (Change change : done.reversed()) {
      boolean ofAirtable = change.side() == Side.AIRTABLE;
      switch (change.action()) {
        case UPDATE -> {
          if (ofAirtable) {
            record(change);
          } else {
            row(change);
          }
        }
        case CREATE -> {
          if (ofAirtable) {
            unmakeRecord(change);
          } else {
            removeRow(change);
          }
        }
        case DELETE -> {
          if (ofAirtable) {
            makeRecord(change);
          } else {
            bringRow(change);
          }
        }
        default -> {
          // A header and an id take nothing from anybody.
        }
      }
    }
    return plan.build(Pairing.NONE, cycle.layout.halts());
  }

  /** What stays, because somebody has edited it since. */
  List<SyncError> kept() {
    return kept;
  }

  private void record(Change change) {
    JsonNode record = records.get(change.recordId());
    List<Plan.FieldWrite> writes = new ArrayList<>();
    for (JsonNode cell : change.cells()) {
      Column column = columns.get(cell.path("field").asText());
      JsonNode now =
          record == null || column == null ? null : record.path("fields").get(column.id());
      if (record == null
          || column == null
          || !column.ofAirtable(now).equals(Value.ofJson(cell.path("value")))) {
        keep(change.recordId(), cell, "Airtable");
      } else {
        Value was = Value.ofJson(cell.path("was"));
        writes.add(
            new Plan.FieldWrite(column.id(), now, column.toAirtable(was), was, Plan.Rule.UNDO));
      }
    }
    if (!writes.isEmpty()) {
      plan.recordUpdates.add(new Plan.RecordUpdate(change.recordId(), 0, writes));
    }
  }

  private void row(Change change) {
    SheetTab.SheetRow row = rows.get(change.recordId());
    List<Plan.CellWrite> writes = new ArrayList<>();
    for (JsonNode cell : change.cells()) {
      Column column = columns.get(cell.path("field").asText());
      Object now = row == null || column == null ? null : row.at(column.index());
      Value wrote = Value.ofJson(cell.path("value"));
      if (row == null || column == null || !column.cellMeans(now, wrote)) {
        keep(change.recordId(), cell, "the sheet");
      } else {
        Object before = Change.content(cell.path("before"));
        Value was = cell.has("was") ? Value.ofJson(cell.path("was")) : wrote;
        writes.add(
            new Plan.CellWrite(
                column.id(),
                column.index(),
                now,
                before == null ? "" : before,
                was,
                Plan.Rule.UNDO));
      }
    }
    if (!writes.isEmpty()) {
      plan.rowUpdates.add(new Plan.RowUpdate(change.recordId(), row.number(), writes));
    }
  }

  private void unmakeRecord(Change change) {
    JsonNode record = records.get(change.recordId());
    if (record == null) {
      return;
    }
    for (JsonNode cell : change.cells()) {
      Column column = columns.get(cell.path("field").asText());
      if (column == null
          || !column
              .ofAirtable(record.path("fields").get(column.id()))
              .equals(Value.ofJson(cell.path("value")))) {
        keep(change.recordId(), cell, "Airtable");
        return;
      }
    }
    plan.recordDeletes.add(new Plan.RecordDelete(change.recordId(), record.path("fields")));
    SheetTab.SheetRow row = rows.get(change.recordId());
    if (row != null) {
      plan.rowUpdates.add(
          new Plan.RowUpdate(
              change.recordId(),
              row.number(),
              List.of(
                  new Plan.CellWrite(
                      null,
                      cycle.layout.idColumn(),
                      change.recordId(),
                      "",
                      Value.EMPTY,
                      Plan.Rule.UNDO))));
    }
  }

  private void removeRow(Change change) {
    SheetTab.SheetRow row = rows.get(change.recordId());
    if (row == null) {
      return;
    }
    for (JsonNode cell : change.cells()) {
      Column column = columns.get(cell.path("field").asText());
      if (column == null
          || !column.cellMeans(row.at(column.index()), Value.ofJson(cell.path("value")))) {
        keep(change.recordId(), cell, "the sheet");
        return;
      }
    }
    plan.rowDeletes.add(new Plan.RowDelete(change.recordId(), row.number(), row.cells()));
  }

  /** A record that was deleted comes back under a new id; the row it had is found by nothing. */
  private void makeRecord(Change change) {
    List<Plan.FieldWrite> writes = new ArrayList<>();
    for (JsonNode cell : change.cells()) {
      Column column = columns.get(cell.path("field").asText());
      if (column != null && column.writable()) {
        Value was = column.ofAirtable(cell.path("before"));
        writes.add(
            new Plan.FieldWrite(column.id(), null, column.toAirtable(was), was, Plan.Rule.UNDO));
      }
    }
    Map<String, Value> settles = new HashMap<>();
    writes.forEach(write -> settles.put(write.fieldId(), write.value()));
    plan.recordCreates.add(
        new Plan.RecordCreate(0, cycle.layout.idColumn(), null, writes, settles));
  }

  private void bringRow(Change change) {
    List<Plan.CellWrite> writes = new ArrayList<>();
    for (JsonNode cell : change.cells()) {
      Object before = Change.content(cell.path("before"));
      if (before != null) {
        writes.add(
            new Plan.CellWrite(
                null, cell.path("column").asInt(), null, before, Value.EMPTY, Plan.Rule.UNDO));
      }
    }
    if (change.recordId() == null || !rows.containsKey(change.recordId())) {
      plan.rowAppends.add(
          new Plan.RowAppend(change.recordId(), cycle.layout.idColumn(), writes, Map.of()));
    }
  }

  private void keep(String recordId, JsonNode cell, String where) {
    String field = cell.path("field").asText(null);
    Column column = columns.get(field);
    kept.add(
        new SyncError(
            "STATE",
            recordId,
            column == null ? field : column.field().name(),
            null,
            "It was changed in %s since; it stays as it is.".formatted(where)));
  }
}
