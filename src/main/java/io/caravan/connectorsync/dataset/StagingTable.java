package io.caravan.connectorsync.dataset;

import io.caravan.connectorsync.dataset.Columns.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Where the rows of a load wait until all are there. Nobody else sees or uses it. */
final class StagingTable {
  /** The rows in the order of their coming. */
  private static final String LAST_OF_EACH_KEY =
      """
      delete from %1$s s using (
        select ctid, row_number() over (partition by _key order by ctid desc) as n from %1$s) again
       where s.ctid = again.ctid and again.n > 1
      """;

  /** No row of so many columns comes near to what a page of PostgreSQL holds. */
  private static final int NARROW = 300;

  private final Connection connection;
  private final String table;
  private final Columns columns;
  private final RowCopy rowCopy = new RowCopy();
  private boolean reserved;

  /**
   * @param columns it has from the start; changed with it
   */
  StagingTable(Connection connection, String name, Columns columns) {
    this.connection = connection;
    this.table = Tables.qualified(name);
    this.columns = columns;
  }

  /** As SQL. */
  String table() {
    return table;
  }

  /**
   * Makes it.
   *
   * @param kept whether it becomes the dataset's table, so that it has to outlive a crash
   */
  void create(boolean kept) throws SQLException {
    String fields =
        columns.all().stream()
            .map(column -> "%s %s, ".formatted(column.sql(), column.type().sql()))
            .collect(Collectors.joining());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create %s table %s (
            _key text collate "C" not null, _hash bytea not null, _text_hash bytea, _row integer not null, %s
            _more jsonb)
          """
              .formatted(kept ? "" : "unlogged", table, fields));
    }
    reserve();
  }

  /** Widens it, rows and all. */
  void change(List<Change> changes) throws SQLException {
    Tables.change(connection, table, changes);
    changes.forEach(change -> columns.put(change.column()));
    reserve();
  }

  /** What fits in here also fits beside the columns that only the dataset's table has. */
  private void reserve() throws SQLException {
    if (!reserved && columns.all().size() > NARROW) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "alter table %s add column %s text not null default '%s'"
                .formatted(table, ColumnNames.RESERVED, "-".repeat(40)));
      }
      reserved = true;
    }
  }

  /** Gives it back, as this becomes the dataset's table. */
  void unreserve() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "alter table %s drop column if exists %s".formatted(table, ColumnNames.RESERVED));
    }
  }

  /**
   * Appends rows in a transaction of their own.
   *
   * @param refused is given what PostgreSQL does not take, and why; the others are appended
   */
  void append(List<Row> rows, BiConsumer<Row, String> refused) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try {
      copy(rows);
    } catch (SQLException e) {
      if (!aboutTheData(e)) {
        throw e;
      }
      if (rows.size() == 1) {
        refused.accept(
            rows.getFirst(),
            "PostgreSQL does not take it (SQLSTATE %s)".formatted(e.getSQLState()));
        return;
      }
      int half = rows.size() / 2;
      append(rows.subList(0, half), refused);
      append(rows.subList(half, rows.size()), refused);
    }
  }

  /** Keeps the row that came last, of those with the same key. */
  long deleteRepeated() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(LAST_OF_EACH_KEY.formatted(table));
    }
  }

  void drop() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists " + table);
    }
  }

  /** Data exceptions, and rows or values that are too large. */
  private static boolean aboutTheData(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22") || state.startsWith("54");
  }

  private void copy(List<Row> rows) throws SQLException {
    String sql =
        "copy %s (%s) from stdin with (format binary)"
            .formatted(table, RowCopy.columns(columns.all()));
    connection.setAutoCommit(false);
    try {
      try (Statement statement = connection.createStatement()) {
        // Before the load is committed nobody relies on it; the last commit waits for the disk.
        statement.execute("set local synchronous_commit = off");
      }
      try (OutputStream copy = new PGCopyOutputStream(connection.unwrap(PGConnection.class), sql)) {
        rowCopy.write(columns.all(), rows, copy);
      }
      connection.commit();
    } catch (SQLException | IOException | RuntimeException e) {
      SQLException cause = refusal(e);
      connection.rollback();
      throw cause;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** What PostgreSQL said, where the writer of a COPY wraps it. */
  private static SQLException refusal(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return refused;
      }
    }
    return new SQLException("a COPY broke off", e);
  }
}
