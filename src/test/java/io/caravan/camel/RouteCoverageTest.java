package io.caravan.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.Customer;
import io.caravan.TestSettings;
import io.caravan.blue.TestGreen;
import io.caravan.bluegreen.BlueTrouble;
import io.caravan.bluegreen.TestBlue;
import io.caravan.connectorsync.ConnectorTour;
import io.caravan.sheetsync.PairTour;
import io.caravan.slack.SlackDestination;
import io.caravan.slack.SlackMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.support.DefaultConsumer;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Visits every step of every route: each call of the contract, a run that succeeds and ones that
 * fail, the clock and the timers. A step that is new and not visited here fails the test with its
 * name.
 */
@CaravanTest
class RouteCoverageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Camel counts no exchanges here. The first three only hold other steps. The others stand in a
   * doFinally, a doCatch or an onException; that they are visited shows in what they do: a failed
   * item is failed in the ledger, a run that ended is held by nobody, a refused call has its
   * answer, a message says that Slack did not answer, a sync notes that Green did not, one that
   * broke has failed, and one that a store refused says why.
   */
  private static final Set<String> NOT_COUNTED =
      Set.of(
          "in-any-case",
          "any-failure",
          "any-api-failure",
          "fail-item",
          "leave-run",
          "end-turn",
          "record-failure",
          "answer-problem",
          "part-failure",
          "call-failure",
          "not-its-turn",
          "when-slack-is-silent",
          "explain-slack-silence",
          "when-green-is-silent",
          "note-green-silence",
          "when-sync-breaks",
          "when-trial-ends",
          "log-trial-end",
          "close-pull",
          "end-server-turn",
          "explain-broken-sync",
          "when-store-refuses",
          "explain-refusal",
          "close-store");

  @Autowired private CamelContext camel;
  @Autowired private ProducerTemplate producer;
  @Autowired private Scheduler quartz;

  @Test
  void everyStepOfEveryRouteIsVisited(@LocalServerPort int port) throws Exception {
    Api api = new Api(port);
    try (Customer shop = new Customer(api, "Shop")) {
      runs(api, shop);
      sources(api, shop);
      datasets(api, shop);
      slack(api, shop);
      drift(api, shop);
    }
    PairTour.visit(api);
    ConnectorTour.visit(api, port);
    blueGreen(api);
    blue(api);
    failures();
    clocks(api);

    await()
        .untilAsserted(() -> assertThat(notVisited()).as("steps that nothing visited").isEmpty());
  }

  private void runs(Api api, Customer shop) {
    shop.execute("create table city (name text)", "insert into city values ('Oslo')");
    shop.searchable(shop.column("city", "name"), shop.column("city", "nowhere"));
    JsonNode mixed = shop.run();
    assertThat(mixed.get("counts").get("failed").asInt()).isEqualTo(1);
    String run = mixed.get("id").asText();
    answers(202, api.post("/api/v1/runs/" + run + "/retry-failed", null));
    answers(409, api.post("/api/v1/runs/" + run + "/cancel", null));
    shop.execute("create view slow as select 'Oslo'::text as name from pg_sleep(30)");
    shop.searchable(shop.column("city", "name"), shop.column("slow", "name"));
    Api.Answer slow =
        api.post(
            "/api/v1/values/refresh",
            "{\"dataSourceId\":\"%s\",\"table\":\"slow\"}".formatted(shop.id));
    String slowRun = slow.body().get("runId").asText();
    answers(202, api.post("/api/v1/runs/" + slowRun + "/cancel", null));
    api.finished(slowRun);
    answers(200, api.get("/api/v1/runs"));
    answers(200, api.get("/api/v1/runs/" + run + "/items"));
    answers(200, api.get("/api/v1/pipelines"));
    assertThat(shop.find("oslo")).containsExactly("Oslo");
  }

  private void sources(Api api, Customer shop) {
    String source = "/api/v1/data-sources/" + shop.id;
    answers(200, api.get("/api/v1/organizations"));
    answers(
        200,
        api.call(
            "PATCH",
            "/api/v1/organizations/" + shop.organization,
            "{\"name\":\"Acme\"}",
            Map.of()));
    answers(200, api.get("/api/v1/data-sources"));
    answers(200, api.get(source));
    answers(200, api.call("PATCH", source, "{\"name\":\"Acme\"}", Map.of()));
    answers(200, api.post(source + "/test", null));
  }

  private void datasets(Api api, Customer shop) {
    ObjectNode dataset =
        JSON.createObjectNode()
            .put("dataSourceId", shop.id)
            .put("name", "city")
            .put("databaseName", shop.database())
            .put("schemaName", "public")
            .put("yml", "name: city");
    Api.Answer created = api.post("/api/v1/datasets", dataset.toString());
    answers(201, created);
    String path = "/api/v1/datasets/" + created.body().get("id").asText();
    answers(200, api.get("/api/v1/datasets"));
    answers(200, api.get(path));
    answers(200, api.put(path, dataset.toString()));
    answers(204, api.call("DELETE", path, null, Map.of()));
  }

  private void blueGreen(Api api) {
    TestBlue.agency(1, "first");
    assertThat(api.run("bluegreen", "{}").get("status").asText()).isEqualTo("succeeded");
    TestBlue.agency(2, "second");
    assertThat(api.run("bluegreen", "{}").get("status").asText()).isEqualTo("succeeded");
    List<Integer> numbers = new ArrayList<>();
    api.get("/api/v1/releases").body().forEach(r -> numbers.add(r.get("release").asInt()));
    String older = "/api/v1/releases/" + numbers.get(1);
    answers(200, api.post(older + "/activate", "{\"reason\":\"better\"}"));
    answers(200, api.post(older + "/pin", null));
    answers(200, api.call("DELETE", older + "/pin", null, Map.of()));
    tasks(api);
    TestBlue.SERVER.answer("/api/v1/public/boards", BlueTrouble.status(404));
    assertThat(api.run("bluegreen", "{}").get("status").asText()).isEqualTo("failed");
  }

  /**
   * Syncs that are waited for, not waited for, heard by no Green, and broken by our own database.
   */
  private void blue(Api api) {
    String sync = "/api/v1/blue/sync";
    answers(200, api.post(sync, null));
    answers(202, api.call("POST", sync, null, Map.of("Prefer", "respond-async")));
    await().until(() -> api.get("/api/v1/blue/status").body().get("running").isNull());
    TestGreen.silent(
        () -> {
          Api.Answer unheard = api.post(sync, null);
          assertThat(unheard.body().get("error").asText()).contains("nothing listens there");
        });
    JdbcClient jdbc = JdbcClient.create(TestSettings.database());
    jdbc.sql("alter table bluegreen.blue_sync add check (task_id is null) not valid").update();
    try {
      Api.Answer broken = api.post(sync, null);
      assertThat(broken.body().get("error").asText()).contains("its log has the details");
    } finally {
      jdbc.sql("alter table bluegreen.blue_sync drop constraint blue_sync_task_id_check").update();
    }
  }

  /** The calls of the seed's applications. */
  private void tasks(Api api) {
    Map<String, String> secret = Map.of("Authorization", "Bearer " + CaravanTest.SYNC_SECRET);
    String internal = "/api/internal/";
    String boards = "{\"modelName\":\"BoardsJson\",\"data\":[{\"id\":\"b1\",\"title\":\"New\"}]}";
    answers(200, api.call("POST", internal + "sync/store-json", boards, secret));
    answers(200, api.call("POST", internal + "transform/boards", "{}", secret));
    Api.Answer started = api.call("POST", internal + "orchestrate-sync", "{}", secret);
    answers(202, started);
    String task = started.body().get("taskId").asText();
    answers(200, api.call("GET", internal + "task-status/" + task, null, secret));
    answers(200, api.call("GET", internal + "task-status/all", null, secret));
    api.finished(task);
  }

  /** Drift that is found and dealt with, a schema that cannot be read, and a check that breaks. */
  private void drift(Api api, Customer shop) {
    Api.Answer created =
        api.post(
            "/api/v1/datasets",
            JSON.createObjectNode()
                .put("dataSourceId", shop.id)
                .put("name", "city")
                .put("databaseName", shop.database())
                .put("schemaName", "public")
                .put("yml", "dimensions: [{name: naem, type: text}]")
                .toString());
    answers(201, created);
    String only = "{\"only\":[\"" + shop.organization + "\"]}";
    assertThat(api.run("schemasync", only).at("/report/result/criticalIssues").asInt()).isOne();
    String incidents = "/api/v1/drift?organizationId=" + shop.organization;
    String incident = "/api/v1/drift/" + api.get(incidents).body().at("/incidents/0/id").asText();
    answers(200, api.post(incident + "/acknowledge", null));
    String until = Instant.now().plusSeconds(60).toString();
    answers(200, api.post(incident + "/snooze", "{\"until\":\"" + until + "\"}"));
    answers(200, api.post(incident + "/accept", null));
    JdbcClient jdbc = JdbcClient.create(TestSettings.database());
    shop.execute("alter table city drop column name");
    jdbc.sql("alter table schemasync.incident add constraint broken check (false) not valid")
        .update();
    try {
      assertThat(api.run("schemasync", only).get("status").asText()).isEqualTo("failed");
    } finally {
      jdbc.sql("alter table schemasync.incident drop constraint broken").update();
    }
  }

  /** A message that is delivered, and one that finds no server and is sent again. */
  private void slack(Api api, Customer shop) {
    for (int i = 0; i < 4; i++) {
      producer.asyncSendBody(
          "direct:slack-send",
          new SlackMessage("coverage", SlackDestination.dataTeam(), "Hello", null, null));
    }
    producer.sendBody("direct:outage-tell", "An outage");
    answers(
        200,
        api.put(
            "/api/v1/organizations/" + shop.organization + "/slack",
            "{\"webhookUrl\":\"http://127.0.0.1:1/services/T/B/X\"}"));
    SlackDestination nowhere = SlackDestination.organization(UUID.fromString(shop.organization));
    producer.sendBody(
        "direct:slack-send", new SlackMessage("coverage", nowhere, "Hello", null, null));
    assertThat(
            JdbcClient.create(TestSettings.database())
                .sql(
                    "select error_message from caravan.slack_message_tracking where organization_id"
                        + " = ?")
                .param(nowhere.organizationId())
                .query(String.class)
                .single())
        .startsWith("Slack did not answer");
  }

  private static void answers(int status, Api.Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
  }

  /** A run that cannot be planned, and an exchange that is about no run at all. */
  private void failures() {
    UUID broken = unfinishedRun("{\"only\": [\"nothing\"], \"dryRun\": false, \"force\": false}");
    producer.sendBody("direct:run-start", broken);
    producer.sendBody("direct:run-start", UUID.randomUUID());
  }

  /** A queued run that nobody started. */
  private static UUID unfinishedRun(String request) {
    UUID id = UUID.randomUUID();
    JdbcClient.create(TestSettings.database())
        .sql(
            """
            insert into caravan.run (id, pipeline, trigger, status, whole, request, dry_run, requested_at)
            values (?, 'valuesync', 'api', 'queued', false, cast(? as jsonb), false, now() - interval '1 minute')
            """)
        .param(id)
        .param(request)
        .update();
    return id;
  }

  /**
   * Ticks of the timers that are due too seldom to wait for, and of the schedule, which is off in
   * tests.
   */
  private void clocks(Api api) throws Exception {
    UUID orphan = unfinishedRun("{\"only\": [], \"dryRun\": false, \"force\": false}");
    for (String timer :
        List.of("run-recover", "run-forget-old", "slack-resend", "valuesync-purge")) {
      tick(timer);
    }
    api.finished(orphan.toString());
    TestBlue.agency(2, "second");
    for (String pipeline :
        List.of("valuesync", "schemasync", "sheetsync", "connectorsync", "bluegreen")) {
      schedule(api, pipeline);
    }
  }

  private void schedule(Api api, String pipeline) throws Exception {
    camel.getRouteController().startRoute(pipeline + "-on-schedule");
    try {
      tick(pipeline + "-on-schedule");
      await()
          .until(
              () ->
                  !api.get("/api/v1/runs?trigger=schedule&status=succeeded&pipeline=" + pipeline)
                      .body()
                      .get("runs")
                      .isEmpty());
    } finally {
      camel.getRouteController().stopRoute(pipeline + "-on-schedule");
      quartz.unscheduleJob(new TriggerKey("on-schedule", pipeline));
      // Other tests of this context count the runs that the clock made.
      JdbcClient.create(TestSettings.database())
          .sql("delete from caravan.run where trigger = 'schedule'")
          .update();
    }
  }

  /** What the consumer of a route does when its time has come. */
  private void tick(String route) throws Exception {
    DefaultConsumer consumer = (DefaultConsumer) camel.getRoute(route).getConsumer();
    Exchange tick = consumer.createExchange(false);
    tick.getMessage().setHeader("scheduledFireTime", new Date());
    consumer.getProcessor().process(tick);
    assertThat(tick.getException()).isNull();
  }

  private Set<String> notVisited() throws IOException {
    ManagedCamelContext managed =
        camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
    Set<String> missed = new TreeSet<>();
    for (String id : stepIds()) {
      var step = managed.getManagedProcessor(id);
      if (step == null || step.getExchangesTotal() == 0) {
        missed.add(id);
      }
    }
    missed.removeAll(NOT_COUNTED);
    return missed;
  }

  private static List<String> stepIds() throws IOException {
    List<String> ids = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        for (JsonNode entry : new YAMLMapper().readTree(file.toFile())) {
          ids.addAll(deepIds(entry.path("route").path("from").path("steps")));
          ids.addAll(deepIds(entry.path("routeConfiguration").path("onException")));
        }
      }
    }
    return ids.stream().distinct().toList();
  }

  private static List<String> deepIds(JsonNode node) {
    List<String> ids = new ArrayList<>();
    if (node.path("id").isTextual()) {
      ids.add(node.get("id").asText());
    }
    node.forEach(child -> ids.addAll(deepIds(child)));
    return ids;
  }
}
