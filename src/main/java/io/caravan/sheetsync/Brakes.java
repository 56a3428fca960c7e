package io.caravan.sheetsync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Stops a cycle before it does harm (requirements of sheetsync, section 4 item 3). A brake looks at
 * what vanished since the last cycle, so that a deletion that was approved once is not stopped
 * again.
 */
final class Brakes {
  private final MergeInput input;
  private final Pairing pairing;
  private final List<Halt> halts = new ArrayList<>();

  private Brakes(MergeInput input, Pairing pairing) {
    this.input = input;
    this.pairing = pairing;
  }

  /**
   * @return what stops the cycle; nothing when a person approved
   */
  static List<Halt> check(MergeInput input, Pairing pairing, int recordDeletes, int rowDeletes) {
    return input.options().approved()
        ? List.of()
        : new Brakes(input, pairing).check(recordDeletes, rowDeletes);
  }

  private List<Halt> check(int recordDeletes, int rowDeletes) {
    int known = count(input.base().keySet()) - count(pairing.gone());
    if (known > 0) {
      check(
          input.records().isEmpty(),
          Halt.Kind.AIRTABLE_EMPTY,
          "Airtable answers no record at all and had %d in step".formatted(known));
      check(
          pairing.filledRows() == 0,
          Halt.Kind.SHEET_EMPTY,
          "The sheet has no row at all and had %d in step".formatted(known));
      check(
          pairing.filledRows() > 0 && pairing.rowsWithId() == 0,
          Halt.Kind.ID_COLUMN_WIPED,
          "The column of the record ids is empty and held %d".formatted(known));
    }
    if (halts.isEmpty()) {
      deletions(known, recordDeletes, rowDeletes);
    }
    return halts;
  }

  private void deletions(int known, int recordDeletes, int rowDeletes) {
    if (input.options().toAirtable()) {
      int rows = count(pairing.recordsWithoutRow().stream().map(AirtableRecord::id).toList());
      share(rows, known, "rows vanished from the sheet");
      share(recordDeletes, input.records().size(), "records would be deleted from Airtable");
    }
    if (input.options().toSheets()) {
      int records = count(pairing.orphans().stream().map(Pairing.Orphan::recordId).toList());
      share(records, known, "records vanished from Airtable");
      share(rowDeletes, pairing.filledRows(), "rows would be deleted from the sheet");
    }
  }

  /** Those that both sides had when they were last in step. */
  private int count(Collection<String> recordIds) {
    int count = 0;
    for (String id : recordIds) {
      Snapshot snapshot = input.base().get(id);
      count += snapshot != null && snapshot.missingIn() == null ? 1 : 0;
    }
    return count;
  }

  private void share(int count, int of, String what) {
    MergeOptions options = input.options();
    boolean tooMany = count >= options.minDeleteRows() && count > options.maxDeleteShare() * of;
    check(
        tooMany && halts.isEmpty(),
        Halt.Kind.TOO_MANY_DELETIONS,
        String.format(
            Locale.ROOT,
            "%d of %d %s, more than %.0f %%",
            count,
            of,
            what,
            options.maxDeleteShare() * 100));
  }

  private void check(boolean halted, Halt.Kind kind, String what) {
    if (halted) {
      halts.add(
          new Halt(kind, what + "; nothing is written until somebody approves the run.", true));
    }
  }
}
