package io.caravan.sheetsync;

import io.caravan.sheetsync.Plan.LinkedRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the parts of a plan while the records are merged one after another. */
final class PlanBuilder {
  private final Layout layout;
  private final boolean createsLinkedRecords;
  final List<Plan.RecordCreate> recordCreates = new ArrayList<>();
  final List<Plan.RecordUpdate> recordUpdates = new ArrayList<>();
  final List<Plan.RecordDelete> recordDeletes = new ArrayList<>();
  final List<Plan.RowAppend> rowAppends = new ArrayList<>();
  final List<Plan.RowUpdate> rowUpdates = new ArrayList<>();
  final List<Plan.RowDelete> rowDeletes = new ArrayList<>();
  private final List<Plan.IdCell> idCells = new ArrayList<>();
  private final Set<LinkedRecord> linkedRecords = new LinkedHashSet<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private final List<Problem> problems;
  private final List<Plan.BaseChange> settled = new ArrayList<>();
  private final List<String> forgotten = new ArrayList<>();

  /**
   * @param createsLinkedRecords what the config says of names that no linked record has
   */
  PlanBuilder(Layout layout, boolean createsLinkedRecords) {
    this.layout = layout;
    this.createsLinkedRecords = createsLinkedRecords;
    this.problems = new ArrayList<>(layout.problems());
  }

  void conflict(Conflict conflict) {
    conflicts.add(conflict);
  }

  void problem(Problem problem) {
    problems.add(problem);
  }

  /**
   * A cell that is left alone: a problem, or a linked record to be created first where the config
   * allows it.
   *
   * @param recordId the record, or null when it has none yet
   * @param row the row that holds the cell, or 0 when it would be a new one
   */
  void unreadable(Unreadable unreadable, String recordId, Column column, int row) {
    String field = column.field().name();
    if (createsLinkedRecords && !unreadable.missingNames().isEmpty()) {
      String table = column.field().options().path("linkedTableId").asText();
      unreadable.missingNames().forEach(name -> linkedRecords.add(new LinkedRecord(table, name)));
      return;
    }
    String cell = row > 0 ? SheetTab.address(column.index(), row) : null;
    String subject = cell == null ? "A new cell" : "Cell " + cell;
    problem(
        new Problem(
            unreadable.kind(),
            recordId,
            field,
            cell,
            "%s of field %s %s.".formatted(subject, field, unreadable.getMessage())));
  }

  void idCell(int row, String recordId) {
    idCells.add(new Plan.IdCell(row, layout.idColumn(), recordId));
  }

  void settle(String recordId, Map<String, Value> values) {
    settled.add(new Plan.BaseChange(recordId, values, null));
  }

  /** Deleted on one side, kept on the other, and not to be brought back or counted again. */
  void settleMissing(String recordId, Map<String, Value> values, Side missingIn) {
    settled.add(new Plan.BaseChange(recordId, values, missingIn));
  }

  void forget(String recordId) {
    forgotten.add(recordId);
  }

  Plan build(Pairing pairing, List<Halt> halts) {
    return new Plan(
        layout.newHeaders(),
        recordCreates,
        recordUpdates,
        recordDeletes,
        rowAppends,
        rowUpdates,
        rowDeletes,
        idCells,
        List.copyOf(linkedRecords),
        conflicts,
        problems,
        settled,
        forgotten,
        halts,
        statistics(pairing));
  }

  private Statistics statistics(Pairing pairing) {
    int airtable = (int) conflicts.stream().filter(c -> c.winner() == Side.AIRTABLE).count();
    int sheets = (int) conflicts.stream().filter(c -> c.winner() == Side.SHEETS).count();
    return new Statistics(
        pairing.matchedById(),
        pairing.matchedByKey(),
        pairing.ambiguousRows(),
        pairing.recordsWithoutRow().size(),
        pairing.newRows().size() + pairing.orphans().size(),
        new Statistics.Counts(rowAppends.size(), rowUpdates.size(), rowDeletes.size()),
        new Statistics.Counts(recordCreates.size(), recordUpdates.size(), recordDeletes.size()),
        new Statistics.ConflictCounts(
            conflicts.size(), airtable, sheets, conflicts.size() - airtable - sheets));
  }
}
