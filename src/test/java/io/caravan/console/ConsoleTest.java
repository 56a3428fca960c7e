package io.caravan.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestSettings;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The console as a browser without JavaScript gets it. */
@CaravanTest
class ConsoleTest {
  @Autowired private Runs runs;
  private int port;
  private Administrator admin;
  private DriftingShop shop;

  @BeforeEach
  void logIn(@LocalServerPort int port) {
    this.port = port;
    admin = Administrator.loggedIn(port);
    shop = new DriftingShop(new Api(port));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private String page(String path) {
    HttpResponse<String> answer = admin.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private String drift() {
    return page("/console/drift?datasetId=" + shop.dataset);
  }

  private static Instant instant(JsonNode field) {
    return Instant.parse(field.asText());
  }

  @Test
  void theFirstPageTellsOfEachPipeline() {
    String page = page("/console");

    assertThat(page).startsWith("<!doctype html>");
    for (String slug : new String[] {"bluegreen", "schemasync", "valuesync"}) {
      assertThat(page)
          .contains("<h2 id=\"title-" + slug + "\">" + slug + "</h2>")
          .contains("action=\"/console/pipelines/" + slug + "/runs\"");
    }
    assertThat(page)
        .contains("only on request", "open drift incident", "href=\"/actuator/hawtio/camel\"")
        .containsPattern("aria-label=\"The last \\d+ runs: [^\"]*succeeded")
        .containsPattern("<title>[a-z ]+, 20..-..-.. ..:..:.. UTC, took [^<]+</title>");
  }

  @Test
  void theFirstPageSaysWhyTheLastRunDidNotCome() {
    UUID skipped = runs.recordSkipped("bluegreen", "schedule", "missed: <none> was ready").id();
    try {
      assertThat(page("/console"))
          .contains("href=\"/console/runs/" + skipped, "missed: &lt;none&gt; was ready");
    } finally {
      JdbcClient.create(TestSettings.database())
          .sql("delete from caravan.run where id = ?")
          .param(skipped)
          .update();
    }
  }

  @Test
  void theRootLeadsToTheConsole() {
    HttpResponse<String> answer = admin.get("/");

    assertThat(answer.uri().getPath()).isEqualTo("/console");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void nothingInThePageIsInlineOrFromElsewhere() {
    HttpResponse<String> answer = admin.get("/console/drift");

    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.body()).doesNotContain("style=", "<style", "<script>", "http://", "https://");
    Matcher files =
        Pattern.compile("(?:src|href)=\"(/(?:webjars|console/console)[^\"]+)\"")
            .matcher(answer.body());
    assertThat(files.results().map(file -> admin.get(file.group(1)).statusCode()))
        .hasSize(3)
        .containsOnly(200);
  }

  @Test
  void aPageThatFetchesItselfAnewGetsItsMainAlone() {
    HttpResponse<String> part = admin.get("/console", "HX-Request", "true");

    assertThat(part.body()).doesNotContain("<html", "<header").contains("hx-get=\"/console\"");
    assertThat(part.headers().allValues("Vary")).contains("HX-Request");
  }

  @Test
  void whoIsNotLoggedInGetsTheFormOnceAndNeverIntoAPage() {
    Administrator stranger = Administrator.stranger(port);

    assertThat(stranger.get("/console").uri().getPath()).isEqualTo("/login");
    HttpResponse<String> part =
        stranger.get("/console", "HX-Request", "true", "X-Requested-With", "XMLHttpRequest");
    assertThat(part.statusCode()).isEqualTo(401);
    assertThat(part.body()).doesNotContain("password");
  }

  @Test
  void runNowStartsARunOfTheConsole() {
    HttpResponse<String> answer = admin.post("/console/pipelines/schemasync/runs", Map.of());

    assertThat(answer.uri().getPath()).isEqualTo("/console");
    Matcher link =
        Pattern.compile("schemasync was started\\.\\s*<a href=\"/console/runs/([^\"]+)\"")
            .matcher(answer.body());
    assertThat(link.find()).as(answer.body()).isTrue();
    JsonNode run = shop.api.finished(link.group(1));
    assertThat(run.get("trigger").asText()).isEqualTo("console");
    assertThat(run.get("pipeline").asText()).isEqualTo("schemasync");
    assertThat(page("/console")).doesNotContain("schemasync was started.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/pipelines/schemasync/runs",
        "/console/drift/%s/accept",
        "/console/drift/%s/acknowledge",
        "/console/connectors/%s/sync"
      })
  void aForgedRequestDoesNothing(String path) {
    int before = runs.summaries("schemasync", null, null, 500).size();

    assertThat(
            admin
                .postWithout(path.formatted(shop.missing().get("id").asText()), Map.of())
                .statusCode())
        .isEqualTo(403);

    assertThat(runs.summaries("schemasync", null, null, 500)).hasSize(before);
    assertThat(shop.missing().get("state").asText()).isEqualTo("open");
    assertThat(shop.yml()).isEqualTo(DriftingShop.YML);
  }

  @Test
  void driftShowsWhatIsWrongAndWhatWouldMendIt() {
    String page = drift();

    assertThat(page)
        .contains(
            "Missing column", "<code>orders.status</code>", "Probably renamed to order_status.")
        .contains("<del>-   - {name: status, type: string}</del>")
        .contains("<ins>+   - {name: order_status, type: string}</ins>")
        .contains("Type mismatch", "<code>string</code>", "<code>numeric(10,2)</code>");
    assertThat(page.indexOf("Missing column")).isLessThan(page.indexOf("Type mismatch"));
  }

  @Test
  void namesAreTextAndNeverMarkup() {
    String page = drift();

    assertThat(page)
        .contains("&lt;script&gt;alert(&#39;orders&#39;)&lt;/script&gt;", "&lt;b&gt;Sons&lt;/b&gt;")
        .doesNotContain("<script>alert", "<b>Sons");
    admin.post(
        "/console/drift/%s/acknowledge".formatted(shop.missing().get("id").asText()), Map.of());
    assertThat(page("/console/drift")).doesNotContain("<script>alert");
  }

  @Test
  void acceptingWritesTheYamlAndStaysOnThePage() {
    String id = shop.missing().get("id").asText();

    HttpResponse<String> answer =
        admin.post("/console/drift/" + id + "/accept", Map.of("datasetId", shop.dataset));

    assertThat(answer.uri().toString()).endsWith("/console/drift?datasetId=" + shop.dataset);
    assertThat(answer.body())
        .contains("is settled: the YAML was changed.", "Type mismatch")
        .doesNotContain("Missing column");
    assertThat(shop.yml())
        .isEqualTo(DriftingShop.YML.replace("name: status", "name: order_status"));
    assertThat(admin.post("/console/drift/" + id + "/accept", Map.of()).body())
        .contains("class=\"notice refused\"", "The incident was resolved at");
    assertThat(page("/console/drift?state=resolved&datasetId=" + shop.dataset))
        .contains("Missing column", "Accepted into the YAML.")
        .doesNotContain("Accept the change", "Type mismatch");
  }

  @Test
  void acknowledgingAndSnoozingChangeTheState() {
    String id = shop.missing().get("id").asText();

    admin.post("/console/drift/" + id + "/acknowledge", Map.of());
    assertThat(shop.missing().get("state").asText()).isEqualTo("acknowledged");
    assertThat(drift()).doesNotContain("id=\"acknowledge-" + id + "\"");

    for (int days : new int[] {7, 30}) {
      admin.post("/console/drift/" + id + "/snooze", Map.of("days", String.valueOf(days)));
      assertThat(shop.missing().get("state").asText()).isEqualTo("snoozed");
      assertThat(Duration.between(Instant.now(), instant(shop.missing().get("snoozedUntil"))))
          .isBetween(Duration.ofDays(days).minusMinutes(1), Duration.ofDays(days));
    }
    assertThat(admin.post("/console/drift/" + id + "/snooze", Map.of("days", "9999")).body())
        .contains("until must be a time in the future, within a year.");
  }

  @Test
  void theRunShowsItsItemsWithWhyAndItsReport() {
    shop.customer.execute("alter schema public rename to hidden");
    JsonNode run = shop.check();
    String path = "/console/runs/" + run.get("id").asText();

    String page = page(path);
    assertThat(page)
        .contains("schemasync", "failed", "api", "1 of 1 datasets could not be checked")
        .contains("There is no schema public", "<summary id=\"report-summary\">Report</summary>")
        .contains("&quot;totalDiscrepancies&quot;", "Retry what failed (1)", "every 15s")
        .doesNotContain("Cancel the run");
    assertThat(page(path + "?state=failed")).contains("Shop &amp; &lt;b&gt;Sons");
    assertThat(page(path + "?state=succeeded")).contains("There is no such item.");

    shop.customer.execute("alter schema hidden rename to public");
    Matcher again =
        Pattern.compile(
                "A run over the failed items was started\\.\\s*<a href=\"/console/runs/([^\"]+)\"")
            .matcher(admin.post(path + "/retry-failed", Map.of()).body());
    assertThat(again.find()).isTrue();
    assertThat(shop.api.finished(again.group(1)).get("status").asText()).isEqualTo("succeeded");
    assertThat(page("/console/runs/" + again.group(1))).contains("retry", "href=\"" + path + "\"");
  }

  @Test
  void aQueuedRunIsCancelledOnce() {
    UUID id =
        runs.request(
                "schemasync",
                "console",
                new RunRequest(List.of("nobody"), null, false, false, null),
                null)
            .id();
    JdbcClient.create(TestSettings.database())
        .sql("update caravan.run set requested_at = now() + interval '1 day' where id = ?")
        .param(id)
        .update();

    assertThat(page("/console/runs/" + id)).contains("Cancel the run", "every 2s");
    assertThat(admin.post("/console/runs/" + id + "/cancel", Map.of()).body())
        .contains("The run was asked to end.", "cancelled on request")
        .doesNotContain("Cancel the run");
    assertThat(admin.post("/console/runs/" + id + "/cancel", Map.of()).body())
        .contains("The run is cancelled already.");
    JdbcClient.create(TestSettings.database())
        .sql("delete from caravan.run where id = ?")
        .param(id)
        .update();
  }

  @Test
  void theHistoryIsNarrowedAndPaged() {
    JdbcClient jdbc = JdbcClient.create(TestSettings.database());
    jdbc.sql(
            """
            insert into caravan.run (id, pipeline, trigger, status, whole, request, dry_run, requested_at, finished_at,
                                     reason)
            select gen_random_uuid(), 'bluegreen', 'event', 'rejected', true,
                   '{"only":[],"limit":null,"dryRun":false,"force":false,"reason":null}', false,
                   now() - make_interval(days => 60, mins => n), now(), 'console paging ' || n
              from generate_series(1, 51) n
            """)
        .update();
    try {
      String page = page("/console/runs?pipeline=bluegreen&status=rejected");
      assertThat(page).doesNotContain("<td role=\"cell\">schemasync</td>");
      Matcher older = Pattern.compile("id=\"older\" href=\"([^\"]+)\"").matcher(page);
      assertThat(older.find()).isTrue();
      String next = page(older.group(1).replace("&amp;", "&"));

      assertThat(next)
          .contains("console paging 51", "id=\"newest\"")
          .doesNotContain("id=\"older\"");
      assertThat(page + next).contains("console paging 1<", "console paging 50<");
      assertThat(page).doesNotContain("console paging 51");
    } finally {
      jdbc.sql("delete from caravan.run where reason like 'console paging%'").update();
    }
  }

  @Test
  void aConnectorIsSyncedSwitchedOffAndSetActive() {
    String tenant = "console-" + UUID.randomUUID();
    Api.Answer made =
        shop.api.post(
            "/api/v1/connectors",
            """
            {"tenantId": "%s", "name": "<Nobody>", "type": "rest", "autoSync": false,
             "config": {"baseUrl": "http://127.0.0.1:1", "resources": [{"name": "none", "path": "/none", "primaryKey": ["id"]}]}}
            """
                .formatted(tenant));
    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    String path = "/console/connectors/" + made.body().get("id").asText();
    assertThat(page("/console/connectors?tenantId=" + tenant))
        .contains("&lt;Nobody&gt;", "autoSync is off.", ">ACTIVE</span>")
        .doesNotContain("<Nobody>");

    HttpResponse<String> started = admin.post(path + "/sync", Map.of("tenantId", tenant));
    Matcher run =
        Pattern.compile("was started\\.\\s*<a href=\"/console/runs/([^\"]+)\"")
            .matcher(started.body());
    assertThat(run.find()).as(started.body()).isTrue();
    assertThat(shop.api.finished(run.group(1)).get("status").asText()).isEqualTo("failed");
    assertThat(page("/console/connectors?tenantId=" + tenant))
        .contains("<dd class=\"bad\">1</dd>", "127.0.0.1");

    admin.post(path + "/switch", Map.of("to", "INACTIVE"));
    assertThat(page("/console/connectors?status=INACTIVE&tenantId=" + tenant))
        .contains("Set active", "set it to ACTIVE");
    assertThat(admin.post(path + "/switch", Map.of("to", "ERROR")).body())
        .contains("can be set to ACTIVE or INACTIVE");
    admin.post(path + "/switch", Map.of("to", "ACTIVE"));
    assertThat(page("/console/connectors?tenantId=" + tenant))
        .contains("Switch off")
        .doesNotContain("<dd class=\"bad\">");
  }

  @ParameterizedTest
  @CsvSource({
    "/console/runs/01a204c4-6b62-7ff0-81f0-1bf4c9c86ca0, 404, There is no run",
    "/console/runs?pipeline=nosync, 404, There is no pipeline nosync",
    "/console/runs/x, 400, names something that cannot exist",
    "/console/runs?status=x, 400, names something that cannot exist",
    "/console/drift?state=x, 400, names something that cannot exist",
    "/console/connectors?status=x, 400, names something that cannot exist"
  })
  void aWrongAddressIsAPageThatSaysSo(String path, int status, String words) {
    HttpResponse<String> answer = admin.get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(words, "href=\"/console\"");
  }
}
