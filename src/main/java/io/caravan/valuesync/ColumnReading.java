package io.caravan.valuesync;

/** What reading a column came to. */
sealed interface ColumnReading {
  /** Its values, to be stored. */
  record Values(Extraction extraction, long startedAtNanos) implements ColumnReading {}

  /** The table is as it was at the last read, so the stored values stand. */
  record Unchanged(TableState state) implements ColumnReading {}

  /** It is known to be gone, so reading it would only fail. */
  record Broken(String why) implements ColumnReading {}

  /** The table looks as it was, which will be sure a little later. */
  record TooEarlyToTell(SyncJobPayload again) implements ColumnReading {}
}
