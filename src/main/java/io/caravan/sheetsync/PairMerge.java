package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.sheetsync.Conflict.Kind;
import io.caravan.sheetsync.ConflictRules.Decision;
import io.caravan.sheetsync.Pairing.Pair;
import io.caravan.sheetsync.Plan.CellWrite;
import io.caravan.sheetsync.Plan.FieldWrite;
import io.caravan.sheetsync.Plan.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges a record with its row, field by field, against what both last agreed on.
 *
 * <ol>
 *   <li>Only one side changed: its value goes to the other. Clearing is a change (defect D5).
 *   <li>Both changed to the same meaning: nothing is written, no conflict (defect D2).
 *   <li>Both changed differently: {@link ConflictRules}.
 *   <li>They never agreed: an empty side is filled, two values are a conflict. Nobody was seen to
 *       clear anything, so nothing is cleared, in no direction.
 *   <li>One way: the target follows the source, and a target that somebody edited is a conflict
 *       that the source wins, so that the edit is in the journal.
 *   <li>A cell that cannot be read is left alone on both sides.
 * </ol>
 */
final class PairMerge {
  private static final Decision ONE_WAY_TO_SHEETS =
      new Decision(Side.AIRTABLE, "The config goes from Airtable to Sheets only.");
  private static final Decision ONE_WAY_TO_AIRTABLE =
      new Decision(Side.SHEETS, "The config goes from Sheets to Airtable only.");
  private static final Decision COMPUTED =
      new Decision(Side.AIRTABLE, "Airtable does not take values of this field.");

  private final MergeInput input;
  private final Layout layout;
  private final PlanBuilder plan;
  private final ConflictRules rules;
  private final SyncDirection direction;

  // The pair at hand.
  private AirtableRecord record;
  private SheetTab.SheetRow row;
  private List<FieldWrite> fieldWrites = new ArrayList<>();
  private List<CellWrite> cellWrites = new ArrayList<>();
  private Map<String, Value> settled = new HashMap<>();

  PairMerge(MergeInput input, Layout layout, PlanBuilder plan, ConflictRules rules) {
    this.input = input;
    this.layout = layout;
    this.plan = plan;
    this.rules = rules;
    this.direction = input.options().direction();
  }

  void merge(Pair pair) {
    record = pair.record();
    row = pair.row();
    Snapshot snapshot = input.base().get(record.id());
    for (Column column : layout.columns()) {
      JsonNode json = record.fields().get(column.id());
      Object cell = row.at(column.index());
      Value base = column.base(snapshot);
      if (base == null || !column.cellShows(cell, base) || !column.airtableShows(json, base)) {
        merge(column, json, cell, base);
      }
    }
    if (pair.writesId()) {
      plan.idCell(row.number(), record.id());
    }
    handOver(snapshot);
  }

  private void handOver(Snapshot snapshot) {
    if (!fieldWrites.isEmpty()) {
      plan.recordUpdates.add(new Plan.RecordUpdate(record.id(), row.number(), fieldWrites));
      fieldWrites = new ArrayList<>();
    }
    if (!cellWrites.isEmpty()) {
      plan.rowUpdates.add(new Plan.RowUpdate(record.id(), row.number(), cellWrites));
      cellWrites = new ArrayList<>();
    }
    // A pair that was known as deleted on one side is back.
    if (!settled.isEmpty() || snapshot == null || snapshot.missingIn() != null) {
      plan.settle(record.id(), settled);
      settled = new HashMap<>();
    }
  }

  private void merge(Column column, JsonNode json, Object cell, Value base) {
    if (direction == SyncDirection.SHEETS_TO_AIRTABLE) {
      if (column.writable()) {
        toAirtable(column, json, cell, base);
      }
    } else if (direction == SyncDirection.AIRTABLE_TO_SHEETS) {
      toSheets(column, json, cell, base, Kind.TARGET_EDITED, ONE_WAY_TO_SHEETS);
    } else if (column.writable()) {
      bothWays(column, json, cell, base);
    } else {
      toSheets(column, json, cell, base, Kind.READ_ONLY_EDITED, COMPUTED);
    }
  }

  private void toSheets(
      Column column, JsonNode json, Object cell, Value base, Kind kind, Decision decision) {
    Value airtable = column.ofAirtable(json);
    if (column.cellMeans(cell, airtable)) {
      settle(column, base, airtable);
    } else if (base != null || !airtable.isEmpty() || !column.writable()) {
      boolean edited = base != null && !column.cellMeans(cell, base);
      Rule rule = kind == Kind.TARGET_EDITED ? Rule.ONE_WAY : Rule.READ_ONLY;
      if (writeCell(column, cell, airtable, rule) && edited) {
        conflict(column, kind, base, airtable, readable(column, cell, base), decision);
      }
    }
  }

  private void toAirtable(Column column, JsonNode json, Object cell, Value base) {
    Value airtable = column.ofAirtable(json);
    Value sheet = ofSheet(column, cell, base, airtable);
    if (sheet == null) {
      return;
    }
    if (sheet.equals(airtable)) {
      settle(column, base, airtable);
    } else if (base != null || !sheet.isEmpty()) {
      if (base != null && !airtable.equals(base)) {
        conflict(column, Kind.TARGET_EDITED, base, airtable, sheet, ONE_WAY_TO_AIRTABLE);
      }
      writeField(column, json, sheet, Rule.ONE_WAY);
    }
  }

  private void bothWays(Column column, JsonNode json, Object cell, Value base) {
    Value airtable = column.ofAirtable(json);
    Value sheet = ofSheet(column, cell, base, airtable);
    if (sheet == null) {
      return;
    }
    if (airtable.equals(sheet)) {
      // The same linked records, of which one has a new name.
      if (column.cellMeans(cell, airtable)) {
        settle(column, base, airtable);
      } else {
        writeCell(column, cell, airtable, Rule.ONLY_AIRTABLE_CHANGED);
      }
    } else if (base == null) {
      neverAgreed(column, json, cell, airtable, sheet);
    } else if (sheet.equals(base)) {
      writeCell(column, cell, airtable, Rule.ONLY_AIRTABLE_CHANGED);
    } else if (airtable.equals(base)) {
      writeField(column, json, sheet, Rule.ONLY_SHEET_CHANGED);
    } else {
      resolve(column, json, cell, base, airtable, sheet);
    }
  }

  private void neverAgreed(Column column, JsonNode json, Object cell, Value airtable, Value sheet) {
    if (sheet.isEmpty()) {
      writeCell(column, cell, airtable, Rule.EMPTY_FILLED);
    } else if (airtable.isEmpty()) {
      writeField(column, json, sheet, Rule.EMPTY_FILLED);
    } else {
      resolve(column, json, cell, null, airtable, sheet);
    }
  }

  private void resolve(
      Column column, JsonNode json, Object cell, Value base, Value airtable, Value sheet) {
    Decision decision =
        rules.decide(new Conflict.Key(record.id(), column.id()), record.lastModified());
    if (decision.winner() == Side.SHEETS) {
      writeField(column, json, sheet, Rule.CONFLICT);
    } else if (decision.winner() == Side.AIRTABLE
        && !writeCell(column, cell, airtable, Rule.CONFLICT)) {
      return;
    }
    Kind kind = base == null ? Kind.NEVER_AGREED : Kind.BOTH_EDITED;
    conflict(column, kind, base, airtable, sheet, decision);
  }

  /** What the cell means, or null when it cannot be read and is left alone on both sides. */
  private Value ofSheet(Column column, Object cell, Value base, Value airtable) {
    // What was written from a value means that value, even where others could be spelled alike.
    if (base != null && column.cellShows(cell, base)) {
      return base;
    }
    if (column.cellShows(cell, airtable)) {
      return airtable;
    }
    try {
      return column.ofCell(cell, base);
    } catch (Unreadable unreadable) {
      plan.unreadable(unreadable, record.id(), column, row.number());
      return null;
    }
  }

  private static Value readable(Column column, Object cell, Value base) {
    try {
      return column.ofCell(cell, base);
    } catch (Unreadable e) {
      return null;
    }
  }

  private void settle(Column column, Value base, Value value) {
    if (base == null || !Column.sameWithNames(base, value)) {
      settled.put(column.id(), value);
    }
  }

  /** Whether the value can be shown; the cell is left alone when not. */
  private boolean writeCell(Column column, Object cell, Value value, Rule rule) {
    if (column.cellShows(cell, value)) {
      settled.put(column.id(), value);
      return true;
    }
    try {
      Object after = column.toCell(value, cell);
      cellWrites.add(new CellWrite(column.id(), column.index(), cell, after, value, rule));
      return true;
    } catch (Unreadable unreadable) {
      plan.unreadable(unreadable, record.id(), column, row.number());
      return false;
    }
  }

  private void writeField(Column column, JsonNode json, Value value, Rule rule) {
    fieldWrites.add(new FieldWrite(column.id(), json, column.toAirtable(value), value, rule));
  }

  private void conflict(
      Column column, Kind kind, Value base, Value airtable, Value sheet, Decision decision) {
    plan.conflict(
        new Conflict(
            kind,
            record.id(),
            column.id(),
            row.number(),
            base,
            airtable,
            sheet,
            decision.winner(),
            decision.rule()));
  }
}
