package io.caravan.schemasync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.SlackServer.Posted;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

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
}
