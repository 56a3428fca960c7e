package io.caravan.source;

import io.caravan.TestDatabase;
import io.caravan.secret.Redactor;
import io.caravan.secret.Vault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Caravan's own tables with one onboarded organisation, and customers' databases to register there.
 */
final class TestCustomer {
  final JdbcClient jdbc = JdbcClient.create(TestDatabase.migrated());
  final Redactor redactor = new Redactor();
  final Organizations organizations = new Organizations(jdbc);
  final DataSources dataSources =
      new DataSources(jdbc, new Vault(Vault.newKey()), redactor, organizations);
  final Datasets datasets = new Datasets(jdbc, dataSources);
  final UUID organization =
      organizations.create(Map.of("name", "Acme", "onboardingCompleted", true)).id();

  /** A customer's database with a way to write to it. */
  record Database(SourceType type, String url, String user) {
    void execute(String... sqls) {
      try (Connection connection = DriverManager.getConnection(url, user, "");
          Statement statement = connection.createStatement()) {
        for (String sql : sqls) {
          statement.execute(sql);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static Database postgres() {
    PGSimpleDataSource source = TestDatabase.empty();
    return new Database(
        SourceType.POSTGRESQL,
        "jdbc:postgresql://localhost:%d/%s"
            .formatted(source.getPortNumbers()[0], source.getDatabaseName()),
        "postgres");
  }

  static Database mariadb() {
    return new Database(SourceType.MARIADB, TestMariaDb.empty(), "root");
  }

  static Database duckdb(Path folder) {
    return new Database(SourceType.DUCKDB, "jdbc:duckdb:" + folder.resolve("shop.duckdb"), null);
  }

  UUID register(Database database) {
    return register(database.type(), database.url(), database.user(), null);
  }

  UUID register(SourceType type, String url, String user, String password) {
    Map<String, Object> body = new HashMap<>();
    body.put("organizationId", organization.toString());
    body.put("name", "Shop");
    body.put("type", type.apiName());
    body.put("jdbcUrl", url);
    body.put("username", user);
    body.put("password", password);
    body.put("onboardingCompleted", true);
    return dataSources.create(body).id();
  }
}
