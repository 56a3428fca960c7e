package io.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people start it, and once more with what the first start left. */
class DemoTest {
  private static final Pattern SLACK = Pattern.compile("Slack: (http://\\S+)");
  private static final Pattern SEARCH = Pattern.compile("dataSourceId=[0-9a-f-]+\\S+q=mun");

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
        .map(MatchResult::group)
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
      slack = found(SLACK, first).substring("Slack: ".length());

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

  private static JsonNode entity(JsonNode release, String name) {
    for (JsonNode entity : release.get("entities")) {
      if (entity.get("entity").asText().equals(name)) {
        return entity;
      }
    }
    throw new AssertionError("no " + name + " in " + release);
  }
}
