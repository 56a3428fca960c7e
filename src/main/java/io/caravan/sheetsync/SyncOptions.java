package io.caravan.sheetsync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.InvalidInputException;

/**
 * The options of a sync config. What is not given has the seed's default, which differs by
 * direction (TS-12 to TS-14).
 *
 * @param includeHeader whether missing headers are written
 * @param skipHeaderRow whether the first row holds headers; a sheet without any cannot be synced
 * @param deleteExtraRows whether rows without a record are deleted
 * @param deleteExtraRecords whether records without a row are deleted
 * @param resolveLinkedRecords whether the sheet shows names of linked records, or their ids
 * @param createMissingLinkedRecords whether unknown names become linked records
 * @param validationMode {@code lenient}: what cannot be written is named and the rest goes on;
 *     {@code strict}: then nothing is written
 * @param maxRetries how often a call is made again when the other side was busy (TS-15)
 * @param batchSize records or rows asked for or written at once, bounded by Airtable's own limits
 * @param idColumn header of the column with the record ids
 * @param matchOn mapped field that pairs rows without an id; null for the primary field
 * @param fallback who wins where {@code NEWEST_WINS} cannot compare the times
 * @param requireApproval whether the first sync waits until somebody has seen its plan
 * @param maxDeleteShare share of a side that may vanish at once
 * @param minDeleteRows how many have to vanish before the share counts
 */
public record SyncOptions(
    boolean includeHeader,
    boolean skipHeaderRow,
    boolean deleteExtraRows,
    boolean deleteExtraRecords,
    boolean resolveLinkedRecords,
    boolean createMissingLinkedRecords,
    String validationMode,
    int maxRetries,
    int batchSize,
    String idColumn,
    String matchOn,
    ConflictResolution fallback,
    boolean requireApproval,
    double maxDeleteShare,
    int minDeleteRows) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** The seed's defaults. */
  static SyncOptions defaults(SyncDirection direction) {
    return new SyncOptions(
        true,
        true,
        false,
        false,
        true,
        false,
        "lenient",
        3,
        direction == SyncDirection.AIRTABLE_TO_SHEETS ? 100 : 10,
        "Record ID",
        null,
        ConflictResolution.AIRTABLE_WINS,
        false,
        0.2,
        5);
  }

  /**
   * The defaults with what somebody gave.
   *
   * @throws InvalidInputException naming the option
   */
  static SyncOptions of(SyncDirection direction, JsonNode given) {
    ObjectNode whole = JSON.valueToTree(defaults(direction));
    given.properties().forEach(option -> whole.set(option.getKey(), option.getValue()));
    try {
      SyncOptions options = JSON.treeToValue(whole, SyncOptions.class);
      options.check();
      return options;
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidInputException("options: there is no option " + e.getPropertyName() + ".");
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "options: one has a value of the wrong type; the contract at /docs lists them.");
    }
  }

  private void check() {
    require(
        "lenient".equals(validationMode) || "strict".equals(validationMode),
        "validationMode must be lenient or strict");
    require(maxRetries >= 0 && maxRetries <= 10, "maxRetries must be between 0 and 10");
    require(batchSize >= 1 && batchSize <= 1_000, "batchSize must be between 1 and 1000");
    require(idColumn != null && !idColumn.isBlank(), "idColumn must be a header");
    require(
        fallback != null && fallback != ConflictResolution.NEWEST_WINS,
        "fallback must be AIRTABLE_WINS, SHEETS_WINS or MANUAL");
    require(maxDeleteShare >= 0 && maxDeleteShare <= 1, "maxDeleteShare must be between 0 and 1");
    require(minDeleteRows >= 1, "minDeleteRows must be at least 1");
    require(skipHeaderRow, "skipHeaderRow must be true: columns are found by their headers");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidInputException("options: " + otherwise + ".");
    }
  }

  boolean isStrict() {
    return "strict".equals(validationMode);
  }
}
