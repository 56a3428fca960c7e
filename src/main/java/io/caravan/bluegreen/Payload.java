package io.caravan.bluegreen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The elements of a payload. Each of its documents is an array that comes bare, under {@code data},
 * under the entity's name in camel case, or as the first array among an object's values (facts of
 * the Blue API). It is never in memory as a whole.
 */
final class Payload {
  private static final ObjectReader READER =
      JsonMapper.builder()
          // 170.0 stays 170.0.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);
  private static final String DATA = "data";

  private final Documents documents;
  private final String title;
  private final String camelName;

  /**
   * @param title what it is, for messages
   * @param camelName under which the array may stand
   */
  Payload(Documents documents, String title, String camelName) {
    this.documents = documents;
    this.title = title;
    this.camelName = camelName;
  }

  /** What is done with each element. */
  interface Use {
    void element(JsonNode element) throws IOException;
  }

  /** What is done with the place of each element in its document, in bytes. */
  interface Place {
    void element(long from, long to) throws IOException;
  }

  /** Steps over an element, whose first token is the parser's present one. */
  private interface Step {
    void over(JsonParser parser) throws IOException;
  }

  /**
   * Gives every element to {@code use}, in their order, and reads to the very end.
   *
   * @throws Failure of kind transient when it breaks off; of kind data when it is no JSON, or JSON
   *     without an array
   */
  void forEach(Use use) throws IOException {
    for (int document = 0; document < documents.count(); document++) {
      walk(document, parser -> use.element(READER.readValue(parser)));
    }
  }

  /**
   * Gives the place of every element of a document.
   *
   * @throws Failure as {@link #forEach}
   */
  void places(int document, Place place) throws IOException {
    walk(
        document,
        parser -> {
          long from = parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          parser.finishToken();
          place.element(from, parser.currentLocation().getByteOffset());
        });
  }

  /** How many elements a document has. */
  long elements(int document) throws IOException {
    long[] count = {0};
    walk(
        document,
        parser -> {
          parser.skipChildren();
          count[0]++;
        });
    return count[0];
  }

  private void walk(int document, Step step) throws IOException {
    try (JsonParser parser = READER.createParser(documents.open(document))) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        elements(parser, step);
      } else if (first == JsonToken.START_OBJECT) {
        String name = arrayName(document);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean wanted = parser.currentName().equals(name);
          parser.nextToken();
          if (wanted && parser.currentToken() == JsonToken.START_ARRAY) {
            elements(parser, step);
            name = null;
          } else {
            parser.skipChildren();
          }
        }
      } else if (first == null) {
        throw new Failure(
            FailureKind.DATA, title + " is empty, where JSON was expected. Nothing of it is used.");
      } else {
        throw first == null ? empty() : shapeless();
      }
      if (parser.nextToken() != null) {
        throw notJson();
      }
    } catch (JsonProcessingException e) {
      throw explained(e);
    }
  }

  private static void elements(JsonParser parser, Step step) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      step.over(parser);
    }
  }

  /** Which of an object's arrays holds the elements. */
  private String arrayName(int document) throws IOException {
    Set<String> arrays = new LinkedHashSet<>();
    try (JsonParser parser = READER.createParser(documents.open(document))) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY) {
          // Nothing goes before this one, so the rest needs no look.
          if (name.equals(DATA)) {
            return DATA;
          }
          arrays.add(name);
        }
        parser.skipChildren();
      }
    }
    if (arrays.contains(camelName)) {
      return camelName;
    }
    return arrays.stream().findFirst().orElseThrow(this::shapeless);
  }

  private Failure empty() {
    return new Failure(
        FailureKind.DATA, title + " is empty, where JSON was expected. Nothing of it is used.");
  }

  private Failure explained(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      StreamReadConstraints limits = READER.getFactory().streamReadConstraints();
      return new Failure(
          FailureKind.DATA,
          "%s holds a value that is nested deeper than %d levels, or text that is too long (%d characters, %d of a number). Nothing of it is used."
              .formatted(
                  title,
                  limits.getMaxNestingDepth(),
                  limits.getMaxStringLength(),
                  limits.getMaxNumberLength()),
          e);
    }
    // Between two elements Jackson says the same with another type.
    return e instanceof JsonEOFException
            || e.getOriginalMessage().startsWith("Unexpected end-of-input")
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
