package io.caravan.sheetsync;

/**
 * How the two sides met, for the approval of a first run.
 *
 * @param matchedById rows paired by their record id
 * @param matchedByKey rows without id, paired by the match field
 * @param ambiguous rows that could belong to several records and were left alone
 * @param onlyAirtable records without a row
 * @param onlySheet rows without a record
 * @param airtableToSheets rows added, updated and deleted
 * @param sheetsToAirtable records added, updated and deleted
 * @param conflicts who won
 */
public record Statistics(
    int matchedById,
    int matchedByKey,
    int ambiguous,
    int onlyAirtable,
    int onlySheet,
    Counts airtableToSheets,
    Counts sheetsToAirtable,
    ConflictCounts conflicts) {
  /** What a direction writes, in rows or records. */
  public record Counts(int added, int updated, int deleted) {}

  /** Who won; {@code skipped} waits for a person. */
  public record ConflictCounts(int total, int airtableWins, int sheetsWins, int skipped) {}
}
