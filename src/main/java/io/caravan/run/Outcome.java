package io.caravan.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;

/**
 * How work on an item ended.
 *
 * @param result null unless the pipeline has something to show
 * @param reason null unless skipped
 * @param errorKind null unless failed
 * @param error null unless failed; for people
 */
public record Outcome(
    ItemState state, JsonNode result, String reason, FailureKind errorKind, String error) {

  public static Outcome succeeded(JsonNode result) {
    return new Outcome(ItemState.SUCCEEDED, result, null, null, null);
  }

  public static Outcome skipped(String reason, JsonNode result) {
    return new Outcome(ItemState.SKIPPED, result, reason, null, null);
  }

  /** A failure; being cancelled is no failure of the item, so that counts as skipped. */
  public static Outcome of(Failure failure, JsonNode result) {
    return failure.kind() == FailureKind.CANCELLED
        ? skipped(failure.getMessage(), result)
        : new Outcome(ItemState.FAILED, result, null, failure.kind(), failure.getMessage());
  }
}
