package io.caravan.connectorsync.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.caravan.reach.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the list in a page that may have it in one of several places. */
final class RecordPlace {
  private static final JsonFactory JSON = new JsonFactory();

  private RecordPlace() {}

  /**
   * The first of these places where a list stands, on a page's top or right below it. A page that
   * is broken, or has none of them, has it where the first one says: whoever reads it there says
   * what is wrong.
   */
  static JsonPointer in(Body page, List<JsonPointer> places) {
    if (places.size() == 1) {
      return places.getFirst();
    }
    Set<JsonPointer> lists = lists(page);
    return places.stream().filter(lists::contains).findFirst().orElse(places.getFirst());
  }

  private static Set<JsonPointer> lists(Body page) {
    Set<JsonPointer> lists = new HashSet<>();
    try (InputStream bytes = page.open();
        JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        lists.add(JsonPointer.empty());
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          if (parser.nextToken() == JsonToken.START_ARRAY) {
            lists.add(JsonPointer.empty().appendProperty(parser.currentName()));
          }
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      return lists;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lists;
  }
}
