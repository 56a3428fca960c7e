package io.caravan.run;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A run without its report, for lists that are read often.
 *
 * @param reason why it was skipped, forced, cancelled or not fully done, for people
 * @param error why it failed, for people
 */
public record RunSummary(
    UUID id,
    String pipeline,
    String trigger,
    RunStatus status,
    boolean dryRun,
    Instant requestedAt,
    Instant startedAt,
    Instant finishedAt,
    Counts counts,
    String reason,
    String error) {

  /** From start to end, or to now while it runs; null before it starts. */
  public Long durationMs() {
    if (startedAt == null) {
      return null;
    }
    return Duration.between(startedAt, finishedAt == null ? Instant.now() : finishedAt).toMillis();
  }
}
