package io.caravan.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A run as CONTRACT section 3 shows it.
 *
 * @param attempt how many nodes worked on it one after the other; 0 while it is queued
 * @param reason why it was skipped, forced, cancelled or not fully done, for people
 * @param error why it failed, for people
 * @param planned whether its items are in the ledger already, so that a node that takes it over
 *     does not plan again
 */
public record Run(
    UUID id,
    String pipeline,
    String trigger,
    RunStatus status,
    String node,
    int attempt,
    boolean dryRun,
    Instant requestedAt,
    Instant startedAt,
    Instant finishedAt,
    Counts counts,
    JsonNode report,
    String reason,
    String error,
    UUID parentId,
    @JsonIgnore RunRequest request,
    @JsonIgnore boolean planned,
    @JsonIgnore Instant deadline) {

  /** From start to end, or to now while it runs; null before it starts. */
  @JsonProperty
  public Long durationMs() {
    if (startedAt == null) {
      return null;
    }
    return Duration.between(startedAt, finishedAt == null ? Instant.now() : finishedAt).toMillis();
  }
}
