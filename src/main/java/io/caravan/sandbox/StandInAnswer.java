package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a stand-in answers.
 *
 * @param body null for an empty one
 */
record StandInAnswer(int status, JsonNode body) {
  static final int TOO_MANY_REQUESTS = 429;

  static StandInAnswer ok(JsonNode body) {
    return new StandInAnswer(200, body);
  }
}
