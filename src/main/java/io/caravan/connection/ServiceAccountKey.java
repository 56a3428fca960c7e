package io.caravan.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.caravan.failure.InvalidInputException;
import io.caravan.request.Fields;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** The file that Google writes for a service account. */
public final class ServiceAccountKey {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ServiceAccountKey() {}

  /**
   * @throws InvalidInputException when it is no such file, without any part of it
   */
  public static void check(String text) {
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
    try {
      ServiceAccountCredentials.fromStream(new ByteArrayInputStream(text.getBytes(UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      throw invalid(
          "must be whole, as Google wrote it: client_id, client_email, private_key_id and a"
              + " private_key in PKCS#8");
    }
  }

  private static InvalidInputException invalid(String rule) {
    return Fields.invalid("serviceAccountJson", rule);
  }
}
