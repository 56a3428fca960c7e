package io.caravan.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Instant;

/**
 * How work on an item ended.
 *
 * @param state {@link ItemState#PENDING} when it is to be looked at again in the same run
 * @param result null unless the pipeline has something to show; of an item to be looked at again
 *     its new payload
 * @param reason null unless skipped
 * @param errorKind null unless failed
 * @param error null unless failed; for people
 * @param notBefore null unless it is to be looked at again
 */
public record Outcome(
    ItemState state,
    JsonNode result,
    String reason,
    FailureKind errorKind,
    String error,
    Instant notBefore) {

  public static Outcome succeeded(JsonNode result) {
    return new Outcome(ItemState.SUCCEEDED, result, null, null, null, null);
  }

  public static Outcome skipped(String reason, JsonNode result) {
    return new Outcome(ItemState.SKIPPED, result, reason, null, null, null);
  }

  /**
   * Not decided yet: the item goes back and is handed out again after {@code notBefore}, with a new
   * payload.
   */
  public static Outcome later(Instant notBefore, JsonNode payload) {
    return new Outcome(ItemState.PENDING, payload, null, null, null, notBefore);
  }

  /**
   * A failure. Being cancelled is no failure of the item, so that counts as skipped; interrupted
   * work goes back at once.
   *
   * @param result what the pipeline shows of it; may be null
   */
  public static Outcome of(Failure failure, JsonNode result) {
    return switch (failure.kind()) {
      case CANCELLED -> skipped(failure.getMessage(), result);
      case INTERRUPTED -> later(null, null);
      default ->
          new Outcome(ItemState.FAILED, result, null, failure.kind(), failure.getMessage(), null);
    };
  }
}
