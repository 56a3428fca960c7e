package io.caravan.connectorsync.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * DuckDB in memory that can read one file, write none, and load no extension (DuckDB's
 * documentation, "Securing DuckDB"). Nothing can loosen that afterwards. For one thread.
 */
final class DuckDb implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDb.class);

  private final String name;
  private final StopSignal stop;
  private final Connection connection;

  private DuckDb(String name, StopSignal stop, Connection connection) {
    this.name = name;
    this.stop = stop;
    this.connection = connection;
  }

  /**
   * @param name of the file, for messages
   * @param stop ends the query that runs
   */
  static DuckDb open(String name, Path file, DataSize memory, StopSignal stop) {
    try {
      Properties settings = new Properties();
      settings.setProperty("jdbc_stream_results", "true");
      settings.setProperty("memory_limit", memory.toMegabytes() + "MB");
      settings.setProperty("threads", "1");
      settings.setProperty("temp_directory", "");
      settings.setProperty("autoinstall_known_extensions", "false");
      settings.setProperty("autoload_known_extensions", "false");
      Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
      DuckDb database = new DuckDb(name, stop, connection);
      try {
        database.lock(file);
        return database;
      } catch (SQLException e) {
        database.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new Failure(FailureKind.INTERNAL, name + ": DuckDB could not be started.", e);
    }
  }

  private void lock(Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set TimeZone = 'UTC'");
      statement.execute("set allowed_paths = [%s]".formatted(literal(file.toString())));
      statement.execute("set enable_external_access = false");
      statement.execute("set lock_configuration = true");
    }
  }

  /** A text as SQL; DuckDB's plain literals know no other escape. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * Gives every row to {@code use}, while the query runs.
   *
   * @param values how a row's values become those of a record
   * @param broken what is wrong when the query fails because of what is in the file
   * @throws Failure the reason of {@code stop}; or what went wrong
   */
  void rows(String sql, DuckValues values, String broken, Consumer<ObjectNode> use) {
    try (Statement statement = connection.createStatement();
        StopSignal.Registration registration = stop.onStop(() -> cancel(statement));
        ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData columns = rows.getMetaData();
      String[] names = new String[columns.getColumnCount()];
      for (int i = 0; i < names.length; i++) {
        names[i] = columns.getColumnName(i + 1);
      }
      while (rows.next()) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.length; i++) {
          record.set(names[i], values.of(rows, i + 1));
        }
        use.accept(record);
      }
    } catch (SQLException e) {
      stop.check();
      throw explained(e, broken);
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      LOG.debug("DuckDB's query has ended already", e);
    }
  }

  /** DuckDB's messages quote what is in the file, so they are not passed on. */
  private Failure explained(SQLException e, String broken) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Out of Memory Error")) {
      return new Failure(
          FailureKind.CONFIGURATION,
          name
              + " needs more memory to be read than caravan.connectorsync.duckdb-memory allows;"
              + " raise it.",
          e);
    }
    if (message.startsWith("IO Error")) {
      return new Failure(FailureKind.TRANSIENT, name + " could not be read just now.", e);
    }
    return new Failure(FailureKind.DATA, broken, e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("DuckDB did not close", e);
    }
  }
}
