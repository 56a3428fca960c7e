package io.caravan.connectorsync;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a connector's syncs take, learned from the last twenty that succeeded (CN-16; section 4,
 * item 6).
 *
 * @param medianMs half of them took no longer
 * @param p95Ms nineteen of twenty took no longer
 * @param syncs how many this is learned from
 * @param runningSince start of the sync that is under way; null when there is none
 * @param eta when that one is probably done; null when there is none
 */
public record Expected(long medianMs, long p95Ms, int syncs, Instant runningSince, Instant eta) {
  /** Fewer say nothing about the next. */
  static final int FEWEST = 5;

  private static final Duration SHORTEST_DELAY = Duration.ofMinutes(1);

  Expected(long medianMs, long p95Ms, int syncs, Instant runningSince) {
    this(
        medianMs,
        p95Ms,
        syncs,
        runningSince,
        runningSince == null ? null : runningSince.plusMillis(medianMs));
  }

  /** Whether the sync that is under way takes longer than anybody expects. */
  boolean isLate(Instant now) {
    if (runningSince == null) {
      return false;
    }
    Duration usual = Duration.ofMillis(p95Ms);
    Duration twice = usual.multipliedBy(2);
    Duration more = usual.plus(SHORTEST_DELAY);
    return now.isAfter(runningSince.plus(twice.compareTo(more) > 0 ? twice : more));
  }
}
