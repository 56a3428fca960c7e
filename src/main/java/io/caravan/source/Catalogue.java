package io.caravan.source;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What tables and columns a customer's database has. One query answers for a whole schema.
 *
 * <p>Names are looked up as people know them: the exact spelling first, else without regard to case
 * (Snowflake keeps {@code orders} as {@code ORDERS}). What comes back is the database's own
 * spelling, which is what SQL needs.
 */
public final class Catalogue {
  private static final int SECONDS = 60;
  private static final int FETCH_SIZE = 1_000;

  private Catalogue() {}

  /**
   * The tables and views of a schema, by name; empty when there is no such schema.
   *
   * @param database null or blank for the connection's own
   * @param schema null or blank only where the vendor has a default one
   * @throws Failure of kind configuration when several schemas differ from the name by case only
   */
  public static List<CatalogueTable> tables(SourceSession session, String database, String schema)
      throws SQLException {
    requireConnected(session, database);
    CatalogueSql sql = CatalogueSql.of(session.type(), database, schema);
    List<CatalogueTable> tables = new ArrayList<>();
    try (PreparedStatement statement = prepare(session, sql.tables())) {
      statement.setString(1, sql.schema());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tables.add(
              new CatalogueTable(
                  rows.getString("schema_name"),
                  rows.getString("table_name"),
                  rows.getString("table_kind").toUpperCase(Locale.ROOT).contains("VIEW")));
        }
      }
    }
    return meant(tables, sql.schema(), CatalogueTable::schemaName);
  }

  /**
   * The columns of all tables of a schema, by table and position. As {@link #columns} otherwise.
   */
  public static List<CatalogueColumn> columns(SourceSession session, String database, String schema)
      throws SQLException {
    return columns(session, database, schema, null);
  }

  /**
   * The columns of one table by position; empty when there is no such table.
   *
   * @param table null for all tables of the schema
   * @throws Failure of kind configuration when several schemas or tables differ from the name by
   *     case only
   */
  public static List<CatalogueColumn> columns(
      SourceSession session, String database, String schema, String table) throws SQLException {
    requireConnected(session, database);
    CatalogueSql sql = CatalogueSql.of(session.type(), database, schema);
    Dialect dialect = Dialect.of(session.type());
    List<CatalogueColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = prepare(session, sql.columns())) {
      statement.setString(1, sql.schema());
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(
              new CatalogueColumn(
                  rows.getString("schema_name"),
                  rows.getString("table_name"),
                  rows.getString("column_name"),
                  rows.getString("native_type"),
                  kind(dialect, rows.getString("kind_hint")),
                  !"NO".equalsIgnoreCase(rows.getString("nullable")),
                  rows.getInt("position")));
        }
      }
    }
    List<CatalogueColumn> inSchema = meant(columns, sql.schema(), CatalogueColumn::schemaName);
    return table == null ? inSchema : meant(inSchema, table, CatalogueColumn::tableName);
  }

  private static PreparedStatement prepare(SourceSession session, String sql) throws SQLException {
    PreparedStatement statement = session.connection().prepareStatement(sql);
    statement.setQueryTimeout(SECONDS);
    statement.setFetchSize(FETCH_SIZE);
    return statement;
  }

  private static ValueKind kind(Dialect dialect, String hint) {
    return switch (hint) {
      case null -> ValueKind.UNSEARCHABLE;
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

  private static <T> List<T> meant(List<T> found, String name, Function<T, String> spelling) {
    Set<String> spellings =
        found.stream().map(spelling).collect(Collectors.toCollection(TreeSet::new));
    if (spellings.contains(name)) {
      return found.stream().filter(one -> spelling.apply(one).equals(name)).toList();
    }
    if (spellings.size() > 1) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The name %s fits %s; give it in exactly one of these spellings."
              .formatted(name, String.join(" and ", spellings)));
    }
    return List.copyOf(found);
  }
}
