package io.caravan.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The PostgreSQL on which both sides of bluegreen's benchmarks work, and what stands on it. */
final class GreenServer {
  private final EmbeddedPostgres server;

  private GreenServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** A benchmark. */
  @FunctionalInterface
  interface Bench {
    void run(GreenServer server) throws Exception;
  }

  /** A part of it that works on a database of its own. */
  @FunctionalInterface
  interface Use<T> {
    T on(Site site) throws Exception;
  }

  /**
   * @param url of the database, as in {@code DATABASE_URL}
   */
  record Site(
      String url, BigRecords records, BigBlue blue, GreenCaravan caravan, Connection connection) {
    void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    long number(String sql) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Runs a benchmark and ends the process, since threads of the application's libraries may outlive
   * it; with status 1 when something was wrong.
   *
   * @param fsync {@code on} or {@code off}
   */
  static void bench(String fsync, Bench bench) {
    int status = 1;
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", fsync)
            .setServerConfig("jit", "off")
            .setServerConfig("shared_buffers", "512MB")
            .setServerConfig("max_wal_size", "8GB")
            .start()) {
      bench.run(new GreenServer(server));
      status = 0;
    } catch (Exception e) {
      e.printStackTrace();
    }
    System.exit(status);
  }

  /** Caravan on a new database, and a big Blue API of so many records. */
  <T> T with(long size, Map<String, String> settings, Use<T> use) throws Exception {
    BigRecords records = new BigRecords(size);
    String name = name(size);
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    String url = "postgres://postgres@localhost:%d/%s".formatted(server.getPort(), name);
    try (BigBlue blue = new BigBlue(records, GreenCaravan.readsPages());
        GreenCaravan caravan = new GreenCaravan(url, blue, settings);
        Connection connection = connect(size)) {
      return use.on(new Site(url, records, blue, caravan, connection));
    }
  }

  /** Another connection to the database of a site. */
  Connection connect(Site site) throws SQLException {
    return connect(site.records().size());
  }

  private Connection connect(long size) throws SQLException {
    return server.getDatabase("postgres", name(size)).getConnection();
  }

  private static String name(long size) {
    return "green_" + size;
  }
}
