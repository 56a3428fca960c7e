package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code spreadsheets.batchUpdate}: one request after the other, or none of them. */
final class SheetsBatch {
  private final SheetsSpreadsheet spreadsheet;
  private final Map<String, Function<JsonNode, ObjectNode>> kinds = new HashMap<>();

  SheetsBatch(SheetsSpreadsheet spreadsheet) {
    this.spreadsheet = spreadsheet;
    for (SheetsRequests some :
        List.of(
            new SheetsSheetRequests(spreadsheet),
            new SheetsDimensionRequests(spreadsheet),
            new SheetsCellRequests(spreadsheet),
            new SheetsMetadataRequests(spreadsheet))) {
      kinds.putAll(some.byKind());
    }
  }

  /**
   * Does all requests.
   *
   * @throws Refusal when one of them cannot be done, and then nothing has changed
   */
  ObjectNode apply(JsonNode body) {
    JsonNode requests = body.path("requests");
    if (requests.isEmpty()) {
      throw SheetsErrors.invalid("Must specify at least one request.");
    }
    ObjectNode answer =
        JsonNodeFactory.instance.objectNode().put("spreadsheetId", spreadsheet.id());
    ArrayNode replies = answer.putArray("replies");
    // What the API does not know is found while the body is read, before anything is done.
    for (int i = 0; i < requests.size(); i++) {
      kind(requests, i);
    }
    return spreadsheet.atomically(
        () -> {
          for (int i = 0; i < requests.size(); i++) {
            replies.add(apply(requests, i));
          }
          return answer;
        });
  }

  private String kind(JsonNode requests, int index) {
    if (requests.get(index).size() != 1) {
      throw SheetsErrors.invalid(
          "Invalid requests[%d]: Must specify exactly one request kind.".formatted(index));
    }
    String kind = requests.get(index).fieldNames().next();
    if (!kinds.containsKey(kind)) {
      throw SheetsErrors.unknownName(kind, "requests[" + index + "]");
    }
    return kind;
  }

  private ObjectNode apply(JsonNode requests, int index) {
    String kind = kind(requests, index);
    try {
      return kinds.get(kind).apply(requests.get(index).get(kind));
    } catch (Refusal e) {
      throw SheetsErrors.invalid(
          "Invalid requests[%d].%s: %s".formatted(index, kind, e.getMessage()));
    }
  }
}
