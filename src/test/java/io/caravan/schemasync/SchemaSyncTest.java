package io.caravan.schemasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestSettings;
import io.caravan.sandbox.SlackServer.Posted;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whole checks against a real PostgreSQL and the stand-in of Slack. */
@CaravanTest
class SchemaSyncTest {
  private static final String ORDERS =
      """
      name: orders # the shop's orders
      dimensions:
        - {name: id, type: integer}
        - name: status
          type: string
      measures:
        - {name: amount, type: number, agg: sum}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired private Drift drift;
  private Shop shop;

  @BeforeEach
  void shop(@LocalServerPort int port) {
    shop =
        new Shop(
            new Api(port),
            "create table orders (id int, status text, amount numeric(10,2))",
            "create table customers (id bigint, name character varying(50), joined timestamp"
                + " without time zone)");
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private static JsonNode result(JsonNode run) {
    return run.at("/report/result");
  }

  @Test
  void whatFitsIsSilentAndClean() {
    shop.dataset("orders", ORDERS);
    shop.dataset(
        "customers",
        """
        name: Customers
        dimensions:
          - {name: ID, type: number}
          - {name: name, type: varchar}
          - {name: joined, type: timestamp}
        """);

    JsonNode run = shop.check();

    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    assertThat(run.at("/report/success").asBoolean()).isTrue();
    assertThat(result(run).get("totalDiscrepancies").asInt()).isZero();
    assertThat(result(run).get("organizationsProcessed").asInt()).isEqualTo(1);
    assertThat(result(run).get("errors")).isEmpty();
    assertThat(shop.posted()).isEmpty();
    assertThat(shop.incidents()).isEmpty();
  }

  @Test
  void driftIsToldOnceAndItsEndInTheSameThread() {
    String dataset = shop.dataset("orders", ORDERS);
    shop.customer.execute(
        "alter table orders drop column status", "alter table orders alter amount type text");

    JsonNode run = shop.check();

    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    assertThat(result(run).get("criticalIssues").asInt()).isEqualTo(1);
    assertThat(result(run).get("warnings").asInt()).isEqualTo(1);
    assertThat(result(run).get("totalDiscrepancies").asInt()).isEqualTo(2);
    assertThat(result(run).get("notificationsSent").asInt()).isEqualTo(1);
    assertThat(shop.texts()).containsExactly("orders: 1 critical, 1 warning");
    assertThat(shop.words())
        .contains("Missing column", "`orders.status`", "number", "text", "Type mismatch");

    shop.nextDay();
    shop.check();
    assertThat(shop.posted()).hasSize(1);

    shop.customer.execute(
        "alter table orders add column status text",
        "alter table orders alter amount type numeric using amount::numeric");
    JsonNode healed = shop.check();

    assertThat(result(healed).get("resolved").asInt()).isEqualTo(2);
    assertThat(shop.texts()).containsExactly("orders: 1 critical, 1 warning", "orders: fixed");
    List<Posted> posted = shop.posted();
    assertThat(posted.get(1).threadTs()).isEqualTo(posted.get(0).ts());
    assertThat(shop.incidents())
        .hasSize(2)
        .allMatch(incident -> incident.get("state").asText().equals("resolved"))
        .allMatch(incident -> incident.get("datasetId").asText().equals(dataset));
    shop.check();
    assertThat(shop.posted()).hasSize(2);
  }

  /**
   * Thirty days of one unfixed drift: one alert, four reminders, one resolved notice, one thread.
   */
  @Test
  void thirtyDaysOfOneDrift() {
    shop.dataset("orders", ORDERS);
    shop.customer.execute("alter table orders drop column status");
    for (int day = 0; day < 30; day++) {
      shop.check();
      shop.nextDay();
    }
    shop.customer.execute("alter table orders add column status text");
    shop.check();
    shop.check();

    assertThat(shop.texts())
        .containsExactly(
            "orders: 1 critical",
            "orders: still 1 critical",
            "orders: still 1 critical",
            "orders: still 1 critical",
            "orders: still 1 critical",
            "orders: fixed");
    assertThat(shop.posted().stream().skip(1).map(Posted::threadTs).distinct())
        .containsExactly(shop.posted().getFirst().ts());
    assertThat(shop.incidents()).hasSize(1);
  }

  @Test
  void manyDatasetsOfOneSchemaAreOneQuery() {
    shop.customer.execute("create extension pg_stat_statements");
    for (int n = 0; n < 12; n++) {
      shop.customer.execute("create table t%d (id int)".formatted(n));
      shop.dataset("t" + n, "dimensions: [{name: id, type: int}]");
    }
    shop.customer.jdbc.sql("select pg_stat_statements_reset()").query().listOfRows();

    JsonNode run = shop.check();

    assertThat(result(run).get("datasetsChecked").asInt()).isEqualTo(12);
    assertThat(
            shop.customer
                .jdbc
                .sql(
                    """
                    select calls from pg_stat_statements
                     where dbid = (select oid from pg_database where datname = current_database())
                       and (query like '%pg_attribute%' or query like '%pg_class%' or query like '%information_schema%')
                       and query not like '%pg_stat_statements%'
                    """)
                .query(Long.class)
                .list())
        .containsExactly(1L);
  }

  @Test
  void aRenameIsGuessedPatchedAndAccepted() {
    String dataset = shop.dataset("orders", ORDERS);
    shop.customer.execute("alter table orders rename status to order_status");

    shop.check();

    JsonNode incident = shop.incident();
    assertThat(incident.get("suggestion").asText()).isEqualTo("Probably renamed to order_status.");
    assertThat(incident.get("patch").asText()).contains("- name: status", "+ ", "order_status");
    assertThat(shop.words()).contains("Probably renamed to order_status", "+");
    JsonNode accepted =
        Shop.expect(
                200,
                shop.api.post("/api/v1/drift/" + incident.get("id").asText() + "/accept", null))
            .body();
    assertThat(accepted.get("state").asText()).isEqualTo("resolved");
    assertThat(shop.yml(dataset)).isEqualTo(ORDERS.replace("name: status", "name: order_status"));
    Shop.expect(
        409, shop.api.post("/api/v1/drift/" + incident.get("id").asText() + "/accept", null));
    assertThat(result(shop.check()).get("totalDiscrepancies").asInt()).isZero();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(shop.texts()).containsExactly("orders: 1 critical", "orders: fixed"));
  }

  @Test
  void whatIsAcknowledgedOrSnoozedIsSilent() {
    shop.dataset("orders", ORDERS);
    shop.customer.execute("alter table orders drop column status");
    shop.check();
    String id = shop.incident().get("id").asText();

    Api.Answer known = shop.api.post("/api/v1/drift/" + id + "/acknowledge", null);
    assertThat(known.body().get("state").asText()).isEqualTo("acknowledged");
    for (int day = 0; day < 9; day++) {
      shop.nextDay();
    }
    shop.check();
    assertThat(shop.posted()).hasSize(1);

    String until = java.time.Instant.now().plusSeconds(3 * 86_400).toString();
    Api.Answer snoozed =
        shop.api.post("/api/v1/drift/" + id + "/snooze", "{\"until\":\"%s\"}".formatted(until));
    assertThat(snoozed.body().get("state").asText()).isEqualTo("snoozed");
    shop.nextDay();
    shop.check();
    assertThat(shop.posted()).hasSize(1);
    for (int day = 0; day < 3; day++) {
      shop.nextDay();
    }
    shop.check();
    assertThat(shop.incident().get("state").asText()).isEqualTo("open");
    assertThat(shop.texts()).containsExactly("orders: 1 critical", "orders: still 1 critical");
  }

  @Test
  void peopleSeeTheWorstFirstAndNothingThatIsResolved() {
    String dataset = shop.dataset("orders", ORDERS);
    shop.customer.execute("alter table orders alter amount type text");
    shop.check();
    shop.customer.execute(
        "alter table orders drop column status", "alter table orders drop column id");
    shop.check();
    int open = drift.openIncidents();
    UUID organization = UUID.fromString(shop.customer.organization);

    List<Incident> incidents = drift.worstFirst(organization, null, null, 10);
    assertThat(incidents)
        .extracting(Incident::severity)
        .containsExactly(Severity.CRITICAL, Severity.CRITICAL, Severity.WARNING);
    assertThat(drift.worstFirst(null, UUID.fromString(dataset), null, 2))
        .isEqualTo(incidents.subList(0, 2));

    drift.acknowledge(incidents.getFirst().id());
    assertThat(drift.openIncidents()).isEqualTo(open - 1);
    assertThat(drift.worstFirst(organization, null, null, 10)).hasSize(3);
    shop.customer.execute("alter table orders add column id int, add column status text");
    shop.check();
    assertThat(drift.worstFirst(organization, null, null, 10))
        .extracting(Incident::severity)
        .containsExactly(Severity.WARNING);
    assertThat(drift.worstFirst(organization, null, IncidentState.RESOLVED, 10)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "snooze, '{\"until\":\"2020-01-01T00:00:00Z\"}', 400",
    "snooze, '{\"until\":\"2999-01-01T00:00:00Z\"}', 400",
    "snooze, '{\"until\":\"soon\"}', 400",
    "snooze, '{}', 400",
    "acknowledge, , 404",
    "snooze, '{\"until\":\"2027-01-01T00:00:00Z\"}', 404",
    "accept, , 404"
  })
  void whatCannotBeDoneIsRefused(String call, String body, int status) {
    Api.Answer answer = shop.api.post("/api/v1/drift/" + UUID.randomUUID() + "/" + call, body);

    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
    assertThat(answer.body().get("detail").asText()).isNotBlank();
  }

  /** That nothing can be known is told once, resolves nothing, and is never "all clean". */
  @Test
  void whatCannotBeReadIsNeverClean() {
    shop.dataset("orders", ORDERS);
    String other = shop.dataset("customers", "dimensions: [{name: name, type: text}]");
    shop.customer.execute("alter table orders drop column status");
    shop.check();
    JdbcClient.create(TestSettings.database())
        .sql("update caravan.datasets set yml = 'a: [' where id = ?::uuid")
        .param(other)
        .update();
    shop.customer.execute("alter schema public rename to hidden");

    JsonNode run = shop.check();
    shop.check();

    assertThat(run.get("status").asText()).isEqualTo("failed");
    assertThat(run.at("/report/success").asBoolean()).isFalse();
    assertThat(result(run).get("unverifiable").asInt()).isEqualTo(2);
    assertThat(result(run).get("errors").toString())
        .contains("2 of 2 datasets could not be checked", "There is no schema public", "line 1");
    assertThat(shop.result(run).get("opened").asInt()).isEqualTo(2);
    assertThat(
            shop.incidents().stream()
                .filter(incident -> incident.get("type").asText().equals("missing_column"))
                .map(incident -> incident.get("state").asText()))
        .containsExactly("open");
    assertThat(shop.texts())
        .containsExactly("orders: 1 critical", "2 datasets: could not be checked");

    shop.customer.execute(
        "alter schema hidden rename to public", "alter table orders add column status text");
    JdbcClient.create(TestSettings.database())
        .sql("update caravan.datasets set yml = 'dimensions: [{name: name}]' where id = ?::uuid")
        .param(other)
        .update();
    assertThat(shop.check().get("status").asText()).isEqualTo("succeeded");
    assertThat(shop.texts())
        .contains("orders: fixed", "2 datasets: can be checked again")
        .hasSize(4);
  }

  /** One schema that is forbidden, then a log-in that is refused: what can be read is checked. */
  @Test
  void aForbiddenSchemaAndARefusedLogInAreNeverClean() {
    String reader = "reader_" + UUID.randomUUID().toString().replace("-", "");
    shop.customer.execute(
        "create schema vault",
        "create table vault.gold (grams int)",
        "create role " + reader + " login",
        "grant select on orders to " + reader);
    shop.customer.change(JSON.createObjectNode().put("username", reader));
    shop.dataset("orders", ORDERS);
    shop.dataset("gold", "vault", "dimensions: [{name: grams, type: int}]");

    JsonNode forbidden = shop.check();

    assertThat(result(forbidden).get("unverifiable").asInt()).isEqualTo(1);
    assertThat(result(forbidden).get("errors").toString())
        .contains("1 of 2 datasets", "may not use the schema vault", "grant it usage");
    shop.customer.execute(
        "grant usage on schema vault to " + reader, "grant select on vault.gold to " + reader);
    assertThat(shop.check().get("status").asText()).isEqualTo("succeeded");

    shop.customer.execute("alter role " + reader + " nologin");
    shop.customer.change(JSON.createObjectNode().put("password", "of yesterday"));
    JsonNode refused = shop.check();

    assertThat(refused.get("status").asText()).isEqualTo("failed");
    assertThat(result(refused).get("unverifiable").asInt()).isEqualTo(2);
    assertThat(shop.texts())
        .containsExactly(
            "gold: could not be checked",
            "gold: can be checked again",
            "2 datasets: could not be checked");
  }

  /** SS-17 and SS-18: the id of the seed document, and the fields of its output. */
  @Test
  void theSeedsNameStartsItAndTheReportHasTheSeedsFields() {
    shop.dataset("orders", ORDERS);
    String only = "{\"only\":[\"%s\"]}".formatted(shop.customer.organization);

    JsonNode run = shop.api.run("schema-sync", only);

    assertThat(run.get("pipeline").asText()).isEqualTo("schemasync");
    assertThat(run.at("/report").fieldNames())
        .toIterable()
        .containsExactly("success", "timestamp", "result");
    assertThat(result(run).fieldNames())
        .toIterable()
        .startsWith(
            "success",
            "executionTimeMs",
            "organizationsProcessed",
            "totalDiscrepancies",
            "criticalIssues",
            "warnings",
            "notificationsSent",
            "errors");
    assertThat(shop.api.post("/api/v1/pipelines/schema--x/runs", "{}").status()).isEqualTo(404);
  }

  /** Two schemas that differ by case are two, and what breaks nothing is told to nobody. */
  @Test
  void schemasThatDifferByCaseAreToldApartAndInfosAreSilent() {
    shop.customer.execute(
        "create schema sales",
        "create schema \"Sales\"",
        "create table sales.deal (lower_one int)",
        "create table \"Sales\".deal (upper_one bigint)");
    shop.dataset("lower", "sales", "{name: deal, dimensions: [{name: lower_one, type: int}]}");
    shop.dataset("upper", "Sales", "{name: deal, dimensions: [{name: upper_one, type: int4}]}");

    JsonNode run = shop.check();

    assertThat(result(run).get("criticalIssues").asInt()).isZero();
    assertThat(result(run).get("infos").asInt()).isEqualTo(1);
    assertThat(shop.incident().get("columnName").asText()).isEqualTo("upper_one");
    shop.customer.execute("alter table \"Sales\".deal alter upper_one type int");
    assertThat(result(shop.check()).get("infos").asInt()).isZero();
    assertThat(shop.incident().get("state").asText()).isEqualTo("resolved");
    assertThat(shop.posted()).isEmpty();
  }

  @Test
  void aDryRunTellsNobody() {
    shop.dataset("orders", ORDERS);
    shop.customer.execute("alter table orders drop column status");

    JsonNode run =
        shop.api.run(
            "schemasync",
            "{\"dryRun\":true,\"only\":[\"%s\"]}".formatted(shop.customer.organization));

    assertThat(result(run).get("criticalIssues").asInt()).isEqualTo(1);
    assertThat(shop.result(run).at("/discrepancies/0/columnName").asText()).isEqualTo("status");
    assertThat(shop.incidents()).isEmpty();
    assertThat(shop.posted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_revoked", "is_archived"})
  void aSlackThatRefusesFailsNoCheck(String error) {
    shop.dataset("orders", ORDERS);
    shop.customer.execute("alter table orders drop column status");
    shop.slack.refuse(shop.channel, error);

    JsonNode run = shop.check();

    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    assertThat(result(run).get("notificationsSent").asInt()).isZero();
    assertThat(result(run).get("notificationsUndelivered").asInt()).isEqualTo(1);
  }

  /** Five hundred findings arrive, none left out, in messages that Slack takes. */
  @Test
  void fiveHundredFindingsArrive() {
    StringBuilder yml = new StringBuilder("name: customers\ndimensions:\n");
    for (int n = 0; n < 500; n++) {
      yml.append("  - {name: \"missing_%03d <&> `x`\", type: string}\n".formatted(n));
    }
    shop.slack.burst(100);
    try {
      shop.dataset("customers", yml.toString());

      JsonNode run = shop.check();

      assertThat(result(run).get("criticalIssues").asInt()).isEqualTo(500);
      await().atMost(Duration.ofSeconds(60)).until(() -> shop.words().contains("missing_499"));
      String words = shop.words();
      for (int n = 0; n < 500; n++) {
        assertThat(words).contains("missing_%03d &lt;&amp;&gt;".formatted(n));
      }
      assertThat(shop.posted().stream().skip(1).map(Posted::threadTs).distinct())
          .containsExactly(shop.posted().getFirst().ts());
    } finally {
      shop.slack.burst(1);
    }
  }

  @Test
  void aSourceThatIsDownIsTriedAgainAndThenUnverifiable() {
    shop.dataset("orders", ORDERS);
    shop.dataset("customers", "dimensions: [{name: id}]");
    Shop.expect(
        200,
        shop.api.call(
            "PATCH",
            "/api/v1/data-sources/" + shop.customer.id,
            "{\"jdbcUrl\":\"jdbc:postgresql://127.0.0.1:1/x\"}",
            Map.of()));

    JsonNode run = shop.check();

    assertThat(result(run).get("unverifiable").asInt()).isEqualTo(2);
    assertThat(shop.texts()).containsExactly("2 datasets: could not be checked");
  }

  @Test
  void anOrganizationThatHangsKeepsNobodyWaiting() throws Exception {
    shop.dataset("orders", ORDERS);
    shop.customer.execute("alter table orders drop column status");
    try (ServerSocket silent = new ServerSocket(0);
        Shop hanging = new Shop(shop.api)) {
      Thread.ofVirtual().start(() -> sayNothing(silent));
      Shop.expect(
          200,
          shop.api.call(
              "PATCH",
              "/api/v1/data-sources/" + hanging.customer.id,
              "{\"jdbcUrl\":\"jdbc:postgresql://127.0.0.1:%d/x\"}".formatted(silent.getLocalPort()),
              Map.of()));
      hanging.dataset("orders", ORDERS);
      String only =
          "{\"only\":[\"%s\",\"%s\"]}"
              .formatted(hanging.customer.organization, shop.customer.organization);
      String run =
          shop.api.post("/api/v1/pipelines/schemasync/runs", only).body().get("runId").asText();

      await().atMost(Duration.ofSeconds(5)).until(() -> !shop.posted().isEmpty());
      assertThat(shop.api.get("/api/v1/runs/" + run).body().get("finishedAt").isNull()).isTrue();
      JsonNode ended =
          await()
              .atMost(Duration.ofSeconds(90))
              .until(
                  () -> shop.api.get("/api/v1/runs/" + run).body(),
                  now -> !now.get("finishedAt").isNull());
      assertThat(ended.get("status").asText()).isEqualTo("partial");
      assertThat(result(ended).get("unverifiable").asInt()).isEqualTo(1);
      assertThat(result(ended).get("organizationsProcessed").asInt()).isEqualTo(2);
      assertThat(hanging.texts()).containsExactly("orders: could not be checked");
    }
  }

  /** Answers nobody, and hangs up after some seconds. */
  private static void sayNothing(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket caller = server.accept()) {
        TimeUnit.SECONDS.sleep(3);
      } catch (IOException e) {
        // The test is over, or the caller gave up.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Whoever would only fail on what is gone is told so (requirements, section 4 item 6). */
  @Test
  void otherPipelinesSkipWhatIsKnownToBeGone() {
    shop.customer.searchable(shop.customer.column("orders", "status"));
    shop.dataset("orders", ORDERS);
    shop.customer.execute("alter table orders drop column status");
    shop.check();

    assertThat(shop.incident().get("usedBy").toString())
        .contains("status: searchable column (valuesync)");
    JsonNode run = shop.api.run("valuesync", "{}");
    JsonNode items =
        shop.api.get("/api/v1/runs/" + run.get("id").asText() + "/items?status=skipped").body();
    assertThat(items.toString()).contains("drift: The YAML uses the column status");
  }
}
