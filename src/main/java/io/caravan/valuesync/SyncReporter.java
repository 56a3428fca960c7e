package io.caravan.valuesync;

import io.caravan.run.ItemState;
import io.caravan.run.RunItem;
import io.caravan.valuesync.DailySyncReport.DataSourceSyncSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Computes the report of a run from the rows of its items (SV-13, SV-24), so that nothing is lost
 * with a process.
 */
final class SyncReporter {
  private SyncReporter() {}

  /**
   * @param items all items of the run
   * @param names of data sources by id; one that is gone shows as its id
   */
  static DailySyncReport report(
      UUID runId, Instant start, Instant end, List<RunItem> items, Map<UUID, String> names) {
    Map<UUID, List<RunItem>> bySource = new LinkedHashMap<>();
    for (RunItem item : items) {
      UUID source = UUID.fromString(item.payload().get("dataSourceId").asText());
      bySource.computeIfAbsent(source, id -> new ArrayList<>()).add(item);
    }
    List<DataSourceSyncSummary> summaries =
        bySource.entrySet().stream()
            .map(
                e ->
                    summary(
                        e.getKey(),
                        names.getOrDefault(e.getKey(), e.getKey().toString()),
                        e.getValue()))
            .toList();
    return new DailySyncReport(
        runId,
        start,
        end,
        Duration.between(start, end).toMillis(),
        summaries.size(),
        summaries.stream().mapToInt(DataSourceSyncSummary::totalColumns).sum(),
        summaries.stream().mapToInt(DataSourceSyncSummary::successfulSyncs).sum(),
        summaries.stream().mapToInt(DataSourceSyncSummary::failedSyncs).sum(),
        summaries.stream().mapToInt(DataSourceSyncSummary::skippedSyncs).sum(),
        summaries.stream().mapToLong(DataSourceSyncSummary::totalValuesProcessed).sum(),
        summaries,
        summaries.stream().flatMap(s -> s.errors().stream()).toList());
  }

  private static DataSourceSyncSummary summary(UUID id, String name, List<RunItem> items) {
    return new DataSourceSyncSummary(
        id,
        name,
        items.size(),
        count(items, ItemState.SUCCEEDED),
        count(items, ItemState.FAILED),
        count(items, ItemState.SKIPPED),
        items.stream()
            .filter(item -> item.status() == ItemState.SUCCEEDED && item.result() != null)
            .mapToLong(item -> item.result().path("processedCount").asLong())
            .sum(),
        items.stream()
            .filter(item -> item.error() != null)
            .map(item -> name + ", " + item.title() + ": " + item.error().message())
            .toList());
  }

  private static int count(List<RunItem> items, ItemState state) {
    return (int) items.stream().filter(item -> item.status() == state).count();
  }
}
