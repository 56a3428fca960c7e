package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.Customer;
import io.caravan.reach.TestWeb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Goes through everything that connectorsync does, for the test that counts steps of routes. */
public final class ConnectorTour {
  private final Api api;
  private final TestShop shop;

  private ConnectorTour(Api api, TestShop shop) {
    this.api = api;
    this.shop = shop;
  }

  /**
   * Visits every step.
   *
   * @param port of the application
   */
  public static void visit(Api api, int port) throws IOException {
    try (TestShop shop = new TestShop()) {
      shop.put(1, "Chair");
      ConnectorTour tour = new ConnectorTour(api, shop);
      tour.syncs();
      tour.files();
      tour.objects();
      tour.cron(new Api(port, CaravanTest.CRON_SECRET));
    }
  }

  private void syncs() {
    answers(200, api.get("/api/v1/connector-types"));
    Api.Answer made = api.post("/api/v1/connectors", shop.connector());
    answers(201, made);
    String path = "/api/v1/connectors/" + made.body().get("id").asText();
    answers(200, api.get("/api/v1/connectors"));
    answers(200, api.get(path));
    answers(200, api.post(path + "/test", null));
    sync(path, "succeeded");
    answers(200, api.get(path + "/records"));
    values(path, made.body().get("id").asText());
    answers(200, api.get(path + "/syncs"));
    shop.renewToken("another");
    sync(path, "failed");
    shop.renewToken(TestShop.TOKEN);
    answers(200, api.call("PATCH", path, "{\"status\":\"ACTIVE\"}", Map.of()));
    answers(204, api.call("DELETE", path, null, Map.of()));
  }

  private void values(String path, String connector) {
    String table = new TestConnectors(api).table(connector);
    try (Customer own = TestConnectors.ownDatabase(api, "Own")) {
      own.searchable(own.column(table, "name").put("schemaName", "connectorsync"));
      shop.put(2, "Lamp");
      sync(path, "succeeded");
      await().untilAsserted(() -> assertThat(own.find("lam")).containsExactly("Lamp"));
    }
  }

  private void files() throws IOException {
    Path folder = Path.of("target", "connector-files");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("tour.csv"), "id,name\n1,Chair\n");
    TestConnectors connectors = new TestConnectors(api);
    connectors.sync(connectors.add("file", "{\"path\": \"tour.csv\"}", "{}"));
    try (TestWeb web = new TestWeb().on("/", TestWeb.text(200, "text/csv", "id,name\n1,Chair\n"))) {
      connectors.sync(
          connectors.add("file", "{\"path\": \"%s\"}".formatted(web.url("/tour.csv")), "{}"));
    }
  }

  private void objects() {
    try (TestBucket bucket = new TestBucket()) {
      bucket.put("tour.csv", "id,name\n1,Chair\n");
      TestConnectors connectors = new TestConnectors(api);
      connectors.sync(
          connectors.add("s3", bucket.config("\"path\": \"*.csv\""), bucket.credentials()));
      connectors.ask("s3", bucket.config("\"path\": \"*.txt\""), bucket.credentials());
    }
  }

  private void sync(String path, String status) {
    String run = api.post(path + "/sync", null).body().get("runId").asText();
    JsonNode ended = api.finished(run);
    assertThat(ended.get("status").asText()).as("%s", ended).isEqualTo(status);
  }

  private void cron(Api cron) {
    answers(200, cron.get("/api/connectors/sync"));
    answers(200, cron.get("/api/connectors/sync?run=true&limit=1"));
    answers(200, cron.post("/api/connectors/sync", "{\"limit\":1}"));
  }

  private static void answers(int status, Api.Answer answer) {
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(status);
  }
}
