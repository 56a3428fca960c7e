package io.caravan.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The ledger's JSON columns to and from Jackson's tree. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static JsonNode parse(String text) {
    try {
      return text == null ? null : MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger holds broken JSON", e);
    }
  }

  static String text(JsonNode node) {
    return node == null ? null : node.toString();
  }

  static String write(Object value) {
    return MAPPER.valueToTree(value).toString();
  }

  static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger holds broken JSON", e);
    }
  }
}
