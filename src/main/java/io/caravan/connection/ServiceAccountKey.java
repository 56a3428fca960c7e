package io.caravan.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.InvalidInputException;
import io.caravan.request.Fields;
import java.util.List;

/** The file that Google writes for a service account. */
final class ServiceAccountKey {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ServiceAccountKey() {}

  /**
   * @throws InvalidInputException when it is no such file, without any part of it
   */
  static void check(String text) {
    JsonNode key;
    try {
      key = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw invalid("must be the JSON file of a service account");
    }
    if (!"service_account".equals(key.path("type").asText())) {
      throw invalid(
          "must be the JSON file of a service account, with \"type\": \"service_account\"");
    }
    for (String field : List.of("client_email", "private_key")) {
      if (key.path(field).asText().isBlank()) {
        throw invalid("must hold " + field);
      }
    }
  }

  private static InvalidInputException invalid(String rule) {
    return Fields.invalid("serviceAccountJson", rule);
  }
}
