package io.caravan.source;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.StopSignal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A database that is none of Caravan's data sources: whoever has a URL reads in it over one
 * connection, which is as read-only and limited as those of {@link SourceConnections}. For one
 * thread.
 */
public final class UnregisteredSource implements AutoCloseable {
  private final Login login;
  private final Connection connection;
  private final Duration stopGrace;

  private UnregisteredSource(Login login, Connection connection, Duration stopGrace) {
    this.login = login;
    this.connection = connection;
    this.stopGrace = stopGrace;
  }

  /**
   * Connects, as it is usual when nothing is set.
   *
   * @param username null when there is none
   * @param password null when there is none
   * @param driverFolder where drivers that are not bundled lie
   * @throws InvalidInputException when the URL may not be used, see {@link JdbcUrlCheck}
   * @throws Failure why no connection could be made
   */
  public static UnregisteredSource open(
      SourceType type, String jdbcUrl, String username, String password, Path driverFolder) {
    return open(
        type, jdbcUrl, username, password, SourceProperties.defaults().driverFolder(driverFolder));
  }

  /**
   * Connects.
   *
   * @param username null when there is none
   * @param password null when there is none
   * @throws InvalidInputException when the URL may not be used, see {@link JdbcUrlCheck}
   * @throws Failure why no connection could be made
   */
  public static UnregisteredSource open(
      SourceType type,
      String jdbcUrl,
      String username,
      String password,
      SourceProperties settings) {
    JdbcUrlCheck.check(type, jdbcUrl);
    Login login = new Login(JdbcUrlCheck.place(jdbcUrl), type, jdbcUrl, username, password);
    SessionSource source = new SessionSource(login, new Drivers(settings.driverFolder()), settings);
    FutureTask<Connection> attempt = new FutureTask<>(source::getConnection);
    Thread thread = Thread.ofVirtual().name("connect").start(attempt);
    Duration patience = settings.connectTimeout().multipliedBy(2);
    try {
      return new UnregisteredSource(
          login, attempt.get(patience.toMillis(), TimeUnit.MILLISECONDS), settings.stopGrace());
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new Failure(
          FailureKind.TIMEOUT,
          "%s: no log-in within %d s; check jdbcUrl.".formatted(place(login), patience.toSeconds()),
          e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new Failure(FailureKind.CANCELLED, "Connecting was interrupted.", e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case Failure failure -> failure;
        case SQLException sql -> SqlFailures.explain(sql, type, place(login));
        default ->
            new Failure(
                FailureKind.CONFIGURATION, place(login) + ": the driver failed; check jdbcUrl.", e);
      };
    }
  }

  private static String place(Login login) {
    return "The database " + login.name();
  }

  /**
   * Reads a schema with all its tables, with one query.
   *
   * @param database null or blank for the connection's own
   * @param schema null or blank only where the vendor has a default one
   * @throws Failure as {@link Catalogue#read}, and why the query failed
   */
  public LiveSchema schema(String database, String schema) {
    SourceSession session = new SourceSession(login.type(), connection);
    try {
      return Catalogue.read(session, own(database, schema), schema, any -> true);
    } catch (SQLException e) {
      throw SqlFailures.explain(e, login.type(), place(login));
    } finally {
      endTransaction();
    }
  }

  /**
   * Reads whatever the query does, in a transaction that is rolled back. A reader that gives up in
   * the middle loses the connection: some drivers would otherwise fetch the rest.
   *
   * @throws Failure the reason of {@code stop}; or what went wrong, explained by {@link
   *     SqlFailures}
   */
  public <T> T read(StopSignal stop, SourceQuery<T> query) {
    SourceSession session = new SourceSession(login.type(), connection);
    boolean whole = false;
    try {
      T result = StoppableStep.run(connection, stop, stopGrace, () -> query.run(session));
      stop.check();
      whole = true;
      return result;
    } catch (SQLException e) {
      stop.check();
      throw SqlFailures.explain(e, login.type(), place(login));
    } finally {
      if (whole) {
        endTransaction();
      } else {
        cut();
      }
    }
  }

  private void cut() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It was lost already.
    }
  }

  /** With MySQL a database is a schema ({@code def} is not), and the URL may name it. */
  private String own(String database, String schema) throws SQLException {
    boolean named =
        Dialect.given(database) || Dialect.given(schema) && !schema.equalsIgnoreCase("def");
    return switch (login.type()) {
      case MYSQL, MARIADB -> named ? database : connection.getCatalog();
      default -> database;
    };
  }

  /** So that the server does not take the time until the next read for an idle transaction. */
  private void endTransaction() {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      // The connection is lost: the next read says so.
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // What was read is read.
    }
  }
}
