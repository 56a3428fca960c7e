package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestDatabase;
import io.caravan.source.TestMariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Connectors of type jdbc, from a customer's tables to the rows of datasets. */
@CaravanTest
class JdbcConnectorTest {
  private static final String NO_PASSWORD = "{\"username\": \"postgres\"}";

  private TestConnectors connectors;
  private String url;
  private String user;

  @BeforeEach
  void api(@LocalServerPort int port) {
    connectors = new TestConnectors(new Api(port));
  }

  private void postgres() {
    PGSimpleDataSource database = TestDatabase.empty();
    url =
        "jdbc:postgresql://localhost:%d/%s"
            .formatted(database.getPortNumbers()[0], database.getDatabaseName());
    user = "postgres";
  }

  private void execute(String... sqls) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, "");
        Statement statement = connection.createStatement()) {
      for (String sql : sqls) {
        statement.execute(sql);
      }
    }
  }

  private String config(String rest) {
    return "{\"jdbcUrl\": \"%s\", %s}".formatted(url, rest);
  }

  private void orders() throws SQLException {
    execute(
        "create table orders (id int primary key, name varchar(20), placed timestamp)",
        """
        insert into orders values (1, 'Chair', '2026-01-01 10:00:00'), (2, 'Table', '2026-01-02 10:00:00'),
          (3, 'Lamp', '2026-01-03 10:00:00'), (4, 'Desk', '2026-01-04 10:00:00'), (5, 'Bed', '2026-01-05 10:00:00'),
          (6, 'Sofa', '2026-01-06 10:00:00')
        """);
  }

  /** Orders in a database of that kind; the credentials of who may read them. */
  private String orders(String kind) throws SQLException {
    String credentials = NO_PASSWORD;
    if (kind.equals("mariadb")) {
      url = TestMariaDb.empty();
      user = "root";
      TestMariaDb.user("reader", "secret-of-reader");
      credentials = "{\"username\": \"reader\", \"password\": \"secret-of-reader\"}";
    } else {
      postgres();
    }
    orders();
    return credentials;
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb"})
  void aTableBecomesADatasetAndWhatChangedIsWritten(String kind) throws SQLException {
    String credentials = orders(kind);
    String id =
        connectors.add(
            "jdbc",
            config("\"table\": \"orders\", \"primaryKey\": \"id\", \"fetchSize\": 2"),
            credentials);
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    execute(
        "update orders set name = 'Armchair' where id = 1",
        "delete from orders where id = 2",
        "insert into orders values (7, 'Shelf', null)");

    assertThat(connectors.counts(id)).containsExactly(1, 1, 4, 1, 0);

    assertThat(connectors.rows(id, "orders", "id, name"))
        .hasSize(6)
        .contains(Map.of("id", 1L, "name", "Armchair"));
    assertThat(connectors.test(id).get("sample")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb"})
  void withACursorOnlyWhatChangedIsRead(String kind) throws SQLException {
    String credentials = orders(kind);
    execute(
        "alter table orders add changed "
            + (kind.equals("mariadb") ? "timestamp(3) null" : "timestamptz"),
        "update orders set changed = placed");
    String id =
        connectors.add(
            "jdbc",
            config("\"table\": \"orders\", \"primaryKey\": \"id\", \"cursorField\": \"changed\""),
            credentials);
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    execute(
        "update orders set name = 'Armchair', changed = '2026-02-01 10:00:00' where id = 1",
        "delete from orders where id = 2");

    // The one with the highest value before comes again.
    assertThat(connectors.counts(id)).containsExactly(0, 1, 1, 0, 0);
    assertThat(connectors.counts(id)).containsExactly(0, 0, 1, 0, 0);
  }

  @Test
  void aCursorOfTextIsComparedAsText() throws SQLException {
    String credentials = orders("postgresql");
    execute(
        "alter table orders add changed text",
        "update orders set changed = to_char(placed, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
    String id =
        connectors.add(
            "jdbc",
            config("\"table\": \"orders\", \"primaryKey\": \"id\", \"cursorField\": \"changed\""),
            credentials);
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    execute("update orders set name = 'Armchair', changed = '2026-02-01T10:00:00Z' where id = 1");

    assertThat(connectors.counts(id)).containsExactly(0, 1, 1, 0, 0);
  }

  @Test
  void valuesOfPostgresKeepTheirMeaning() throws SQLException {
    postgres();
    String id =
        connectors.add(
            "jdbc",
            config(
                """
                "query": "select 1.75 as amount, timestamptz '2026-01-02 03:04:05+02' as moment, date '2026-01-02' as day, \
                array[1, 2] as list, '{\\"a\\": 1}'::jsonb as document, timestamp '2026-01-02 03:04:05' as local"
                """),
            NO_PASSWORD);

    JsonNode record = connectors.test(id).at("/sample/0");

    assertThat(record)
        .hasToString(
            """
            {"amount":1.75,"moment":"2026-01-02T01:04:05Z","day":"2026-01-02","list":[1,2],\
            "document":{"a":1},"local":"2026-01-02T03:04:05"}\
            """);
  }

  @Test
  void whatPostgresHasBeyondTheCalendarStaysWhatItIs() throws SQLException {
    postgres();
    String id =
        connectors.add(
            "jdbc",
            config(
                """
                "query": "select timestamptz '-infinity' as moment, timestamptz 'infinity' as never, date 'infinity' as day, \
                date '-infinity' as first, timestamp 'infinity' as local, timestamp '-infinity' as past, time '24:00' as midnight, \
                timetz '24:00+02' as zoned, time '12:30:00.25' as noon, timetz '12:30+02' as there, \
                array[date 'infinity', date '2026-01-02'] as days, array[timestamptz '-infinity'] as moments, \
                array[timestamp 'infinity'] as locals, array[time '24:00', time '00:00'] as times"
                """),
            NO_PASSWORD);

    JsonNode record = connectors.test(id).at("/sample/0");

    assertThat(record)
        .hasToString(
            """
            {"moment":"-infinity","never":"infinity","day":"infinity","first":"-infinity","local":"infinity","past":"-infinity",\
            "midnight":"24:00:00","zoned":"24:00:00","noon":"12:30:00.250","there":"12:30+02:00",\
            "days":["infinity","2026-01-02"],"moments":["-infinity"],"locals":["infinity"],"times":["24:00:00","00:00"]}\
            """);
  }

  @Test
  void aMomentThatNeverComesIsNoPlaceToGoOnFrom() throws SQLException {
    String credentials = orders("postgresql");
    execute("update orders set placed = 'infinity' where id = 3");
    String id =
        connectors.add(
            "jdbc",
            config("\"table\": \"orders\", \"primaryKey\": \"id\", \"cursorField\": \"placed\""),
            credentials);
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    execute("insert into orders values (7, 'Shelf', '2026-02-01 10:00:00')");

    // Those with the highest moment and with the one that never comes come again.
    assertThat(connectors.counts(id)).containsExactly(1, 0, 2, 0, 0);
  }

  @Test
  void aWrongPasswordWaitsForSomebodyAndShowsNothing() throws SQLException {
    url = TestMariaDb.empty();
    user = "root";
    orders();
    TestMariaDb.user("reader", "secret-of-reader");
    String id =
        connectors.add(
            "jdbc",
            config("\"table\": \"orders\""),
            "{\"username\": \"reader\", \"password\": \"wrong-secret\"}");

    JsonNode shown = connectors.show(id);

    assertThat(shown.get("status").asText()).isEqualTo("NEEDS_ATTENTION");
    assertThat(shown.get("lastSyncError").asText())
        .contains("refused the log-in; check username and password");
    assertThat(connectors.sync(id).toString()).doesNotContain("wrong-secret");
  }

  @Test
  void aTableThatIsNotThereIsNamed() throws SQLException {
    postgres();
    String id = connectors.add("jdbc", config("\"table\": \"nowhere\""), NO_PASSWORD);

    assertThat(connectors.show(id).get("lastSyncError").asText())
        .contains("nowhere does not exist");
  }

  @Test
  void nothingCanBeWritten() throws SQLException {
    postgres();
    execute(
        "create table told (id int)",
        "create function tell() returns int language sql as 'insert into told values (1) returning"
            + " id'");

    Api.Answer second =
        connectors.ask("jdbc", config("\"query\": \"select 1; drop table told\""), NO_PASSWORD);
    String id = connectors.add("jdbc", config("\"query\": \"select tell() as x\""), NO_PASSWORD);

    assertThat(second.status()).isEqualTo(400);
    assertThat(connectors.test(id).get("message").asText()).contains("SQLSTATE 25006");
  }

  @Test
  void aDuckDbFileHasToLieInAFolderThatMayBeRead() throws Exception {
    String name = "shop-%s.duckdb".formatted(UUID.randomUUID());
    Path folder = Files.createDirectories(Path.of("target", "connector-files"));
    url = "jdbc:duckdb:" + folder.resolve(name);
    orders();
    url = "jdbc:duckdb:" + name;

    String id = connectors.add("jdbc", config("\"table\": \"orders\""), "{}");

    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    url = "jdbc:duckdb:/var/lib/other.duckdb";
    Api.Answer outside = connectors.ask("jdbc", config("\"table\": \"orders\""), "{}");
    assertThat(outside.status()).isEqualTo(400);
    assertThat(outside.body().get("detail").asText()).contains("caravan.connectorsync.folders");
  }
}
