package io.caravan.valuesync;

import java.util.UUID;

/**
 * What came of one column (SV-15; the fields up to {@code error} are the seed's).
 *
 * @param duration milliseconds
 * @param error null on success
 * @param complete whether the stored values are all there are
 * @param totalDistinct distinct values of the column, a lower bound when not complete
 * @param tooLong values left out because they are longer than can be searched
 * @param way how the values were found: exact, skip-scan, sample or prefix
 */
record SyncJobResult(
    UUID jobId,
    boolean success,
    Long processedCount,
    Long existingCount,
    Long newCount,
    Long duration,
    String error,
    Long removedCount,
    Boolean complete,
    Long totalDistinct,
    Long tooLong,
    String way) {

  static SyncJobResult failed(UUID jobId, long duration, String error) {
    return new SyncJobResult(
        jobId, false, null, null, null, duration, error, null, null, null, null, null);
  }
}
