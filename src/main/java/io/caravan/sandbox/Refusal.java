package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/** A request that a stand-in says no to, with the answer the vendor would give. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient StandInAnswer answer;

  /**
   * @param message for a test's log; the caller gets the body
   */
  Refusal(int status, JsonNode body, String message) {
    super(message, null, false, false);
    answer = new StandInAnswer(status, body);
  }

  StandInAnswer answer() {
    return answer;
  }
}
