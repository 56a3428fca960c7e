package io.caravan.bluegreen;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Begins binary COPYs into tables that the same transaction has made. */
final class CopyIn {
  private static final int BUFFER = 1 << 16;

  private CopyIn() {}

  /**
   * What PostgreSQL said, where the writer of a COPY wraps it.
   *
   * @return {@code e} itself when it is about something else
   */
  static Exception refusal(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return refused;
      }
    }
    return e;
  }

  /**
   * Several COPYs of one payload run in transactions of their own, so PostgreSQL cannot see when
   * one waits for somebody who waits for the other.
   */
  static void boundLocks(Statement statement) throws SQLException {
    statement.execute("set local lock_timeout = '10s'");
  }

  /**
   * The rows are frozen: a reader whose snapshot is older than they are would otherwise find an
   * empty table behind a view that was switched meanwhile (PostgreSQL's documentation, chapter
   * "Caveats" of concurrency control).
   *
   * @param table as SQL
   * @param columns by name
   */
  static PgBinaryWriter begin(Connection connection, String table, List<String> columns)
      throws SQLException {
    return new PgBinaryWriter(
        new PGCopyOutputStream(
            connection.unwrap(PGConnection.class),
            "copy %s (%s) from stdin with (format binary, freeze)"
                .formatted(table, GreenTables.names(columns)),
            BUFFER),
        BUFFER);
  }
}
