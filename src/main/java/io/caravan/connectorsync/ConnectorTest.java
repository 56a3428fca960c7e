package io.caravan.connectorsync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.FailureKind;
import java.util.List;

/**
 * What came of trying a connector (CN-13).
 *
 * @param message what to do when it is not ok
 * @param sample the first records, five at most
 * @param kind of the failure; null when it is ok
 */
public record ConnectorTest(
    boolean ok, String message, List<JsonNode> sample, @JsonIgnore FailureKind kind) {
  /** Whether trying it again cannot help before somebody changes something. */
  boolean refused() {
    return kind == FailureKind.AUTHORISATION || kind == FailureKind.CONFIGURATION;
  }
}
