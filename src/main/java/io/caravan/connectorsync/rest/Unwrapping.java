package io.caravan.connectorsync.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Records that have their values one level down, as in {@code {"id": 1, "fields": {"name":
 * "Ann"}}}, one after another without it.
 */
public final class Unwrapping {
  private static final JsonMapper JSON = new JsonMapper();

  private Unwrapping() {}

  /**
   * Reads the records of a page as a stream.
   *
   * @param page JSON, read through once before; closed afterwards
   * @param recordPath where in it the records stand
   * @param field whose own fields become the record's. One that the record has already gets this
   *     field's name before its own: {@code fields_id}
   * @param to gets one record after another
   */
  public static void each(
      InputStream page, JsonPointer recordPath, String field, Consumer<JsonNode> to)
      throws IOException {
    try (JsonParser whole = JSON.createParser(page);
        JsonParser records = at(whole, recordPath)) {
      JsonToken token = records.nextToken();
      if (token == JsonToken.START_ARRAY) {
        token = records.nextToken();
      }
      while (token != null && token != JsonToken.END_ARRAY) {
        to.accept(unwrapped(JSON.readValue(records, JsonNode.class), field));
        token = records.nextToken();
      }
    }
  }

  private static JsonParser at(JsonParser whole, JsonPointer place) {
    return place.matches()
        ? whole
        : new FilteringParserDelegate(
            whole,
            new JsonPointerBasedFilter(place),
            TokenFilter.Inclusion.ONLY_INCLUDE_ALL,
            false);
  }

  private static JsonNode unwrapped(JsonNode record, String field) {
    if (!(record instanceof ObjectNode one && one.get(field) instanceof ObjectNode inner)) {
      return record;
    }
    one.remove(field);
    for (Map.Entry<String, JsonNode> value : inner.properties()) {
      one.set(
          one.has(value.getKey()) ? field + "_" + value.getKey() : value.getKey(),
          value.getValue());
    }
    return one;
  }
}
