package io.caravan.connectorsync.dataset;

import io.caravan.connectorsync.dataset.Columns.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** Names and forms of the tables that hold the records. */
final class Tables {
  private static final String SCHEMA = "connectorsync";

  /** With the id behind it and the names of the indexes made from it, within PostgreSQL's 63. */
  private static final int LONGEST_SLUG = 40;

  private static final int ID_DIGITS = 8;
  private static final String STAGING = "load_";

  private Tables() {}

  static String qualified(String table) {
    return SCHEMA + "." + Column.quoted(table);
  }

  /** A name that a person recognises and nothing else has. */
  static String name(String connector, String resource, UUID dataset) {
    String slug =
        (connector + "_" + resource)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_|_$", "");
    return "data_%s_%s"
        .formatted(
            slug.substring(0, Math.min(slug.length(), LONGEST_SLUG)),
            digits(dataset).substring(digits(dataset).length() - ID_DIGITS));
  }

  /** The name of a load's staging table, which says whose it is. */
  static String staging(UUID dataset, UUID sync) {
    return STAGING + digits(dataset) + "_" + digits(sync).substring(ID_DIGITS);
  }

  /** The names of all staging tables, as a pattern of LIKE. */
  static String stagingPattern() {
    return STAGING.replace("_", "\\_") + "%";
  }

  /** Whose a staging table is. */
  static UUID datasetOf(String staging) {
    String hex = staging.substring(STAGING.length(), STAGING.length() + 32);
    return new UUID(
        Long.parseUnsignedLong(hex.substring(0, 16), 16),
        Long.parseUnsignedLong(hex.substring(16), 16));
  }

  /** Changes columns; all rows are written anew where a type changes. */
  static void change(Connection connection, String table, List<Change> changes)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "alter table %s %s"
              .formatted(
                  table, changes.stream().map(Change::sql).collect(Collectors.joining(", "))));
    }
  }

  private static String digits(UUID id) {
    return id.toString().replace("-", "");
  }
}
