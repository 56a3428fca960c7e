package io.caravan.valuesync;

import io.caravan.failure.Failure;
import io.caravan.failure.StopSignal;
import io.caravan.source.Dialect;
import io.caravan.source.SourceSession;
import io.caravan.source.SqlFailures;
import java.sql.Array;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tells cheaply whether a table's rows changed since it was last read, so that unchanged ones are
 * not read again. A state is read before the values are: what changes in between is then found next
 * time.
 */
public final class ChangeProbe {
  /**
   * PostgreSQL adds a session's counters to the table's at most 10 seconds after the session went
   * idle (PGSTAT_IDLE_INTERVAL); one more for the clocks.
   */
  public static final Duration SETTLING = Duration.ofSeconds(11);

  /**
   * A table to be asked for.
   *
   * @param databaseName may be null: the database that is connected to
   * @param schemaName may be null: the session's own schema
   */
  public record Table(String databaseName, String schemaName, String tableName) {
    public static Table of(ColumnRef column) {
      return new Table(column.databaseName(), column.schemaName(), column.tableName());
    }
  }

  /**
   * The present state of each of these tables, by one query.
   *
   * @return one entry a table; a table that does not exist, or whose source gives no reliable sign
   *     (views, foreign tables, standbys, DuckDB and others), has a state that always counts as
   *     changed
   * @throws Failure the reason given to {@code stop}, or what the source answered
   */
  public Map<Table, TableState> read(SourceSession session, List<Table> tables, StopSignal stop) {
    Map<Table, TableState> states = new LinkedHashMap<>();
    tables.forEach(table -> states.put(table, TableState.UNKNOWN));
    List<Table> asked = List.copyOf(states.keySet());
    if (asked.isEmpty()) {
      return states;
    }
    Dialect dialect = Dialect.of(session.type());
    ExtractionStatements statements = new ExtractionStatements(session, stop);
    ExtractionStatements.Reader<Void> reader =
        rows -> {
          while (rows.next()) {
            states.put(asked.get(rows.getInt(1) - 1), state(rows));
          }
          return null;
        };
    try {
      switch (session.type()) {
        case POSTGRESQL -> {
          Object[] names =
              asked.stream()
                  .map(t -> dialect.qualified(null, t.schemaName(), t.tableName()))
                  .toArray();
          Array array = session.connection().createArrayOf("text", names);
          statements.query(ChangeSql.POSTGRES, reader, array);
        }
        case MYSQL, MARIADB -> {
          forgetCachedTimes(session);
          statements.query(ChangeSql.mysql(asked.size()), reader, names(asked));
        }
        case SNOWFLAKE ->
            statements.query(ChangeSql.snowflake(dialect, asked), reader, names(asked));
        case BIGQUERY ->
            statements.query(ChangeSql.bigQuery(dialect, asked), reader, tableNames(asked));
        case SQLSERVER, REDSHIFT, DATABRICKS, DUCKDB -> {}
      }
    } catch (SQLException e) {
      throw SqlFailures.explain(e, session.type(), "change probe");
    }
    return states;
  }

  /** MySQL 8 answers with times of up to a day ago otherwise; MariaDB and older ones keep none. */
  private static void forgetCachedTimes(SourceSession session) throws SQLException {
    DatabaseMetaData server = session.connection().getMetaData();
    if (server.getDatabaseProductName().equals("MySQL") && server.getDatabaseMajorVersion() >= 8) {
      try (Statement statement = session.connection().createStatement()) {
        statement.execute("set session information_schema_stats_expiry = 0");
      }
    }
  }

  TableState read(SourceSession session, ColumnRef column, StopSignal stop) {
    Table table = Table.of(column);
    return read(session, List.of(table), stop).get(table);
  }

  private static TableState state(ResultSet row) throws SQLException {
    return new TableState(row.getString(2), row.getString(3), row.getLong(4));
  }

  private static Object[] names(List<Table> tables) {
    List<Object> names = new ArrayList<>();
    for (Table table : tables) {
      names.add(table.schemaName() == null ? table.databaseName() : table.schemaName());
      names.add(table.tableName());
    }
    return names.toArray();
  }

  private static Object[] tableNames(List<Table> tables) {
    return tables.stream().map(Table::tableName).toArray();
  }

  /**
   * What happened between two readings of the same table.
   *
   * @param old the state stored with the values; null counts as changed
   */
  public static TableChange unchangedSince(TableState old, TableState now) {
    if (old == null || old.sign() == null || !old.sign().equals(now.sign())) {
      return TableChange.CHANGED;
    }
    return Objects.equals(old.snapshot(), now.snapshot())
        ? TableChange.UNCHANGED
        : TableChange.LIKELY_UNCHANGED;
  }

  /**
   * Whether nothing had changed at {@code first}, a reading that said {@link
   * TableChange#LIKELY_UNCHANGED}.
   *
   * @param later a reading of the same table at least {@link #SETTLING} after it, by the source's
   *     clock
   */
  public static boolean settled(TableState first, TableState later) {
    return unchangedSince(first, later) != TableChange.CHANGED
        && later.readAtMillis() - first.readAtMillis() >= SETTLING.toMillis();
  }
}
