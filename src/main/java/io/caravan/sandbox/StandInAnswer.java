package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a stand-in answers.
 *
 * @param body null for an empty one
 * @param text in place of the body, for what is no JSON; null otherwise
 */
record StandInAnswer(int status, JsonNode body, String text) {
  static final int TOO_MANY_REQUESTS = 429;

  StandInAnswer(int status, JsonNode body) {
    this(status, body, null);
  }

  static StandInAnswer text(String text) {
    return new StandInAnswer(200, null, text);
  }

  static StandInAnswer ok(JsonNode body) {
    return new StandInAnswer(200, body);
  }
}
