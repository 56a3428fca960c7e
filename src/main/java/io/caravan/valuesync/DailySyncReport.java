package io.caravan.valuesync;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a run did (SV-16, SV-17: the totals are the sums over {@code dataSourceSummaries},
 * durationMs is the time from start to end).
 */
record DailySyncReport(
    UUID executionId,
    Instant startTime,
    Instant endTime,
    long durationMs,
    int totalDataSources,
    int totalColumns,
    int successfulSyncs,
    int failedSyncs,
    int skippedSyncs,
    long totalValuesProcessed,
    List<DataSourceSyncSummary> dataSourceSummaries,
    List<String> errors) {

  /** The same for one data source. */
  record DataSourceSyncSummary(
      UUID dataSourceId,
      String dataSourceName,
      int totalColumns,
      int successfulSyncs,
      int failedSyncs,
      int skippedSyncs,
      long totalValuesProcessed,
      List<String> errors) {}
}
