package io.caravan.valuesync;

import io.caravan.valuesync.ColumnFacts.Share;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ranks values by estimated frequency, from a sample and the source's own statistics. */
final class ExtractionRanking {
  /**
   * PostgreSQL makes its statistics from 300 rows for each of 100 common values; a bigger sample
   * knows better.
   */
  private static final long STATISTICS_ROWS = 30_000;

  private ExtractionRanking() {}

  /**
   * The most frequent values that are known, most frequent first. A common value by statistics that
   * nobody saw counts only when fewer rows changed since than hold it, so that it cannot be gone.
   *
   * @param seen a sample, or null
   */
  static List<ValueCount> mostFrequent(
      ColumnFacts facts, SampleCounts seen, ExtractionLimits limits) {
    Map<String, Long> counts = estimates(facts, seen);
    List<ValueCount> ranked = SampleReader.ranked(counts);
    return ranked.subList(0, Math.min(limits.maxValues(), ranked.size()));
  }

  /** These values and no others, with an estimated count of at least 1. */
  static List<ValueCount> ofKnown(List<String> values, ColumnFacts facts, SampleCounts seen) {
    Map<String, Long> estimates = estimates(facts, seen);
    Map<String, Long> counts = new LinkedHashMap<>();
    values.forEach(value -> counts.put(value, estimates.getOrDefault(value, 1L)));
    return SampleReader.ranked(counts);
  }

  /** Whether statistics alone give a count for each of these values. */
  static boolean known(List<String> values, ColumnFacts facts) {
    return estimates(facts, null).keySet().containsAll(values);
  }

  private static Map<String, Long> estimates(ColumnFacts facts, SampleCounts seen) {
    Map<String, Long> counts = new LinkedHashMap<>();
    if (seen != null && seen.rows() > 0) {
      double scale = ExtractionStrategy.estimatedRows(facts, seen) / seen.rows();
      seen.values().forEach(v -> counts.put(v.value(), Math.max(1, Math.round(v.count() * scale))));
    }
    boolean bigSample = seen != null && seen.rows() >= STATISTICS_ROWS;
    for (Share common : facts.mostCommon()) {
      double rows = common.share() * facts.rows();
      boolean cannotBeGone = facts.changedRows() >= 0 && facts.changedRows() < rows;
      if (cannotBeGone && !(bigSample && counts.containsKey(common.value()))) {
        counts.put(common.value(), Math.max(1, Math.round(rows)));
      }
    }
    return counts;
  }
}
