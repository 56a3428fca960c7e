package io.caravan.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The part of a list a client asks for.
 *
 * @param edition of the data
 * @param first elements before this one are skipped
 * @param limit elements at most
 */
record BluePage(int edition, long first, int limit) {
  private static final int USUAL = 100;
  private static final int LARGEST = 1_000;

  /**
   * @param query as in the address, or null
   * @param edition the present one
   * @throws IllegalArgumentException saying what is wrong with the query
   */
  static BluePage asked(BluePaging paging, String query, int edition) {
    if (paging == BluePaging.NONE) {
      return new BluePage(edition, 0, Integer.MAX_VALUE);
    }
    Map<String, String> parameters = parameters(query);
    int limit = number("limit", parameters.getOrDefault("limit", "" + USUAL), LARGEST);
    if (paging == BluePaging.CURSOR) {
      String cursor = parameters.get("cursor");
      return cursor == null ? new BluePage(edition, 0, limit) : at(cursor, limit, edition);
    }
    int page = number("page", parameters.getOrDefault("page", "1"), Integer.MAX_VALUE);
    return new BluePage(edition, (page - 1L) * limit, limit);
  }

  /** The query that asks for the page after this one. */
  String nextQuery(BluePaging paging) {
    return paging == BluePaging.CURSOR
        ? "cursor=" + nextCursor() + "&limit=" + limit
        : "page=" + (first / limit + 2) + "&limit=" + limit;
  }

  String nextCursor() {
    String position = edition + ":" + (first + limit);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.US_ASCII));
  }

  private static BluePage at(String cursor, int limit, int newest) {
    try {
      String[] position =
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII).split(":");
      int edition = Objects.checkIndex(Integer.parseInt(position[0]), newest + 1);
      return new BluePage(edition, Long.parseUnsignedLong(position[1]), limit);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("cursor is none that this server handed out", e);
    }
  }

  private static int number(String name, String text, int largest) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return Math.min(number, largest);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a number", e);
    }
    throw new IllegalArgumentException(name + " is less than 1");
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query == null ? new String[0] : query.split("&"))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                parameter -> parameter[0],
                parameter ->
                    parameter.length == 1
                        ? ""
                        : URLDecoder.decode(parameter[1], StandardCharsets.UTF_8),
                (one, other) -> other,
                LinkedHashMap::new));
  }
}
