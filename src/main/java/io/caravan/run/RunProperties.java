package io.caravan.run;

import io.caravan.failure.Failure;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger behaves, the same for every pipeline.
 *
 * @param lease how long a node may be silent before others take its work over
 * @param attempts so many times transient trouble is tried in all (PF-04)
 * @param firstBackoffMs wait before the second attempt, in milliseconds; each further one doubles
 *     it, with jitter
 * @param lastBackoffMs longest wait between attempts
 * @param longestWait who is asked to wait longer by the other side gives up instead
 * @param parallelRuns so many runs at a time on one node; more stay queued
 * @param keepFor finished runs are forgotten after this
 * @param eventStreams so many listeners of run events at a time on one node
 */
@ConfigurationProperties("caravan.run")
public record RunProperties(
    @DefaultValue("30s") Duration lease,
    @DefaultValue("3") int attempts,
    @DefaultValue("1000") long firstBackoffMs,
    @DefaultValue("10000") long lastBackoffMs,
    @DefaultValue("5m") Duration longestWait,
    @DefaultValue("50") int parallelRuns,
    @DefaultValue("90d") Duration keepFor,
    @DefaultValue("100") int eventStreams) {
  /**
   * Whether it is worth waiting as long as the other side asked; work that waits holds its place.
   */
  public boolean isWaitedFor(Failure failure) {
    return failure.retryAfter().stream().allMatch(wait -> wait.compareTo(longestWait) <= 0);
  }
}
