package io.caravan.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An item as CONTRACT section 3 shows it.
 *
 * @param result what the pipeline made of it, in the form of its seed document
 * @param reason why it was skipped, for people
 * @param error why it failed
 */
public record RunItem(
    UUID id,
    String key,
    String title,
    ItemState status,
    int attempts,
    Instant startedAt,
    Instant finishedAt,
    JsonNode result,
    String reason,
    ItemError error,
    @JsonIgnore JsonNode payload) {

  /** Kind in lower case, message for people. */
  public record ItemError(String kind, String message) {}

  @JsonProperty
  public Long durationMs() {
    if (startedAt == null) {
      return null;
    }
    return Duration.between(startedAt, finishedAt == null ? Instant.now() : finishedAt).toMillis();
  }
}
