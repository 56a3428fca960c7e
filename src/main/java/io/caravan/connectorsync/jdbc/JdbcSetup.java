package io.caravan.connectorsync.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.InvalidInputException;
import io.caravan.source.Dialect;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What a connector of type {@code jdbc} reads.
 *
 * @param from a table as SQL names it, or a query in brackets
 * @param select all of it
 * @param cursorField null for none
 */
record JdbcSetup(
    String jdbcUrl,
    JdbcPlace place,
    String resource,
    String from,
    String select,
    List<String> primaryKey,
    String cursorField,
    int fetchSize) {
  private static final int FETCH_SIZE = 1_000;
  private static final int MOST_PARTS = 3;

  /**
   * @param config that the type's JSON Schema accepted
   * @throws InvalidInputException what the schema cannot know
   */
  static JdbcSetup of(JsonNode config) {
    String url = config.path("jdbcUrl").asText();
    JdbcPlace place = JdbcPlace.of(url);
    String table = config.path("table").textValue();
    String query = table == null ? ReadOnlyQuery.checked(config.path("query").asText()) : null;
    String[] parts = table == null ? new String[] {"query"} : table.split("\\.");
    String from = table == null ? "(" + query + "\n) caravan_query" : qualified(place, parts);
    return new JdbcSetup(
        url,
        place,
        config.path("resource").asText(parts[parts.length - 1]),
        from,
        table == null ? query : "select * from " + from,
        key(config.path("primaryKey")),
        config.path("cursorField").textValue(),
        config.path("fetchSize").asInt(FETCH_SIZE));
  }

  private static List<String> key(JsonNode key) {
    return key.isTextual()
        ? List.of(key.textValue())
        : StreamSupport.stream(key.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String qualified(JdbcPlace place, String[] parts) {
    if (parts.length == 0 || parts.length > MOST_PARTS) {
      throw new InvalidInputException(
          "config.table: has to be a name, or database, schema and name with dots between them.");
    }
    return Dialect.of(place.type())
        .qualified(
            parts.length > 2 ? parts[0] : null,
            parts.length > 1 ? parts[parts.length - 2] : null,
            parts[parts.length - 1]);
  }

  /**
   * What changed since a value of the cursor field, which is its one parameter. A row with that
   * very value comes again, as others may have got it since; the same row changes nothing.
   */
  String selectSince() {
    return "select * from %s where %s >= ?"
        .formatted(from, Dialect.of(place.type()).quote(cursorField));
  }
}
