package io.caravan.sandbox;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** The server in which the PostgreSQL warehouse is made, as its administrator sees it. */
final class PostgresServer {
  /**
   * A backend whose client died looks for it every second, so that a killed start does not go on
   * filling. Loading is not worth a flush a statement: what a crash loses is made again.
   */
  private static final String SESSION =
      "-c statement_timeout=120s -c lock_timeout=60s -c client_connection_check_interval=1s"
          + " -c synchronous_commit=off -c jit=off -c timezone=UTC"
          + " -c work_mem=64MB -c maintenance_work_mem=128MB"
          + " -c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0";

  private final String url;
  private final String user;
  private final String password;

  PostgresServer(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** A connection to the administrator's own database. */
  Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  Connection connect(String database) throws SQLException {
    PGSimpleDataSource dataSource = dataSource();
    dataSource.setDatabaseName(database);
    return dataSource.getConnection();
  }

  /**
   * The address of a database for somebody else: no user, no password, none of our options but the
   * encryption.
   */
  String urlOf(String database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    String address =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                dataSource.getServerNames()[0],
                dataSource.getPortNumbers()[0] == 0 ? 5432 : dataSource.getPortNumbers()[0],
                database);
    return dataSource.getSslMode() == null
        ? address
        : address + "?sslmode=" + dataSource.getSslMode();
  }

  private PGSimpleDataSource dataSource() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    if (user != null) {
      dataSource.setUser(user);
      dataSource.setPassword(password);
    }
    dataSource.setOptions(SESSION);
    dataSource.setConnectTimeout(10);
    dataSource.setSocketTimeout(150);
    return dataSource;
  }

  /** Says in our own words why a statement failed: a driver's message can hold values. */
  static Failure explain(SQLException e) {
    String state = e.getSQLState() == null ? "unknown" : e.getSQLState();
    return switch (state) {
      case "42501" ->
          new Failure(
              FailureKind.AUTHORISATION,
              "The database user may not create the sample warehouse. Grant it CREATEDB and"
                  + " CREATEROLE, or start the demo without DATABASE_URL to use the embedded server"
                  + " (SQLSTATE 42501).",
              e);
      case "57014", "55P03" ->
          new Failure(
              FailureKind.TIMEOUT,
              "The sample warehouse was not made in time. Look for another session that holds it,"
                  + " then start again (SQLSTATE "
                  + state
                  + ").",
              e);
      case String other when other.startsWith("08") || other.startsWith("57P") ->
          new Failure(
              FailureKind.TRANSIENT,
              "The connection to the server of the sample warehouse was lost. Start again (SQLSTATE"
                  + " "
                  + other
                  + ").",
              e);
      default ->
          new Failure(
              FailureKind.INTERNAL,
              "The sample warehouse could not be made (SQLSTATE " + state + ").",
              e);
    };
  }
}
