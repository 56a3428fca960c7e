package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Function;

/** Some of the kinds of requests that {@code spreadsheets.batchUpdate} knows. */
interface SheetsRequests {
  /**
   * What does each kind. It is given what stands below the kind's name and returns the reply; it
   * throws {@link Refusal}.
   */
  Map<String, Function<JsonNode, ObjectNode>> byKind();
}
