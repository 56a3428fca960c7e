package io.caravan.bluegreen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A payload that was fetched, in a file. Its elements are an array that comes bare, under {@code
 * data}, under the entity's name in camel case, or as the first array among an object's values
 * (facts of the Blue API). It is never in memory as a whole.
 */
final class Payload {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);
  private static final String DATA = "data";

  private final Path file;
  private final String title;
  private final String camelName;

  /**
   * @param title what it is, for messages
   * @param camelName under which the array may stand
   */
  Payload(Path file, String title, String camelName) {
    this.file = file;
    this.title = title;
    this.camelName = camelName;
  }

  /** What is done with each element. */
  interface Use {
    void element(JsonNode element) throws IOException;
  }

  /**
   * Gives every element to {@code use}, in their order, and reads to the very end.
   *
   * @throws Failure of kind transient when it breaks off; of kind data when it is no JSON, or JSON
   *     without an array
   */
  void forEach(Use use) throws IOException {
    try (JsonParser parser = READER.createParser(file.toFile())) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        elements(parser, use);
      } else if (first == JsonToken.START_OBJECT) {
        String name = arrayName();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean wanted = parser.currentName().equals(name);
          parser.nextToken();
          if (wanted && parser.currentToken() == JsonToken.START_ARRAY) {
            elements(parser, use);
            name = null;
          } else {
            parser.skipChildren();
          }
        }
      } else {
        throw shapeless();
      }
      if (parser.nextToken() != null) {
        throw notJson();
      }
    } catch (JsonProcessingException e) {
      throw explained(e);
    }
  }

  private static void elements(JsonParser parser, Use use) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      use.element(READER.readValue(parser));
    }
  }

  /** Which of an object's arrays holds the elements. */
  private String arrayName() throws IOException {
    Set<String> arrays = new LinkedHashSet<>();
    try (JsonParser parser = READER.createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY) {
          arrays.add(name);
        }
        parser.skipChildren();
      }
    }
    if (arrays.contains(DATA)) {
      return DATA;
    }
    if (arrays.contains(camelName)) {
      return camelName;
    }
    return arrays.stream().findFirst().orElseThrow(this::shapeless);
  }

  private Failure explained(JsonProcessingException e) {
    return e instanceof JsonEOFException
        ? new Failure(
            FailureKind.TRANSIENT, title + " breaks off in the middle; nothing of it is used.", e)
        : notJson();
  }

  private Failure notJson() {
    return new Failure(
        FailureKind.DATA,
        title + " is no JSON, perhaps an error page; look at the source. Nothing of it is used.");
  }

  private Failure shapeless() {
    return new Failure(
        FailureKind.DATA,
        "%s is JSON without an array of elements: wanted is a bare array, or one under \"data\" or \"%s\"."
            .formatted(title, camelName));
  }
}
