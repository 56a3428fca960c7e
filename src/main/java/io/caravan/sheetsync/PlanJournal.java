package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** A plan as changes of the journal, and with their ids as writes to be made. */
final class PlanJournal {
  private final Cycle cycle;
  private final Map<String, Column> columns = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<LongFunction<?>> parts = new ArrayList<>();
  private final Map<Change.Action, List<Integer>> ofAirtable = new HashMap<>();
  private final List<Integer> ofSheet = new ArrayList<>();

  PlanJournal(Cycle cycle) {
    this.cycle = cycle;
    cycle.layout.columns().forEach(column -> columns.put(column.id(), column));
    links();
    headers();
    records();
    rows();
  }

  /** Linked records are made before the plan is complete; here only where nothing is made. */
  private void links() {
    for (Plan.LinkedRecord link : cycle.plan.linkedRecords()) {
      changes.add(link(cycle, link));
      parts.add(null);
    }
  }

  /** A linked record as a change of the journal. */
  static Change link(Cycle cycle, Plan.LinkedRecord link) {
    ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    cells
        .addObject()
        .put("field", cycle.table(link.tableId()).path("primaryFieldId").asText())
        .put("after", link.name());
    return Change.planned(Side.AIRTABLE, Change.Action.LINK, null, null, cells);
  }

  private void headers() {
    for (Plan.HeaderCell header : cycle.plan.headerCells()) {
      ArrayNode cells = JsonNodeFactory.instance.arrayNode();
      cells.addObject().put("column", header.column()).put("after", header.text());
      sheet(
          Change.planned(Side.SHEETS, Change.Action.HEADER, null, header.row(), cells),
          List.of(new SheetWrites.Cell(header.column(), null, header.text())),
          null,
          null);
    }
  }

  private void records() {
    for (Plan.RecordCreate create : cycle.plan.recordCreates()) {
      airtable(
          Change.planned(
              Side.AIRTABLE,
              Change.Action.CREATE,
              null,
              create.row(),
              Change.ofFields(create.writes(), columns)),
          id -> new AirtableWrites.Part(id, null, create.fields(), create, null, null));
    }
    for (Plan.RecordUpdate update : cycle.plan.recordUpdates()) {
      airtable(
          Change.planned(
              Side.AIRTABLE,
              Change.Action.UPDATE,
              update.recordId(),
              update.row(),
              Change.ofFields(update.writes(), columns)),
          id ->
              new AirtableWrites.Part(
                  id, update.recordId(), update.fields(), null, update, update.before()));
    }
    for (Plan.RecordDelete delete : cycle.plan.recordDeletes()) {
      airtable(
          Change.planned(
              Side.AIRTABLE,
              Change.Action.DELETE,
              delete.recordId(),
              null,
              Change.ofRecord(delete.before())),
          id -> new AirtableWrites.Part(id, delete.recordId(), null, null, null, delete.before()));
    }
  }

  private void airtable(Change change, LongFunction<AirtableWrites.Part> part) {
    ofAirtable.computeIfAbsent(change.action(), any -> new ArrayList<>()).add(changes.size());
    changes.add(change);
    parts.add(part);
  }

  private void rows() {
    for (Plan.IdCell id : cycle.plan.idCells()) {
      idCell(id.row(), id.column(), id.recordId());
    }
    cycle
        .reconciliation
        .adopted()
        .forEach((row, recordId) -> idCell(row, cycle.layout.idColumn(), recordId));
    for (Plan.RowUpdate update : cycle.plan.rowUpdates()) {
      sheet(
          Change.planned(
              Side.SHEETS,
              Change.Action.UPDATE,
              update.recordId(),
              update.row(),
              Change.ofCells(update.writes(), columns)),
          cells(update.writes()),
          content(update.row()),
          update.baseChange());
    }
    for (Plan.RowAppend append : cycle.plan.rowAppends()) {
      List<SheetWrites.Cell> cells = new ArrayList<>(cells(append.writes()));
      cells.add(new SheetWrites.Cell(append.idColumn(), null, append.recordId()));
      sheet(
          Change.planned(
              Side.SHEETS,
              Change.Action.CREATE,
              append.recordId(),
              null,
              Change.ofCells(append.writes(), columns)),
          cells,
          null,
          append.baseChange());
    }
    for (Plan.RowDelete delete : cycle.plan.rowDeletes()) {
      sheet(
          Change.planned(
              Side.SHEETS,
              Change.Action.DELETE,
              delete.recordId(),
              delete.row(),
              Change.ofRow(delete.before())),
          List.of(),
          content(delete.row()),
          null);
    }
  }

  private void idCell(int row, int column, String recordId) {
    List<?> content = content(row);
    SheetWrites.Part part =
        idCell(
            row,
            column,
            recordId,
            column < content.size() ? content.get(column) : null,
            content,
            null);
    ofSheet.add(changes.size());
    changes.add(change(part));
    parts.add(part::withChange);
  }

  private static SheetWrites.Part idCell(
      int row, int column, String recordId, Object before, List<?> content, Plan.BaseChange base) {
    return new SheetWrites.Part(
        0,
        Change.Action.ID,
        recordId,
        row,
        List.of(new SheetWrites.Cell(column, before, recordId)),
        content,
        base);
  }

  /** The write of an id as a change of the journal. */
  static Change change(SheetWrites.Part id) {
    SheetWrites.Cell cell = id.cells().getFirst();
    ObjectNode written = JsonNodeFactory.instance.objectNode().put("column", cell.column());
    written.set("before", Change.json(cell.before()));
    written.put("after", id.recordId());
    return Change.planned(
        Side.SHEETS,
        Change.Action.ID,
        id.recordId(),
        id.row(),
        JsonNodeFactory.instance.arrayNode().add(written));
  }

  private static List<SheetWrites.Cell> cells(List<Plan.CellWrite> writes) {
    return writes.stream()
        .map(write -> new SheetWrites.Cell(write.column(), write.before(), write.after()))
        .toList();
  }

  /** What the plan saw in a row. */
  private List<?> content(int row) {
    return cycle.sheet.rows().get(row - cycle.sheet.headerRow() - 1).cells();
  }

  private void sheet(
      Change change, List<SheetWrites.Cell> cells, List<?> content, Plan.BaseChange base) {
    ofSheet.add(changes.size());
    changes.add(change);
    int row = change.rowNumber() == null ? 0 : change.rowNumber();
    parts.add(
        id ->
            new SheetWrites.Part(
                id, change.action(), change.recordId(), row, cells, content, base));
  }

  List<Change> changes() {
    return changes;
  }

  /**
   * The writes with the ids that the journal gave.
   *
   * @param ids in the order of the changes
   */
  void hand(List<Long> ids) {
    cycle.airtableWrites =
        new AirtableWrites(
            cycle.airtable,
            cycle.config.airtableBaseId(),
            cycle.schema.id(),
            cycle.config.options().batchSize());
    for (Change.Action action :
        List.of(Change.Action.CREATE, Change.Action.UPDATE, Change.Action.DELETE)) {
      cycle.airtableWrites.add(
          action,
          ofAirtable.getOrDefault(action, List.of()).stream()
              .map(i -> (AirtableWrites.Part) parts.get(i).apply(ids.get(i)))
              .toList());
    }
    for (int i : ofSheet) {
      cycle.sheetParts.add((SheetWrites.Part) parts.get(i).apply(ids.get(i)));
    }
  }

  /** The part of a new record's id, which is only known once Airtable has made it. */
  static SheetWrites.Part idOf(Cycle cycle, Plan.RecordCreate create, String recordId) {
    List<?> content = cycle.sheet.rows().get(create.row() - cycle.sheet.headerRow() - 1).cells();
    return idCell(
        create.row(),
        create.idColumn(),
        recordId,
        create.oldId(),
        content,
        create.baseChange(recordId));
  }

  /** Cells as they would be written, for a dry run. */
  static ArrayNode shown(List<Change> changes, int most) {
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    for (Change change : changes.subList(0, Math.min(most, changes.size()))) {
      ObjectNode one =
          shown
              .addObject()
              .put("side", change.side().word())
              .put("action", change.action().word())
              .put("recordId", change.recordId());
      if (change.rowNumber() != null) {
        one.put("row", BigDecimal.valueOf(change.rowNumber()));
      }
      one.set("cells", change.cells());
    }
    return shown;
  }
}
