package io.caravan.sheetsync;

import io.caravan.sheetsync.SheetTab.SheetRow;
import java.util.List;

/**
 * Which row shows which record.
 *
 * @param pairs both sides have it
 * @param recordsWithoutRow records that no row shows
 * @param orphans rows of records that Airtable no longer has
 * @param newRows rows that never were a record
 * @param gone records of the base that neither side has any more
 * @param rowsWithId rows with anything in the id column
 * @param filledRows rows with any content in a mapped column or the id column
 * @param ambiguousRows rows that could belong to several records and are left alone
 */
record Pairing(
    List<Pair> pairs,
    List<AirtableRecord> recordsWithoutRow,
    List<Orphan> orphans,
    List<NewRow> newRows,
    List<String> gone,
    int rowsWithId,
    int filledRows,
    int ambiguousRows) {
  /** Of a sheet that could not be looked at. */
  static final Pairing NONE =
      new Pairing(List.of(), List.of(), List.of(), List.of(), List.of(), 0, 0, 0);

  /**
   * @param writesId whether the row was found by its content and still needs the record's id
   */
  record Pair(AirtableRecord record, SheetRow row, boolean writesId) {}

  /** A row whose record was in step and is gone. */
  record Orphan(String recordId, SheetRow row) {}

  /**
   * @param copiedId the id that a copied row brought along, or null
   */
  record NewRow(SheetRow row, String copiedId) {}

  int matchedByKey() {
    return (int) pairs.stream().filter(Pair::writesId).count();
  }

  int matchedById() {
    return pairs.size() - matchedByKey();
  }
}
