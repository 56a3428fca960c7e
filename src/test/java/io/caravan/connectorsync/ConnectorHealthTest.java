package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.CaravanTest;
import io.caravan.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is told of connectors, to whom, and how often (CN-16). */
@CaravanTest
class ConnectorHealthTest {
  private final TestShop shop = new TestShop();
  private final String name = "Shop " + UUID.randomUUID().toString().substring(0, 8);

  @Autowired private ConnectorHealth health;
  private TestConnectors connectors;

  @BeforeEach
  void shop(@LocalServerPort int port) {
    connectors = new TestConnectors(port);
    shop.put(1, "Chair");
    shop.put(2, "Table");
  }

  @AfterEach
  void close() {
    connectors.close();
    shop.close();
  }

  @Test
  void aRevokedKeyIsToldOnceAndNotTriedAgain() {
    String connector = connectors.add(shop.connector("tenant", name));
    connectors.sync(connector);
    shop.renewToken("another");

    connectors.sync(connector);
    await().untilAsserted(() -> assertThat(connectors.told("connectorsync-failing", name)).isOne());
    connectors.sync(connector);
    connectors.sync(connector);

    assertThat(health.untold()).isEmpty();
    assertThat(connectors.told("connectorsync-failing", name)).isOne();
    assertThat(connectors.show(connector).at("/due/isDue").asBoolean()).isFalse();
  }

  /** Healed and refused once more: that is news again. */
  @Test
  void whatFailsAnewAfterItHealedIsToldAnew() {
    String connector = connectors.add(shop.connector("tenant", name));
    for (int time = 1; time <= 2; time++) {
      shop.renewToken("another");
      connectors.sync(connector);
      int told = time;
      await()
          .untilAsserted(
              () -> assertThat(connectors.told("connectorsync-failing", name)).isEqualTo(told));
      shop.renewToken(TestShop.TOKEN);
      connectors.sync(connector);
    }
  }

  @Test
  void aRunThatFailsByTheHalfIsToldUntilOneDoesNot() {
    List<String> five = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      five.add(connectors.add(shop.connector("tenant", name + " " + i)));
    }
    connectors.items(five);
    long before = connectors.told("connectorsync-error-rate", "");
    shop.answerWith(404);

    connectors.items(five);
    await()
        .untilAsserted(
            () ->
                assertThat(connectors.told("connectorsync-error-rate", "5 of 5"))
                    .isEqualTo(before + 1));
    connectors.items(five);
    shop.answerWith(200);
    connectors.items(five);

    assertThat(connectors.told("connectorsync-error-rate", "")).isEqualTo(before + 1);
  }

  /** Section 4, item 6. */
  @Test
  void howLongASyncTakesIsLearnedAndOneThatTakesLongerIsTold() {
    String connector = connectors.add(shop.connector("tenant", name));
    assertThat(connectors.show(connector).get("expected").isNull()).isTrue();
    for (int i = 0; i < Expected.FEWEST; i++) {
      connectors.sync(connector);
    }
    JsonNode learned = connectors.show(connector).get("expected");
    assertThat(learned.get("syncs").asInt()).isEqualTo(Expected.FEWEST);
    assertThat(learned.get("medianMs").asLong()).isPositive();
    assertThat(learned.get("p95Ms").asLong())
        .isGreaterThanOrEqualTo(learned.get("medianMs").asLong());
    assertThat(learned.get("eta").isNull()).isTrue();
    shop.hold();

    String run = connectors.start(List.of(connector));
    await()
        .untilAsserted(
            () ->
                assertThat(connectors.show(connector).get("status").asText()).isEqualTo("SYNCING"));
    assertThat(connectors.show(connector).at("/expected/eta").isNull()).isFalse();
    assertThat(health.slow()).isEmpty();
    connectors
        .jdbc
        .sql(
            "update caravan.run_item set started_at = started_at - interval '2 min' where run_id ="
                + " cast(? as uuid)")
        .param(run)
        .update();

    assertThat(health.slow())
        .singleElement()
        .satisfies(message -> assertThat(message.text()).contains(name, "longer than expected"));
    assertThat(health.slow()).isEmpty();
    shop.letGo();
    connectors.api.finished(run);
  }

  /** Whoever made Caravan's own database a data source need not wait for the night. */
  @Test
  void searchableColumnsOverWhatWasLoadedAreReadAgain() {
    String connector = connectors.add(shop.connector("tenant", name));
    connectors.sync(connector);
    try (Customer customer = TestConnectors.ownDatabase(connectors.api, name)) {
      customer.searchable(
          customer.column(connectors.table(connector), "name").put("schemaName", "connectorsync"));
      shop.put(3, "Lamp");

      connectors.sync(connector);

      await().untilAsserted(() -> assertThat(customer.find("lam")).containsExactly("Lamp"));
    }
  }
}
