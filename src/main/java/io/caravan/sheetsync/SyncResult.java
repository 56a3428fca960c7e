package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * What a sync of one config did (contract: the item's {@code result}).
 *
 * @param status {@code success}, {@code partial}, {@code failed}, {@code halted} or {@code
 *     awaiting_approval}
 * @param failed records and rows that could not be brought in step
 * @param errors why, the first of them
 * @param matches how the two sides met
 * @param plan every cell that a dry run would write; null else
 */
record SyncResult(
    String status,
    Statistics.Counts airtableToSheets,
    Statistics.Counts sheetsToAirtable,
    Statistics.ConflictCounts conflicts,
    int failed,
    List<SyncError> errors,
    Matches matches,
    JsonNode plan) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How rows and records met, for whoever approves a first sync. */
  record Matches(int byId, int byKey, int ambiguous, int onlyAirtable, int onlySheets) {
    static Matches of(Statistics statistics) {
      return new Matches(
          statistics.matchedById(),
          statistics.matchedByKey(),
          statistics.ambiguous(),
          statistics.onlyAirtable(),
          statistics.onlySheet());
    }
  }

  /**
   * A sync that broke off.
   *
   * @param rows that it wrote before
   * @param records that it wrote before
   */
  static SyncResult failed(SyncError error, Statistics.Counts rows, Statistics.Counts records) {
    return new SyncResult(
        "failed",
        rows,
        records,
        new Statistics.ConflictCounts(0, 0, 0, 0),
        0,
        List.of(error),
        null,
        null);
  }

  int synced() {
    return sum(airtableToSheets) + sum(sheetsToAirtable);
  }

  private static int sum(Statistics.Counts counts) {
    return counts.added() + counts.updated() + counts.deleted();
  }

  /** The word of the seed's log. */
  String logStatus() {
    return switch (status) {
      case "success" -> "SUCCESS";
      case "partial" -> "PARTIAL";
      default -> "FAILED";
    };
  }

  /** The word of the seed's config. */
  String configStatus() {
    return switch (status) {
      case "success", "partial" -> status;
      default -> "failed";
    };
  }

  JsonNode errorsAsJson() {
    return JSON.valueToTree(errors);
  }
}
