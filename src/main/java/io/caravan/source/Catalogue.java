package io.caravan.source;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What tables and columns a customer's database has. One query answers for a whole schema.
 *
 * <p>Names are looked up as people know them: the exact spelling first, else without regard to case
 * (Snowflake keeps {@code orders} as {@code ORDERS}). What comes back is the database's own
 * spelling, which is what SQL needs.
 */
public final class Catalogue {
  private static final int SECONDS = 60;
  private static final int FETCH_SIZE = 10_000;

  private Catalogue() {}

  /**
   * Reads a schema: tables, views, materialised views, partitioned and foreign tables.
   *
   * @param database null or blank for the connection's own
   * @param schema null or blank only where the vendor has a default one
   * @param wanted the tables whose columns are kept, in lower case; of all others only the names
   * @throws Failure of kind configuration when several schemas differ from the name by case only,
   *     when there is none that this user may see, or when the user may not use it
   */
  public static LiveSchema read(
      SourceSession session, String database, String schema, Predicate<String> wanted)
      throws SQLException {
    requireConnected(session, database);
    CatalogueSql sql = CatalogueSql.of(session.type(), database, schema);
    Map<String, LiveSchema> spellings = new TreeMap<>();
    try (PreparedStatement statement = prepare(session, sql.columns(), sql.schema());
        ResultSet rows = statement.executeQuery()) {
      Dialect dialect = Dialect.of(session.type());
      // A schema has many columns and few types.
      Map<String, ValueKind> kinds = new HashMap<>();
      while (rows.next()) {
        String name = rows.getString("schema_name");
        LiveSchema live = spellings.computeIfAbsent(name, any -> new LiveSchema());
        requireUsable(rows, name);
        String table = rows.getString("table_name");
        if (wanted.test(table.toLowerCase(Locale.ROOT))) {
          live.add(
              table, column(rows, hint -> kinds.computeIfAbsent(hint, any -> kind(dialect, any))));
        } else {
          live.add(table);
        }
      }
    }
    if (spellings.isEmpty()) {
      requireSchema(session, sql);
    }
    return Spelling.of(sql.schema(), spellings.keySet())
        .map(spellings::get)
        .orElseGet(LiveSchema::new);
  }

  private static CatalogueColumn column(ResultSet row, Function<String, ValueKind> kindOf)
      throws SQLException {
    String hint = row.getString("kind_hint");
    return new CatalogueColumn(
        row.getString("column_name"),
        row.getString("native_type"),
        hint == null ? ValueKind.UNSEARCHABLE : kindOf.apply(hint),
        !"NO".equalsIgnoreCase(row.getString("nullable")),
        row.getInt("position"));
  }

  /**
   * A schema that nobody may look into has no tables either, which must not look like a loss of
   * them.
   */
  private static void requireSchema(SourceSession session, CatalogueSql sql) throws SQLException {
    if (sql.exists() == null) {
      return;
    }
    try (PreparedStatement statement = prepare(session, sql.exists(), sql.schema());
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "There is no schema %s that this user may see; correct its name, or grant the user access."
                .formatted(sql.schema()));
      }
      requireUsable(row, sql.schema());
    }
  }

  private static void requireUsable(ResultSet row, String schema) throws SQLException {
    if ("NO".equals(row.getString("usable"))) {
      throw new Failure(
          FailureKind.AUTHORISATION,
          "The user may not use the schema %s; grant it usage.".formatted(schema));
    }
  }

  private static PreparedStatement prepare(SourceSession session, String sql, String schema)
      throws SQLException {
    PreparedStatement statement = session.connection().prepareStatement(sql);
    statement.setQueryTimeout(SECONDS);
    statement.setFetchSize(FETCH_SIZE);
    statement.setString(1, schema);
    return statement;
  }

  private static ValueKind kind(Dialect dialect, String hint) {
    return switch (hint) {
      case "enum" -> ValueKind.ENUM;
      case "enum[]" -> ValueKind.ARRAY;
      default -> dialect.kindOf(hint);
    };
  }

  /**
   * PostgreSQL shows only the database connected to, so that another one's tables must not be taken
   * for it.
   */
  private static void requireConnected(SourceSession session, String database) throws SQLException {
    if (session.type() != SourceType.POSTGRESQL || !Dialect.given(database)) {
      return;
    }
    String connected = session.connection().getCatalog();
    if (!database.equals(connected)) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The data source is connected to the database %s, not to %s; correct databaseName or jdbcUrl."
              .formatted(connected, database));
    }
  }
}
