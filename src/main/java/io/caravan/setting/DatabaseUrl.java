package io.caravan.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where Caravan's own PostgreSQL is.
 *
 * @param jdbcUrl without user and password
 * @param username null when the URL names none
 * @param password null when the URL names none
 */
record DatabaseUrl(String jdbcUrl, String username, String password) {
  /**
   * @param url {@code postgres://user:pw@host:port/db}, {@code postgresql://…} or {@code
   *     jdbc:postgresql://…}
   * @return empty when it is none of these
   */
  static Optional<DatabaseUrl> parse(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return Optional.of(new DatabaseUrl(url, null, null));
    }
    try {
      URI uri = new URI(url);
      boolean postgres = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
      if (!postgres || uri.getHost() == null || uri.getPath().length() < 2) {
        return Optional.empty();
      }
      String[] user =
          uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
      String jdbc =
          "jdbc:postgresql://%s:%d%s%s"
              .formatted(
                  uri.getHost(),
                  uri.getPort() < 0 ? 5432 : uri.getPort(),
                  uri.getRawPath(),
                  uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
      return Optional.of(
          new DatabaseUrl(
              jdbc,
              user.length > 0 ? decode(user[0]) : null,
              user.length > 1 ? decode(user[1]) : null));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "DatabaseUrl[username=" + username + "]";
  }
}
