package io.caravan.connectorsync.jdbc;

import io.caravan.failure.InvalidInputException;
import io.caravan.source.SourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a JDBC URL leads. Only the plain form of a URL is taken, in which all hosts stand behind
 * the two slashes: every driver has others, and with some of them hides a host from whoever checks
 * it.
 *
 * @param hosts names or addresses; empty for a file
 * @param file null for a server
 */
record JdbcPlace(SourceType type, List<String> hosts, String file) {
  private static final Pattern URL = Pattern.compile("jdbc:([a-z]+):(.*)", Pattern.DOTALL);
  private static final Pattern SERVERS = Pattern.compile("//(?:https?://)?([^/?;]+)(.*)");
  private static final Pattern SERVER =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?:\\\\[A-Za-z0-9_$-]+)?(?::\\d{1,5})?");

  /** Options by which drivers are given another host. */
  private static final Pattern HOST_OPTION =
      Pattern.compile(
          "(?i)[?&;]\\s*(host|server|servername|failoverpartner|address|port|portnumber)\\s*=");

  /**
   * @throws InvalidInputException when it is none that can be taken, with what to write instead
   */
  static JdbcPlace of(String jdbcUrl) {
    Matcher url = URL.matcher(jdbcUrl);
    if (!url.matches()) {
      throw new InvalidInputException(
          "config.jdbcUrl: must begin with jdbc: and the kind of database, for example"
              + " jdbc:postgresql://db.example.com/shop.");
    }
    SourceType type = type(url.group(1));
    if (type == SourceType.DUCKDB) {
      return new JdbcPlace(type, List.of(), url.group(2));
    }
    Matcher servers = SERVERS.matcher(url.group(2));
    if (!servers.matches() || HOST_OPTION.matcher(servers.group(2)).find()) {
      throw notPlain(type);
    }
    List<String> hosts = new ArrayList<>();
    for (String server : servers.group(1).split(",", -1)) {
      Matcher one = SERVER.matcher(server);
      if (!one.matches()) {
        throw notPlain(type);
      }
      hosts.add(one.group(1));
    }
    return new JdbcPlace(type, hosts, null);
  }

  private static SourceType type(String name) {
    try {
      return SourceType.ofApiName(name.toLowerCase(Locale.ROOT));
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "config.jdbcUrl: databases of the kind %s cannot be read; there are %s."
              .formatted(name, e.getMessage().replaceFirst("^type must be one of (.*)\\.$", "$1")));
    }
  }

  private static InvalidInputException notPlain(SourceType type) {
    return new InvalidInputException(
        "config.jdbcUrl: must be of the form jdbc:%s://host:port with all hosts there, and none among the options."
            .formatted(type.apiName()));
  }
}
