package io.caravan.schemasync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * One thing that a dataset's YAML and the live schema disagree about, or that could not be found
 * out.
 *
 * @param table as the YAML names it; null when it is about the whole dataset
 * @param column as the YAML names it; null when it is about the whole table
 * @param expected what the YAML says; null when it says nothing of it
 * @param actual what the database has; null when it has no such thing
 * @param message a sentence that explains itself
 * @param suggestion what probably happened or what helps; null for no idea
 * @param change what the YAML would have to say instead, see {@link YamlChange}; null for none
 * @param usedBy what in the same YAML stands on it, in words
 * @param details which place in the YAML it is about, and how it is used
 */
record Finding(
    FindingType type,
    Severity severity,
    UUID datasetId,
    String datasetName,
    String table,
    String column,
    String expected,
    String actual,
    String message,
    String suggestion,
    JsonNode change,
    List<String> usedBy,
    Details details) {

  /**
   * Where in the YAML it comes from.
   *
   * @param ymlSource {@code dimension}, {@code measure} or {@code column}; null for the table
   * @param line from 1; null when there is none
   */
  record Details(String expectedType, String actualType, String ymlSource, Integer line) {
    static final Details NONE = new Details(null, null, null, null);
  }

  /**
   * The same for the same problem on another day: organisations own datasets, so the dataset stands
   * for both.
   */
  String fingerprint() {
    return String.join(
        "/",
        datasetId.toString(),
        table == null ? "" : table.toLowerCase(Locale.ROOT),
        column == null ? "" : column,
        type.word());
  }

  boolean isVerified() {
    return severity != Severity.UNVERIFIABLE;
  }
}
