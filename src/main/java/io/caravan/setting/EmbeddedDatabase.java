package io.caravan.setting;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL below the data directory, for a Caravan that was given no {@code DATABASE_URL}. It
 * starts in the background while the rest of Caravan does, listens on loopback only and asks for a
 * password, since other users of the machine can reach loopback too.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  static final String USER = "postgres";
  static final String DATABASE = "caravan";
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final DataDirectory directory;
  private final int port;
  private final String password;
  private final CompletableFuture<EmbeddedPostgres> server;

  EmbeddedDatabase(DataDirectory directory, int port) {
    this.directory = directory;
    this.port = port;
    this.password = directory.secret("database-password");
    this.server = CompletableFuture.supplyAsync(this::start, Thread.ofVirtual()::start);
  }

  /**
   * Waits until it answers. @throws IllegalStateException when it does not start, with the reason
   */
  public void awaitReady() {
    try {
      server.get(START_LIMIT.toSeconds() + 10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the embedded database started", e);
    } catch (Exception e) {
      throw new IllegalStateException(
          "The embedded PostgreSQL in %s did not start. Look at the log above, or set DATABASE_URL."
              .formatted(directory.postgres()),
          e);
    }
  }

  /** An administrator's access to a database of this server, for the demo's sample warehouse. */
  public DataSource administrator(String database) {
    awaitReady();
    return server.join().getDatabase(USER, database);
  }

  /** Where a database of this server is reached. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private EmbeddedPostgres start() {
    try {
      stopLeftover(directory.postgres());
      EmbeddedPostgres started =
          EmbeddedPostgres.builder()
              .setDataDirectory(directory.postgres())
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port)
              .setPGStartupWait(START_LIMIT)
              .setLocaleConfig("pwfile", directory.secretFile("database-password").toString())
              .setConnectConfig("password", password)
              .setDataDirectoryCustomizer(EmbeddedDatabase::demandPassword)
              // The library switches fsync off; a crash of the machine must not cost what was
              // promised.
              .setServerConfig("fsync", "on")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "''")
              .setServerConfig("timezone", "UTC")
              .setServerConfig("jit", "off")
              .start();
      createDatabase(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void demandPassword(File dataDirectory) {
    try {
      Files.writeString(
          dataDirectory.toPath().resolve("pg_hba.conf"),
          "host all all 127.0.0.1/32 scram-sha-256\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A killed Caravan leaves its PostgreSQL running; it must be gone before the files are opened
   * again.
   */
  private static void stopLeftover(Path dataDirectory) throws IOException {
    Path pidFile = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle.of(pid)
        .filter(process -> process.info().command().orElse("").contains("postgres"))
        .ifPresent(
            process -> {
              LOG.info("Stopping the database that a Caravan killed earlier left running");
              // SIGTERM lets PostgreSQL wait for clients, and the killed Caravan's are gone.
              process.destroy();
              try {
                process.onExit().get(20, TimeUnit.SECONDS);
              } catch (Exception e) {
                process.destroyForcibly();
                process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
              }
            });
  }

  private static void createDatabase(EmbeddedPostgres server) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      var found =
          statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'");
      if (!found.next()) {
        statement.execute("create database " + DATABASE);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + DATABASE, e);
    }
  }

  @Override
  public void close() {
    try {
      server.join().close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("The embedded database did not stop by itself: {}", e.getMessage());
    }
  }
}
