package io.caravan.valuesync;

/** What is done next to find a column's values. */
sealed interface ExtractionStep {
  /**
   * Group all rows in the database.
   *
   * @param skipNulls leave null rows out before grouping: worth its cost only where there are many
   */
  record Exact(boolean skipNulls) implements ExtractionStep {}

  /** Ask the index for one value after the other. */
  record SkipScan() implements ExtractionStep {}

  /**
   * Group the rows of some places picked at random.
   *
   * @param units how many places
   */
  record Sample(long units) implements ExtractionStep {}

  /**
   * Group the first rows that come.
   *
   * @param rows how many
   */
  record Prefix(long rows) implements ExtractionStep {}

  /** Enough is known: keep what was seen. */
  record Keep() implements ExtractionStep {}
}
