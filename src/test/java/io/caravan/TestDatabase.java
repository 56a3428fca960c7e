package io.caravan;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One embedded PostgreSQL for the whole test run. Its sessions live in a time zone that is not UTC,
 * so that a test finds code that leans on the server's clock zone.
 */
public final class TestDatabase {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  private TestDatabase() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("timezone", "Pacific/Chatham")
              .setServerConfig("fsync", "off")
              .setServerConfig("max_connections", "200")
              // Lets a test count the queries of a customer's database.
              .setServerConfig("shared_preload_libraries", "pg_stat_statements")
              .start();
      execute(server, "create database migrated");
      Flyway.configure()
          .dataSource(server.getDatabase("postgres", "migrated"))
          .locations("classpath:db/migration")
          .load()
          .migrate();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new database with Caravan's migrated, empty tables. */
  public static PGSimpleDataSource migrated() {
    return create("migrated");
  }

  /** A new, wholly empty database, for example to play a customer's. */
  public static PGSimpleDataSource empty() {
    return create("template0");
  }

  private static PGSimpleDataSource create(String template) {
    String name = "test_" + NUMBER.incrementAndGet();
    execute(SERVER, "create database " + name + " template " + template);
    return (PGSimpleDataSource) SERVER.getDatabase("postgres", name);
  }

  private static synchronized void execute(EmbeddedPostgres server, String sql) {
    DataSource admin = server.getPostgresDatabase();
    try (var connection = admin.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
