package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.Customer;
import io.caravan.TestSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The defects of an earlier implementation, each a regression test. Its fifth (vectors written 512
 * wide and searched 1536 wide) cannot occur: values are stored and searched as text, there are no
 * vectors.
 */
@CaravanTest
class ValueSyncApiDefectsTest {
  private final List<Customer> customers = new ArrayList<>();
  private Api api;

  @BeforeEach
  void connect(@LocalServerPort int port) {
    api = new Api(port);
  }

  @AfterEach
  void forgetCustomers() {
    customers.forEach(Customer::close);
  }

  private Customer customer() {
    Customer customer = new Customer(api, "Shop");
    customers.add(customer);
    return customer;
  }

  /**
   * PostgreSQL counts what a session did only once that session reports it, so a deletion by a
   * session that stays open is the one that a look at the counters misses.
   */
  @Test
  void aValueDeletedAtTheSourceIsGoneAfterTheNextRunAndAnUnchangedTableIsSkipped()
      throws SQLException {
    Customer shop = customer();
    shop.execute(
        "create table city (name text)",
        "insert into city values ('Oslo'), ('Bergen')",
        "create table land (name text)",
        "insert into land values ('Norway')");
    shop.searchable(shop.column("city", "name"), shop.column("land", "name"));
    api.run("valuesync", "{}");
    JsonNode second;
    try (Connection open = open(shop);
        Statement statement = open.createStatement()) {
      statement.executeUpdate("delete from city where name = 'Oslo'");

      second = api.run("valuesync", "{}");
    }

    assertThat(shop.find("city", "")).containsExactly("Bergen");
    JsonNode skipped = shop.item(second, "land");
    assertThat(skipped.get("status").asText()).isEqualTo("skipped");
    assertThat(skipped.get("reason").asText()).startsWith("unchanged");
    assertThat(second.get("status").asText()).isEqualTo("succeeded");
    assertThat(second.get("report").get("skippedSyncs").asInt()).isEqualTo(1);
    assertThat(shop.find("land", "nor")).containsExactly("Norway");
  }

  private static Connection open(Customer shop) throws SQLException {
    Connection connection = shop.source().getConnection();
    connection.setAutoCommit(true);
    return connection;
  }

  @Test
  void numbersDatesAndBooleansAreFound() {
    Customer shop = customer();
    shop.execute(
        "create type size as enum ('small', 'large')",
        "create table thing (n int, price numeric(10, 2), day date, at timestamp, sold boolean,"
            + " size size, u uuid)",
        """
        insert into thing values
          (42, 19.90, '2026-03-01', '2026-03-01 12:30:00', true, 'large', '7b0f6c1e-9f5e-4c55-9a3a-111111111111'),
          (null, null, null, null, null, null, null)
        """);
    List<String> columns = List.of("n", "price", "day", "at", "sold", "size", "u");
    shop.searchable(
        columns.stream().map(column -> shop.column("thing", column)).toArray(ObjectNode[]::new));

    JsonNode run = shop.run();

    assertThat(run.get("counts").get("succeeded").asInt()).isEqualTo(columns.size());
    assertThat(shop.find("42")).containsExactly("42");
    assertThat(shop.find("19.9")).containsExactly("19.90");
    assertThat(shop.find("2026-03")).contains("2026-03-01");
    assertThat(shop.find("12:30")).anyMatch(value -> value.startsWith("2026-03-01"));
    assertThat(shop.find("true")).containsExactly("true");
    assertThat(shop.find("larg")).containsExactly("large");
    assertThat(shop.find("7b0f6c1e")).containsExactly("7b0f6c1e-9f5e-4c55-9a3a-111111111111");
  }

  /**
   * Names alike in their first 60 characters, and values alike in a 32-bit hash ("Aa" and "BB" in
   * Java's).
   */
  @Test
  void noValueIsLostBecauseTwoNamesOrValuesLookAlike() {
    Customer shop = customer();
    String name = "a".repeat(59);
    shop.execute(
        "create table %s_one (%s_one text, %s_two text)".formatted(name, name, name),
        "insert into %s_one values ('AaAa', 'first'), ('BBBB', 'second'), ('AaBB', 'third'), ('BBAa', 'fourth')"
            .formatted(name));
    shop.searchable(
        shop.column(name + "_one", name + "_one"), shop.column(name + "_one", name + "_two"));

    shop.run();

    assertThat(shop.find(""))
        .containsExactlyInAnyOrder(
            "AaAa", "BBBB", "AaBB", "BBAa", "first", "second", "third", "fourth");
  }

  @Test
  void aBigColumnLooksNewOnce() {
    Customer shop = customer();
    shop.execute(
        "create table code (name text)",
        "insert into code select 'code ' || n from generate_series(1, 1500) n");
    shop.searchable(shop.column("code", "name").put("maxValues", 5000));

    JsonNode first = shop.item(shop.run(), "code").get("result");
    JsonNode second = shop.item(shop.run(), "code").get("result");

    assertThat(first.get("newCount").asInt()).isEqualTo(1500);
    assertThat(second.get("newCount").asInt()).isZero();
    assertThat(second.get("existingCount").asInt()).isEqualTo(1500);
  }

  @Test
  void theReportCountsWhatIsStoredAndNotWhatWasBegun() {
    Customer shop = customer();
    shop.execute("create table city (name text)", "insert into city values ('Oslo'), ('Bergen')");
    shop.searchable(shop.column("city", "name"), shop.column("city", "nowhere"));

    JsonNode report = shop.run().get("report");

    assertThat(report.get("successfulSyncs").asInt()).isEqualTo(1);
    assertThat(report.get("failedSyncs").asInt()).isEqualTo(1);
    assertThat(report.get("totalValuesProcessed").asInt()).isEqualTo(shop.find("").size());
  }

  /** A run and its item as a killed node leaves them: running, with a lease that has lapsed. */
  @Test
  void whatADeadProcessLeftInProgressIsTakenUpAgain() {
    Customer shop = customer();
    shop.execute("create table city (name text)", "insert into city values ('Oslo')");
    shop.searchable(shop.column("city", "name"));
    JdbcClient own = JdbcClient.create(TestSettings.database());
    UUID run = UUID.randomUUID();
    own.sql(
            """
            with dead as (
              insert into caravan.run
                (id, pipeline, trigger, status, whole, request, dry_run, attempt, node, lease_until, planned_at,
                 started_at, deadline_at)
              values (:run, 'valuesync', 'api', 'running', false, '{"only": [], "dryRun": false, "force": false}', false,
                      1, 'gone', now() - interval '1 minute', now(), now() - interval '2 minutes',
                      now() + interval '1 hour')
              returning id)
            insert into caravan.run_item
              (id, run_id, pipeline, position, key, title, lane, state, attempts, payload, node, lease_until, started_at)
            select gen_random_uuid(), dead.id, 'valuesync', 1, :column, 'city', :source, 'running', 1,
                   jsonb_build_object('dataSourceId', :source, 'databaseName', :database, 'schemaName', 'public',
                                      'tableName', 'city', 'columnName', 'name', 'maxValues', 1000, 'always', true),
                   'gone', now() - interval '1 minute', now() - interval '2 minutes'
              from dead
            """)
        .param("run", run)
        .param("column", shop.state("city").get("id").asText())
        .param("source", shop.id)
        .param("database", shop.database())
        .update();

    JsonNode finished = api.finished(run.toString());

    assertThat(finished.get("status").asText()).isEqualTo("succeeded");
    assertThat(finished.get("attempt").asInt()).isEqualTo(2);
    assertThat(shop.item(finished, "city").get("attempts").asInt()).isEqualTo(2);
    assertThat(shop.find("osl")).containsExactly("Oslo");
  }
}
