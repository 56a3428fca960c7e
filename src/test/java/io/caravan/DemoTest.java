package io.caravan;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people start it, and once more with what the first start left. */
class DemoTest {
  private static final Pattern SLACK = Pattern.compile("Slack: (http://\\S+)");
  private static final Pattern BOTH_SIDES =
      Pattern.compile("Airtable and Google Sheets: (http://\\S+)");
  private static final Pattern SEARCH = Pattern.compile("dataSourceId=[0-9a-f-]+\\S+q=mun");

  private static final Locator.GetByTextOptions EXACTLY =
      new Locator.GetByTextOptions().setExact(true);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private CaravanProcess start() {
    // Without the schedule, so that no release comes in between.
    return new CaravanProcess(
        folder, Map.of("SPRING_PROFILES_ACTIVE", "demo", "BLUEGREEN_CRON", "off"));
  }

  private Api ready(CaravanProcess demo) throws Exception {
    int port = demo.port();
    await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> demo.output().contains("psql -h") || demo.output().contains("ERROR"));
    assertThat(demo.output()).contains("The demo is ready").doesNotContain("ERROR", "***");
    return new Api(port, secret("api-token"));
  }

  private String secret(String name) throws Exception {
    return Files.readString(folder.resolve("data/secrets").resolve(name)).strip();
  }

  private static String found(Pattern pattern, CaravanProcess demo) {
    return pattern
        .matcher(demo.output())
        .results()
        .map(match -> match.group(match.groupCount()))
        .findFirst()
        .orElseThrow();
  }

  private static String page(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void publishesTwoReleasesOnceAndSaysWhatToTry() throws Exception {
    String slack;
    try (CaravanProcess first = start()) {
      Api api = ready(first);
      slack = found(SLACK, first);

      JsonNode releases = api.get("/api/v1/releases").body();
      assertThat(releases.findValuesAsText("status")).containsExactly("live", "kept");
      JsonNode talents = entity(releases.get(0), "talents");
      assertThat(talents.get("added").asInt()).isEqualTo(10);
      assertThat(talents.get("removed").asInt()).isEqualTo(5);
      assertThat(
              api.get("/api/v1/values/search?" + found(SEARCH, first)).body().get("values").get(0))
          .isNotNull();
      assertThat(page(slack)).contains("# data-team");
      drift(api, slack);
      pairs(api, first);
      editsArrive(api, first);
      connectors(api);
      assertThat(first.output())
          .contains("data/secrets/sync-secret-key")
          .doesNotContain(
              secret("sync-secret-key"), secret("api-token"), secret("database-password"));
      first.stop();
    }
    assertThatThrownBy(() -> page(slack)).isInstanceOf(ConnectException.class);

    try (CaravanProcess second = start()) {
      Api api = ready(second);

      assertThat(api.get("/api/v1/releases").body().findValuesAsText("release"))
          .containsExactly("2", "1");
      pairs(api, second);
      second.stop();
    }
  }

  /** One dataset for each kind of drift, and none for what is only written otherwise. */
  private static void drift(Api api, String slack) throws Exception {
    Map<String, String> open = new TreeMap<>();
    api.get("/api/v1/drift?state=open")
        .body()
        .get("incidents")
        .forEach(
            incident ->
                open.put(
                    incident.get("datasetName").asText(),
                    incident.get("severity").asText() + " " + incident.get("type").asText()));
    assertThat(open)
        .containsOnly(
            Map.entry("bicycles", "critical missing_column"),
            Map.entry("brands", "warning type_mismatch"),
            Map.entry("employees", "warning type_mismatch"),
            Map.entry("loyalty_cards", "critical missing_table"),
            Map.entry("orders", "critical missing_column"),
            Map.entry("repairs", "info type_mismatch"),
            Map.entry("subscriptions", "unverifiable unverifiable"));
    JsonNode healed = api.get("/api/v1/drift?state=resolved").body().get("incidents");
    assertThat(healed.findValuesAsText("datasetName")).containsExactly("promotions");
    assertThat(page(slack.replaceFirst("/*$", "/?channel=brightwater")))
        .contains("Probably renamed to payment_method", "promotions: fixed");
    assertThat(page(slack.replaceFirst("/*$", "/?channel=velohaven")))
        .contains("Probably renamed to colour", "There is no schema billing");
    assertThat(api.get("/api/v1/datasets").body()).hasSize(12);
  }

  /** Six, of which one fails at first and is tried again when the clock fires. */
  private static void connectors(Api api) {
    Map<String, String> states = new TreeMap<>();
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              states.clear();
              for (JsonNode connector : api.get("/api/v1/connectors?tenantId=kestrel").body()) {
                states.put(
                    connector.get("name").asText(), connector.get("lastSyncStatus").asText());
              }
              assertThat(states).hasSize(6).doesNotContainValue("null");
            });
    assertThat(states).containsEntry("News of the supplier", "FAILED");
    for (JsonNode connector : api.get("/api/v1/connectors?tenantId=kestrel").body()) {
      if (connector.get("lastSyncStatus").asText().equals("FAILED")) {
        assertThat(connector.at("/due/reason").asText()).startsWith("After a failure");
        continue;
      }
      String records =
          "/api/v1/connectors/%s/records?limit=1".formatted(connector.get("id").asText());
      assertThat(connector.get("lastSyncStatus").asText())
          .as("%s", connector)
          .isEqualTo("COMPLETED");
      assertThat(api.get(records).body()).as("%s", connector).hasSize(1);
    }
  }

  /** One config for each direction, in step and without duplicates, also after a second start. */
  private static void pairs(Api api, CaravanProcess demo) throws Exception {
    Map<String, String> directions = new TreeMap<>();
    api.get("/api/v1/sync-configs")
        .body()
        .forEach(
            config ->
                directions.put(
                    config.get("name").asText(),
                    config.get("syncDirection").asText()
                        + " "
                        + config.get("lastSyncStatus").asText()));
    assertThat(directions)
        .containsOnly(
            Map.entry("Catalogue of bicycles", "AIRTABLE_TO_SHEETS success"),
            Map.entry("Hire rates", "SHEETS_TO_AIRTABLE success"),
            Map.entry("Tasks of the workshop", "BIDIRECTIONAL success"));
    JsonNode both = JSON.readTree(page(found(BOTH_SIDES, demo) + "page/state"));
    Map<String, Integer> records = new TreeMap<>();
    both.get("tables")
        .forEach(table -> records.put(table.get("title").asText(), table.get("count").asInt()));
    assertThat(records)
        .containsOnly(
            Map.entry("Velohaven / Bicycles", 18),
            Map.entry("Velohaven / Hire rates", 15),
            Map.entry("Velohaven / Suppliers", 5),
            Map.entry("Velohaven / Tasks", 10));
    // With a row of headers.
    assertThat(both.get("tabs").findValues("count").stream().map(JsonNode::asInt))
        .containsExactly(19, 16, 11, 0);
  }

  /** A person types on either side, and sees it on the other one after a sync. */
  private static void editsArrive(Api api, CaravanProcess demo) {
    try (TestBrowser browser = new TestBrowser()) {
      Page page = browser.chromium().newPage();
      page.navigate(found(BOTH_SIDES, demo));
      page.getByLabel("Table", new Page.GetByLabelOptions().setExact(true))
          .selectOption("Velohaven / Tasks");
      Locator record = row(page, ".airtable", "New saddle");
      Locator inSheet = row(page, ".sheets", "New saddle");

      type(record, "Tomas", "Linnea");
      type(inSheet, "0.25", "0.75");
      api.run("sheetsync", "{}");

      assertThat(inSheet.getByText("Linnea", EXACTLY)).isVisible();
      assertThat(record.getByText("0.75", EXACTLY)).isVisible();
      // That side was drawn anew meanwhile.
      assertThat(inSheet.getByText("0.75", EXACTLY)).isFocused();
    }
  }

  private static Locator row(Page page, String side, String holding) {
    return page.locator(side + " tbody tr").filter(new Locator.FilterOptions().setHasText(holding));
  }

  private static void type(Locator row, String before, String after) {
    row.getByText(before, EXACTLY).click();
    row.getByLabel("New value").fill(after);
    row.getByLabel("New value").press("Enter");
  }

  private static JsonNode entity(JsonNode release, String name) {
    for (JsonNode entity : release.get("entities")) {
      if (entity.get("entity").asText().equals(name)) {
        return entity;
      }
    }
    throw new AssertionError("no " + name + " in " + release);
  }
}
