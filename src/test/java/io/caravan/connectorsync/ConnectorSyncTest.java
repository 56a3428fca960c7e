package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whole syncs, from a server's pages to the rows of a dataset. */
@CaravanTest
class ConnectorSyncTest {
  private final JdbcClient jdbc = JdbcClient.create(TestSettings.database());
  private final TestShop shop = new TestShop();

  private Api api;
  private Api cron;

  @BeforeEach
  void shop(@LocalServerPort int port) {
    api = new Api(port);
    cron = new Api(port, CaravanTest.CRON_SECRET);
    for (int id = 1; id <= 25; id++) {
      shop.put(id, "Product " + id);
    }
  }

  /** Or other tests would find them due. */
  @AfterEach
  void close() {
    jdbc.sql("update connectorsync.connector_setup set auto_sync = false").update();
    shop.close();
  }

  private JsonNode connector() {
    Api.Answer answer = api.post("/api/v1/connectors", shop.connector());
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body();
  }

  private JsonNode show(JsonNode connector) {
    return api.get("/api/v1/connectors/" + connector.get("id").asText()).body();
  }

  private JsonNode sync(JsonNode connector) {
    Api.Answer answer =
        api.post("/api/v1/connectors/" + connector.get("id").asText() + "/sync", null);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    String run = answer.body().get("runId").asText();
    api.finished(run);
    return api.get("/api/v1/runs/" + run + "/items").body().get("items").get(0);
  }

  private List<Map<String, Object>> rows(JsonNode connector) {
    String table =
        jdbc.sql("select table_name from connectorsync.dataset where connector_id = ?")
            .param(UUID.fromString(connector.get("id").asText()))
            .query(String.class)
            .single();
    return jdbc.sql(
            "select id, name from connectorsync.\"%s\" where _removed_at is null order by id"
                .formatted(table))
        .query()
        .listOfRows();
  }

  /** CN-03, D9, D10: real records, in a dataset that is ready. */
  @Test
  void recordsBecomeRowsOfADataset() {
    JsonNode connector = connector();

    JsonNode item = sync(connector);

    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("COMPLETED");
    assertThat(item.at("/result/recordsFetched").asInt()).isEqualTo(25);
    assertThat(item.at("/result/recordsProcessed").asInt()).isEqualTo(25);
    List<Map<String, Object>> rows = rows(connector);
    assertThat(rows).hasSize(25);
    assertThat(rows.getLast()).isEqualTo(Map.of("id", 25L, "name", "Product 25"));
    JsonNode now = show(connector);
    assertThat(now.get("lastSyncStatus").asText()).isEqualTo("COMPLETED");
    assertThat(now.at("/due/isDue").asBoolean()).isFalse();
    assertThat(
            jdbc.sql("select status from connectorsync.dataset where id = cast(? as uuid)")
                .param(item.at("/result/datasetId").asText())
                .query(String.class)
                .single())
        .isEqualTo("READY");
  }

  /** One dataset a resource, however often it is synced (D9). */
  @Test
  void theNextSyncWritesWhatChanged() {
    JsonNode connector = connector();
    JsonNode first = sync(connector);
    shop.put(3, "Renamed");
    shop.put(26, "New");
    shop.remove(7);

    JsonNode item = sync(connector);

    JsonNode version = item.at("/result/metadata/datasets/0/version");
    assertThat(version.get("added").asInt()).as("%s", item).isEqualTo(1);
    assertThat(version.get("updated").asInt()).isEqualTo(1);
    assertThat(version.get("removed").asInt()).isEqualTo(1);
    assertThat(version.get("unchanged").asInt()).isEqualTo(23);
    assertThat(item.at("/result/datasetId")).isEqualTo(first.at("/result/datasetId"));
    assertThat(rows(connector)).hasSize(25).doesNotContain(Map.of("id", 7L, "name", "Product 7"));
  }

  /** D4, D8: it comes back by itself, and a failure is no sync. */
  @Test
  void aServerThatWasDownIsTriedAgainAndTheDatasetStaysMeanwhile() {
    JsonNode connector = connector();
    sync(connector);
    String lastSyncAt = show(connector).get("lastSyncAt").asText();
    shop.answerWith(503);

    JsonNode item = sync(connector);

    assertThat(item.get("status").asText()).isEqualTo("failed");
    JsonNode failing = show(connector);
    assertThat(failing.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(failing.get("lastSyncStatus").asText()).isEqualTo("FAILED");
    assertThat(failing.get("lastSyncError").asText()).contains("503");
    assertThat(failing.get("lastSyncAt").asText()).isEqualTo(lastSyncAt);
    assertThat(failing.at("/due/reason").asText()).startsWith("After a failure");
    assertThat(rows(connector)).hasSize(25);

    shop.answerWith(200);
    sync(connector);

    JsonNode healed = show(connector);
    assertThat(healed.get("lastSyncStatus").asText()).isEqualTo("COMPLETED");
    assertThat(healed.get("failures").asInt()).isZero();
    assertThat(healed.get("lastSyncError").isNull()).isTrue();
  }

  @Test
  void aRevokedTokenIsNotTriedAgainAndNobodySeesIt() {
    JsonNode connector = connector();
    shop.renewToken("another");
    int before = shop.requests.get();

    JsonNode item = sync(connector);

    assertThat(shop.requests.get() - before).isEqualTo(1);
    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.toString()).doesNotContain(TestShop.TOKEN);
    assertThat(show(connector).get("status").asText()).isEqualTo("NEEDS_ATTENTION");
    assertThat(api.get("/api/connectors/sync").raw().body()).doesNotContain(TestShop.TOKEN);
  }

  /** CN-06, CN-07, D1, D2. */
  @Test
  void aClockOutsideSyncsWhatIsDueByPostOrByGet() {
    JsonNode connector = connector();
    String id = connector.get("id").asText();
    assertThat(api.get("/api/connectors/sync").status()).isEqualTo(403);
    JsonNode due = cron.get("/api/connectors/sync?limit=500").body().get("connectors");
    assertThat(due.findValuesAsText("id")).contains(id);
    // Of the test before it was added.
    assertThat(shop.requests.get()).isEqualTo(1);

    JsonNode answer = cron.post("/api/connectors/sync", "{\"limit\":500}").body();

    JsonNode mine = null;
    for (JsonNode result : answer.get("results")) {
      mine = result.get("connectorId").asText().equals(id) ? result : mine;
    }
    assertThat(mine).as("%s", answer).isNotNull();
    assertThat(mine.get("success").asBoolean()).isTrue();
    assertThat(mine.get("recordsProcessed").asInt()).isEqualTo(25);
    assertThat(cron.get("/api/connectors/sync?limit=500").body().findValuesAsText("id"))
        .doesNotContain(id);

    jdbc.sql("update connectorsync.connector set sync_interval = 60 where id = cast(? as uuid)")
        .param(id)
        .update();
    jdbc.sql(
            "update connectorsync.connector_setup set last_sync_at = now() - interval '61 s'"
                + " where id = cast(? as uuid)")
        .param(id)
        .update();
    int before = shop.requests.get();
    JsonNode byGet = cron.get("/api/connectors/sync?limit=500&run=true").body();
    assertThat(byGet.get("processed").asInt()).as("%s", byGet).isPositive();
    assertThat(shop.requests.get()).isGreaterThan(before);
  }

  private JsonNode dryRun(JsonNode connector) {
    JsonNode run =
        api.run(
            "connectorsync",
            "{\"only\": [\"%s\"], \"dryRun\": true}".formatted(connector.get("id").asText()));
    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    return run.at("/report/results/0");
  }

  private int datasets(JsonNode connector) {
    return jdbc.sql(
            "select count(*) from connectorsync.dataset where connector_id = cast(? as uuid)")
        .param(connector.get("id").asText())
        .query(Integer.class)
        .single();
  }

  @Test
  void aDryRunCountsAndWritesNothing() {
    JsonNode connector = connector();
    String path = "/api/v1/connectors/" + connector.get("id").asText();

    JsonNode first = dryRun(connector);
    assertThat(first.get("plan").asText())
        .isEqualTo("dry run: 25 to be added, 0 updated, 0 removed; nothing written");
    assertThat(first.get("datasetId").isNull()).isTrue();
    assertThat(datasets(connector)).isZero();
    assertThat(api.get(path + "/records").status()).isEqualTo(404);
    assertThat(api.get(path + "/syncs").body()).isEmpty();
    assertThat(api.get(path).body().get("lastSyncAt").isNull()).isTrue();

    sync(connector);
    shop.put(1, "Stool");
    shop.remove(2);
    JsonNode planned = dryRun(connector);

    assertThat(planned.get("success").asBoolean()).isTrue();
    assertThat(planned.get("plan").asText()).contains("0 to be added, 1 updated, 1 removed");
    assertThat(rows(connector)).hasSize(25);
    assertThat(api.get(path + "/syncs").body()).hasSize(1);
    assertThat(sync(connector).at("/result/metadata/datasets/0/version/removed").asInt()).isOne();

    shop.answerWith(404);
    api.run(
        "connectorsync",
        "{\"only\": [\"%s\"], \"dryRun\": true}".formatted(connector.get("id").asText()));
    assertThat(api.get(path + "/syncs").body()).hasSize(2);
    assertThat(api.get(path).body().get("lastSyncError").isNull()).isTrue();
  }

  /** CN-09, CN-10. */
  @Test
  void theHistoryTellsOfEachSyncNewestFirst() {
    JsonNode connector = connector();
    sync(connector);
    shop.answerWith(404);
    sync(connector);

    String path = "/api/v1/connectors/" + connector.get("id").asText() + "/syncs";
    JsonNode syncs = api.get(path).body();

    assertThat(api.get(path + "?status=FAILED").body()).containsExactly(syncs.get(0));
    assertThat(syncs.findValuesAsText("status")).containsExactly("FAILED", "COMPLETED");
    assertThat(syncs.get(0).get("errorMessage").asText()).contains("404");
    assertThat(syncs.get(1).get("recordsFetched").asInt()).isEqualTo(25);
  }

  /** CN-10: it began; that somebody ended it says nothing about the connector. */
  @Test
  void aSyncThatWasCancelledStaysInTheHistory() {
    JsonNode connector = connector();
    String path = "/api/v1/connectors/" + connector.get("id").asText();
    int before = shop.requests.get();
    shop.hold();
    String run = api.post(path + "/sync", null).body().get("runId").asText();
    await().until(() -> shop.requests.get() > before);
    assertThat(api.get(path + "/syncs").body().findValuesAsText("status"))
        .containsExactly("IN_PROGRESS");

    api.post("/api/v1/runs/%s/cancel".formatted(run), null);
    api.finished(run);

    JsonNode syncs = api.get(path + "/syncs").body();
    assertThat(syncs).hasSize(1);
    assertThat(syncs.at("/0/status").asText()).isEqualTo("FAILED");
    assertThat(syncs.at("/0/errorMessage").asText()).isEqualTo("The sync was cancelled.");
    assertThat(syncs.at("/0/completedAt").isNull()).isFalse();
    assertThat(api.get(path + "/syncs?status=FAILED").body()).hasSize(1);
    assertThat(show(connector).get("lastSyncStatus").isNull()).isTrue();
    assertThat(show(connector).get("failures").asInt()).isZero();
  }

  /** Of one server's connectors two are at work at once. */
  @Test
  void neitherWhatWasCancelledBeforeItBeganNorADryRunIsASync() {
    List<String> ids =
        IntStream.range(0, 4)
            .mapToObj(n -> api.post("/api/v1/connectors", shop.connector("shop", "Shop " + n)))
            .map(answer -> answer.body().get("id").asText())
            .toList();

    List<String> begun = cancelled("{\"only\": [\"%s\"]}".formatted(String.join("\",\"", ids)));
    List<String> dry = cancelled("{\"only\": [\"%s\"], \"dryRun\": true}".formatted(ids.get(3)));

    assertThat(begun).isNotEmpty().doesNotContain(ids.get(3));
    assertThat(dry).containsExactly(ids.get(3));
    for (String id : ids) {
      assertThat(api.get("/api/v1/connectors/%s/syncs".formatted(id)).body())
          .hasSize(begun.contains(id) ? 1 : 0);
    }
  }

  /** Begins a run and cancels it; the connectors whose syncs had begun. */
  private List<String> cancelled(String body) {
    int before = shop.requests.get();
    shop.hold();
    String run =
        api.post("/api/v1/pipelines/connectorsync/runs", body).body().get("runId").asText();
    await().until(() -> shop.requests.get() > before);
    api.post("/api/v1/runs/%s/cancel".formatted(run), null);
    api.finished(run);
    shop.letGo();
    return api.get("/api/v1/runs/" + run + "/items")
        .body()
        .get("items")
        .valueStream()
        .filter(item -> !item.get("startedAt").isNull())
        .map(item -> item.get("key").asText())
        .toList();
  }

  /** A source that shows nothing all at once is rather out of order than empty. */
  @Test
  void anEmptySourceIsTakenForTrueOnlyWhenSomebodySaysSo() {
    JsonNode connector = connector();
    sync(connector);
    for (int id = 1; id <= 25; id++) {
      shop.remove(id);
    }

    JsonNode item = sync(connector);

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("data");
    assertThat(item.at("/error/message").asText()).contains("25", "force");
    assertThat(rows(connector)).hasSize(25);

    String run =
        api.post(
                "/api/v1/pipelines/connectorsync/runs",
                "{\"only\": [\"%s\"], \"force\": true, \"reason\": \"sold out\"}"
                    .formatted(connector.get("id").asText()))
            .body()
            .get("runId")
            .asText();
    assertThat(api.finished(run).get("status").asText()).isEqualTo("succeeded");
    assertThat(rows(connector)).isEmpty();
  }

  /** CN-13, section 4 item 3. */
  @Test
  void aTestShowsFiveRecordsAndStoresNone() {
    JsonNode connector = connector();
    int before = shop.requests.get();

    JsonNode test = test(connector, "");

    assertThat(test.get("ok").asBoolean()).as("%s", test).isTrue();
    assertThat(test.get("sample")).hasSize(5);
    assertThat(test.at("/sample/4/name").asText()).isEqualTo("Product 5");
    assertThat(shop.requests.get() - before).isEqualTo(1);
    assertThat(
            jdbc.sql("select count(*) from connectorsync.dataset where connector_id = ?")
                .param(UUID.fromString(connector.get("id").asText()))
                .query(Long.class)
                .single())
        .isZero();
    assertThat(test(connector, "?tenantId=shop").get("ok").asBoolean()).isTrue();
    assertThat(
            api.post(
                    "/api/v1/connectors/%s/test?tenantId=another"
                        .formatted(connector.get("id").asText()),
                    null)
                .status())
        .isEqualTo(404);
  }

  private JsonNode test(JsonNode connector, String query) {
    return api.post(
            "/api/v1/connectors/%s/test%s".formatted(connector.get("id").asText(), query), null)
        .body();
  }

  /** Section 4 item 2: who waits for somebody goes on after a test that went well. */
  @Test
  void aTestThatGoesWellEndsTheWaitingForSomebody() {
    JsonNode connector = connector();
    shop.renewToken("another");
    sync(connector);
    JsonNode refused = test(connector, "");
    assertThat(refused.get("ok").asBoolean()).isFalse();
    assertThat(refused.get("message").asText()).contains("401");
    assertThat(refused.toString()).doesNotContain(TestShop.TOKEN);
    assertThat(show(connector).get("status").asText()).isEqualTo("NEEDS_ATTENTION");
    shop.renewToken(TestShop.TOKEN);

    assertThat(test(connector, "").get("ok").asBoolean()).isTrue();

    assertThat(show(connector).get("status").asText()).isEqualTo("ACTIVE");
    assertThat(show(connector).at("/due/isDue").asBoolean()).isTrue();
  }

  /** The seed: a connector is tried before it is added. */
  @Test
  void whatIsAddedWasTriedBefore() {
    shop.renewToken("another");
    JsonNode refused = connector();
    assertThat(refused.get("status").asText()).isEqualTo("NEEDS_ATTENTION");
    assertThat(refused.get("lastSyncError").asText()).contains("401");
    shop.renewToken(TestShop.TOKEN);
    shop.answerWith(503);

    JsonNode down = connector();

    assertThat(down.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(down.get("lastSyncError").asText()).contains("503");
    assertThat(down.at("/due/isDue").asBoolean()).isTrue();
  }

  /** Section 4 item 4. */
  @Test
  void readersGoOnWhereTheyStopped() {
    JsonNode connector = connector();
    sync(connector);
    String records = "/api/v1/connectors/%s/records".formatted(connector.get("id").asText());
    Api.Answer all = api.get(records);
    assertThat(all.body()).hasSize(25);
    String cursor = all.raw().headers().firstValue("Caravan-Changed-Since").orElseThrow();
    assertThat(api.get(records + "?changedSince=" + cursor).body()).isEmpty();
    shop.put(3, "Renamed");
    shop.remove(7);
    sync(connector);

    JsonNode changed = api.get(records + "?changedSince=" + cursor).body();

    assertThat(changed).hasSize(2);
    assertThat(changed.findValuesAsText("name")).containsExactlyInAnyOrder("Renamed", "Product 7");
    assertThat(changed.findValuesAsText("_removed")).containsExactlyInAnyOrder("false", "true");
    assertThat(api.get(records + "?format=ndjson&limit=3").raw().body().lines()).hasSize(3);
    assertThat(api.get(records + "?format=csv").raw().body().lines().toList())
        .hasSize(25)
        .first()
        .asString()
        .contains("id", "name");
    assertThat(api.get(records + "?changedSince=yesterday").status()).isEqualTo(400);
    assertThat(api.get(records + "?resource=orders").status()).isEqualTo(404);
  }

  /** Their records go, what was done stays. */
  @Test
  void aDeletedConnectorTakesItsDatasetsAlong() {
    JsonNode connector = connector();
    sync(connector);
    UUID id = UUID.fromString(connector.get("id").asText());
    String table =
        jdbc.sql("select table_name from connectorsync.dataset where connector_id = ?")
            .param(id)
            .query(String.class)
            .single();

    assertThat(api.call("DELETE", "/api/v1/connectors/" + id, null, Map.of()).status())
        .isEqualTo(204);

    assertThat(
            jdbc.sql("select to_regclass(?) is null")
                .param("connectorsync.\"%s\"".formatted(table))
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(
            jdbc.sql("select status from connectorsync.connector_sync where connector_id = ?")
                .param(id)
                .query(String.class)
                .list())
        .containsExactly("COMPLETED");
  }

  /** CN-09: a sync under way shows how far it is. */
  @Test
  void whatIsFetchedUntilNowIsSeenWhileItGoesOn() {
    JsonNode connector = connector();
    for (int id = 26; id <= 60; id++) {
      shop.put(id, "Product " + id);
    }
    shop.slow(Duration.ofMillis(400));

    String run =
        api.post("/api/v1/connectors/" + connector.get("id").asText() + "/sync", null)
            .body()
            .get("runId")
            .asText();

    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.sql(
                                """
                                select cs.records_fetched from connectorsync.connector c
                                  join connectorsync.connector_sync cs on cs.connector_id = c.id and cs.status = 'IN_PROGRESS'
                                 where c.id = cast(? as uuid) and c.status = 'SYNCING'
                                """)
                            .param(connector.get("id").asText())
                            .query(Integer.class)
                            .optional())
                    .get()
                    .satisfies(fetched -> assertThat(fetched).isBetween(10, 50)));
    shop.letGo();
    assertThat(api.finished(run).get("status").asText()).isEqualTo("succeeded");
  }
}
