package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.sheetsync.Conflict.Kind;
import io.caravan.sheetsync.ConflictRules.Decision;
import io.caravan.sheetsync.Pairing.NewRow;
import io.caravan.sheetsync.Pairing.Orphan;
import io.caravan.sheetsync.Plan.CellWrite;
import io.caravan.sheetsync.Plan.FieldWrite;
import io.caravan.sheetsync.Plan.Rule;
import io.caravan.sheetsync.SheetTab.SheetRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What only one side has: new there, or deleted on the other (defect D4).
 *
 * <ol>
 *   <li>Never in step: new, and added to the other side where the direction allows it; in the
 *       target of a one-way config it is extra.
 *   <li>Both ways, deleted on one side and untouched on the other: deleted there too if {@code
 *       deleteExtraRows} or {@code deleteExtraRecords} says so; else it stays, unpaired, and does
 *       not come back.
 *   <li>Both ways, deleted on one side and edited on the other: a conflict.
 *   <li>One way: what the source has comes back in the target, what it no longer has is extra.
 *   <li>Extra: deleted if the option says so, else left alone.
 * </ol>
 */
final class SingleMerge {
  private final MergeInput input;
  private final MergeOptions options;
  private final Layout layout;
  private final PlanBuilder plan;
  private final ConflictRules rules;

  SingleMerge(MergeInput input, Layout layout, PlanBuilder plan, ConflictRules rules) {
    this.input = input;
    this.options = input.options();
    this.layout = layout;
    this.plan = plan;
    this.rules = rules;
  }

  /** A record that no row shows. */
  void merge(AirtableRecord record) {
    Snapshot snapshot = input.base().get(record.id());
    boolean edited = snapshot != null && isEdited(record, snapshot);
    switch (options.direction()) {
      case AIRTABLE_TO_SHEETS -> append(record);
      case SHEETS_TO_AIRTABLE -> {
        boolean deleted = deleteRecord(record, snapshot, Map.of());
        if (deleted && edited) {
          conflict(Kind.TARGET_EDITED, record.id(), 0, oneWay(Side.SHEETS));
        }
      }
      case BIDIRECTIONAL -> {
        if (snapshot == null) {
          append(record);
        } else if (edited) {
          Conflict.Key key = new Conflict.Key(record.id(), null);
          Decision decision = rules.decide(key, record.lastModified());
          conflict(Kind.EDITED_IN_AIRTABLE_DELETED_IN_SHEETS, record.id(), 0, decision);
          if (decision.winner() == Side.AIRTABLE) {
            append(record);
          } else if (decision.winner() == Side.SHEETS) {
            deleteRecord(record, snapshot, valuesOf(record));
          }
        } else {
          deleteRecord(record, snapshot, Map.of());
        }
      }
    }
  }

  /** A row whose record Airtable no longer has. */
  void merge(Orphan orphan) {
    Snapshot snapshot = input.base().get(orphan.recordId());
    boolean edited = isEdited(orphan.row(), snapshot);
    switch (options.direction()) {
      case SHEETS_TO_AIRTABLE -> create(orphan.row(), orphan.recordId());
      case AIRTABLE_TO_SHEETS -> {
        boolean deleted = deleteRow(orphan, snapshot, Map.of());
        if (deleted && edited) {
          conflict(
              Kind.TARGET_EDITED, orphan.recordId(), orphan.row().number(), oneWay(Side.AIRTABLE));
        }
      }
      case BIDIRECTIONAL -> {
        if (!edited) {
          deleteRow(orphan, snapshot, Map.of());
          return;
        }
        Decision decision = rules.decide(new Conflict.Key(orphan.recordId(), null), null);
        conflict(
            Kind.EDITED_IN_SHEETS_DELETED_IN_AIRTABLE,
            orphan.recordId(),
            orphan.row().number(),
            decision);
        if (decision.winner() == Side.SHEETS) {
          create(orphan.row(), orphan.recordId());
        } else if (decision.winner() == Side.AIRTABLE) {
          deleteRow(orphan, snapshot, valuesOf(orphan.row(), snapshot));
        }
      }
    }
  }

  /** A row that never was a record. */
  void merge(NewRow fresh) {
    if (options.toAirtable()) {
      create(fresh.row(), fresh.copiedId());
    } else if (options.deleteExtraRows()) {
      plan.rowDeletes.add(new Plan.RowDelete(null, fresh.row().number(), fresh.row().cells()));
    }
  }

  /** What Airtable computes changes by itself and is nobody's edit. */
  private boolean isEdited(AirtableRecord record, Snapshot snapshot) {
    for (Column column : layout.columns()) {
      Value base = column.base(snapshot);
      if (column.writable()
          && base != null
          && !column.ofAirtable(record.fields().get(column.id())).equals(base)) {
        return true;
      }
    }
    return false;
  }

  private boolean isEdited(SheetRow row, Snapshot snapshot) {
    for (Column column : layout.columns()) {
      Value base = column.base(snapshot);
      if (column.writable() && base != null && !column.cellMeans(row.at(column.index()), base)) {
        return true;
      }
    }
    return false;
  }

  private void append(AirtableRecord record) {
    List<CellWrite> writes = new ArrayList<>();
    Map<String, Value> settles = new HashMap<>();
    for (Column column : layout.columns()) {
      Value value = column.ofAirtable(record.fields().get(column.id()));
      try {
        if (value != Value.EMPTY) {
          Object cell = column.toCell(value, null);
          writes.add(new CellWrite(column.id(), column.index(), null, cell, value, Rule.NEW));
        }
        settles.put(column.id(), value);
      } catch (Unreadable unreadable) {
        plan.unreadable(unreadable, record.id(), column, 0);
      }
    }
    plan.rowAppends.add(new Plan.RowAppend(record.id(), layout.idColumn(), writes, settles));
  }

  private void create(SheetRow row, String oldId) {
    List<FieldWrite> writes = new ArrayList<>();
    Map<String, Value> settles = new HashMap<>();
    for (Column column : layout.columns()) {
      if (column.writable()) {
        Value value = readable(column, row, null, true);
        if (value != null) {
          settles.put(column.id(), value);
        }
        if (value != null && !value.isEmpty()) {
          JsonNode json = column.toAirtable(value);
          writes.add(new FieldWrite(column.id(), null, json, value, Rule.NEW));
        }
      }
    }
    // A record without any value would be noise that nobody asked for.
    if (!writes.isEmpty()) {
      plan.recordCreates.add(
          new Plan.RecordCreate(row.number(), layout.idColumn(), oldId, writes, settles));
    }
  }

  /** Whether it is deleted; else it stays and is noted as missing in the sheet. */
  private boolean deleteRecord(
      AirtableRecord record, Snapshot snapshot, Map<String, Value> settles) {
    if (options.deleteExtraRecords()) {
      plan.recordDeletes.add(new Plan.RecordDelete(record.id(), record.fields()));
      return true;
    }
    if (snapshot != null && (snapshot.missingIn() != Side.SHEETS || !settles.isEmpty())) {
      plan.settleMissing(record.id(), settles, Side.SHEETS);
    }
    return false;
  }

  /** Whether it is deleted; else it stays and is noted as missing in Airtable. */
  private boolean deleteRow(Orphan orphan, Snapshot snapshot, Map<String, Value> settles) {
    if (options.deleteExtraRows()) {
      plan.rowDeletes.add(
          new Plan.RowDelete(orphan.recordId(), orphan.row().number(), orphan.row().cells()));
      return true;
    }
    if (snapshot.missingIn() != Side.AIRTABLE || !settles.isEmpty()) {
      plan.settleMissing(orphan.recordId(), settles, Side.AIRTABLE);
    }
    return false;
  }

  private Map<String, Value> valuesOf(AirtableRecord record) {
    Map<String, Value> values = new HashMap<>();
    for (Column column : layout.columns()) {
      values.put(column.id(), column.ofAirtable(record.fields().get(column.id())));
    }
    return values;
  }

  private Map<String, Value> valuesOf(SheetRow row, Snapshot snapshot) {
    Map<String, Value> values = new HashMap<>();
    for (Column column : layout.columns()) {
      Value value = readable(column, row, column.base(snapshot), false);
      if (value != null) {
        values.put(column.id(), value);
      }
    }
    return values;
  }

  /** Null when the cell cannot be read, which is a problem where its value was asked for. */
  private Value readable(Column column, SheetRow row, Value base, boolean asked) {
    try {
      return column.ofCell(row.at(column.index()), base);
    } catch (Unreadable unreadable) {
      if (asked) {
        plan.unreadable(unreadable, null, column, row.number());
      }
      return null;
    }
  }

  private static Decision oneWay(Side source) {
    return new Decision(source, "The config goes one way, and the source no longer has it.");
  }

  private void conflict(Kind kind, String recordId, int row, Decision decision) {
    plan.conflict(
        new Conflict(
            kind, recordId, null, row, null, null, null, decision.winner(), decision.rule()));
  }
}
