package io.caravan.blue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcProperties;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The Blue side over HTTP, with two Greens behind it. */
@CaravanTest
class BlueSyncTest {
  private static final String SYNC = "/api/v1/blue/sync";
  private static final String STATUS = "/api/v1/blue/status";
  private static final Map<String, String> AT_ONCE = Map.of("Prefer", "wait=5, Respond-Async");
  private final JdbcClient jdbc = JdbcClient.create(TestSettings.database());
  private final CountDownLatch ended = new CountDownLatch(1);
  @Autowired private CamelContext camel;
  private Api api;

  @BeforeEach
  void greens(@LocalServerPort int port) {
    api = new Api(port);
    TestGreen.FIRST.reset("queued", "running", "running", "succeeded");
    TestGreen.SECOND.reset("succeeded");
    jdbc.sql("delete from bluegreen.blue_sync").update();
  }

  @AfterEach
  void nothingIsLeftRunning() {
    ended.countDown();
    TestGreen.FIRST.reset("succeeded");
    TestGreen.SECOND.reset("succeeded");
    await().until(() -> status().get("running").isNull());
  }

  private JsonNode sync() {
    Api.Answer answer = api.post(SYNC, null);
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    return answer.body();
  }

  private JsonNode status() {
    return api.get(STATUS).body();
  }

  private static List<String> checks(JsonNode sync) {
    List<String> checks = new ArrayList<>();
    sync.get("statusChecks").forEach(check -> checks.add(check.get("status").asText()));
    return checks;
  }

  /** Keeps a call waiting until the test has ended. */
  private TestGreen.Trouble hangs() {
    return exchange -> {
      try {
        ended.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static TestGreen.Trouble answers(int status, String body) {
    return exchange -> TestGreen.answer(exchange, status, body);
  }

  @Test
  void startsTheFirstTargetAndFollowsItToTheEnd() {
    Instant before = Instant.now().minusMillis(1);

    JsonNode sync = sync();

    assertThat(sync.get("success").asBoolean()).isTrue();
    assertThat(sync.get("status").asText()).isEqualTo("succeeded");
    assertThat(sync.get("target").asText()).isEqualTo(TestGreen.FIRST.url());
    assertThat(sync.get("taskId").asText()).isEqualTo(TestGreen.FIRST.taskId());
    assertThat(checks(sync)).containsExactly("queued", "running", "running", "succeeded");
    List<Instant> times = new ArrayList<>();
    sync.get("statusChecks").forEach(check -> times.add(Instant.parse(check.get("at").asText())));
    assertThat(times).isSorted().allMatch(time -> time.isAfter(before)).doesNotHaveDuplicates();
    assertThat(sync.get("durationMs").asLong()).isBetween(300L, 20_000L);
    assertThat(sync.get("notes")).isEmpty();
    assertThat(sync.get("error").isNull()).isTrue();
    assertThat(TestGreen.FIRST.starts()).isEqualTo(1);
    assertThat(TestGreen.FIRST.requests().getFirst().body()).isEqualTo("{}");
    assertThat(TestGreen.SECOND.requests()).isEmpty();
  }

  @Test
  void statusShowsTheOneThatRunsThenTheLastAndTheLastSuccessful() {
    assertThat(status().get("lastSync").isNull()).isTrue();
    JsonNode good = sync();
    TestGreen.FIRST.goes("failed").error("The source answered 502.");
    JsonNode bad = sync();
    TestGreen.FIRST.goes("running");
    api.call("POST", SYNC, null, AT_ONCE);
    await().until(() -> checks(status().get("running")).contains("running"));

    JsonNode status = api.get(STATUS + "?limit=2").body();

    assertThat(status.get("configured").asBoolean()).isTrue();
    assertThat(status.get("running").get("success").isNull()).isTrue();
    assertThat(status.get("running").get("durationMs").asLong()).isPositive();
    assertThat(status.get("lastSync")).isEqualTo(bad);
    assertThat(status.get("lastSuccessfulSync")).isEqualTo(good);
    assertThat(status.get("history")).hasSize(2);
    assertThat(status.get("history").get(0).get("id")).isEqualTo(status.get("running").get("id"));
    assertThat(bad.get("success").asBoolean()).isFalse();
    assertThat(bad.get("error").asText())
        .isEqualTo("Green ended the sync as failed: The source answered 502.");
    assertThat(api.get(STATUS + "?limit=101").status()).isEqualTo(400);
    TestGreen.FIRST.goes("succeeded");
  }

  @Test
  void whoDoesNotWantToWaitIsToldWhereToLook() {
    TestGreen.FIRST.goes("running");

    Api.Answer answer = api.call("POST", SYNC, null, AT_ONCE);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.raw().headers().firstValue("Location")).contains(STATUS);
    assertThat(answer.raw().headers().firstValue("Preference-Applied")).contains("respond-async");
    assertThat(answer.body().get("status").asText()).isEqualTo("running");
    assertThat(status().get("running").get("id")).isEqualTo(answer.body().get("id"));
    TestGreen.FIRST.goes("succeeded");
    await().until(() -> status().get("running").isNull());
    assertThat(status().get("lastSync").get("id")).isEqualTo(answer.body().get("id"));
    assertThat(api.call("POST", SYNC, null, Map.of("Prefer", "x".repeat(201))).status())
        .isEqualTo(400);
  }

  @Test
  void callsAtTheSameTimeShareOneSync() throws Exception {
    TestGreen.FIRST.goes("running");
    CompletableFuture<JsonNode> first = CompletableFuture.supplyAsync(this::sync);
    CompletableFuture<JsonNode> second = CompletableFuture.supplyAsync(this::sync);
    await().until(() -> TestGreen.FIRST.starts() == 1);
    JsonNode third = api.call("POST", SYNC, null, AT_ONCE).body();
    TestGreen.FIRST.goes("succeeded");

    assertThat(first.get().get("id")).isEqualTo(second.get().get("id")).isEqualTo(third.get("id"));
    assertThat(second.get().get("success").asBoolean()).isTrue();
    assertThat(TestGreen.FIRST.starts()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {\"detail\":\"Out of memory.\"} | answered 500: Out of memory.",
        "503 | <html> | answered 503.",
        "404 | {} | there is no Green at this address",
        "401 | {} | its SYNC_SECRET_KEY is not the one that is set here",
        "403 | {} | its SYNC_SECRET_KEY is not the one that is set here",
        "302 | {} | a redirection, which is not followed",
        "202 | {\"success\":false} | not with a task to follow",
        "202 | {\"success\":true,\"taskId\":\"../../secrets\"} | not with a task to follow",
        "202 | {\"success\":true,\"taskId\" | not with a task to follow",
      })
  void aTargetThatDoesNotAcceptLeadsToTheNext(int status, String body, String note) {
    TestGreen.FIRST.onStart(
        exchange -> {
          exchange.getResponseHeaders().set("Location", TestGreen.SECOND.url() + "/stolen");
          TestGreen.answer(exchange, status, body);
        });

    JsonNode sync = sync();

    assertThat(sync.get("success").asBoolean()).isTrue();
    assertThat(sync.get("target").asText()).isEqualTo(TestGreen.SECOND.url());
    assertThat(sync.get("notes")).hasSize(1);
    assertThat(sync.get("notes").get(0).asText()).startsWith(TestGreen.FIRST.url()).contains(note);
    assertThat(TestGreen.SECOND.requests()).noneMatch(request -> request.path().contains("stolen"));
  }

  @Test
  void aTargetThatIsNotThereLeadsToTheNext() {
    TestGreen.FIRST.close();

    JsonNode sync = sync();

    assertThat(sync.get("target").asText()).isEqualTo(TestGreen.SECOND.url());
    assertThat(sync.get("notes").get(0).asText())
        .isEqualTo(TestGreen.FIRST.url() + " could not be reached: nothing listens there.");
  }

  @Test
  void aTargetThatHangsOrTricklesLeadsToTheNext() {
    TestGreen.FIRST.onStart(hangs());
    JsonNode hanging = sync();
    TestGreen.FIRST.onStart(
        exchange -> {
          exchange.sendResponseHeaders(202, 0);
          while (ended.getCount() > 0) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            try {
              ended.await(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    JsonNode trickling = sync();

    for (JsonNode sync : List.of(hanging, trickling)) {
      assertThat(sync.get("target").asText()).isEqualTo(TestGreen.SECOND.url());
      assertThat(sync.get("notes").get(0).asText()).endsWith(" did not answer in time.");
      assertThat(sync.get("durationMs").asLong()).isLessThan(15_000);
    }
  }

  @Test
  void anEndlessAnswerIsNotRead() {
    byte[] block = " ".repeat(1 << 16).getBytes();
    TestGreen.FIRST.onStart(
        exchange -> {
          exchange.sendResponseHeaders(202, 0);
          while (ended.getCount() > 0) {
            exchange.getResponseBody().write(block);
          }
        });

    JsonNode sync = sync();

    assertThat(sync.get("target").asText()).isEqualTo(TestGreen.SECOND.url());
    assertThat(sync.get("notes").get(0).asText()).contains("broke off");
  }

  @Test
  void whenNoTargetAcceptsTheErrorSaysWhyOfEach() {
    TestGreen.FIRST.close();
    TestGreen.SECOND.onStart(answers(503, "{\"detail\":\"SYNC_SECRET_KEY is not set.\"}"));

    JsonNode sync = sync();

    assertThat(sync.get("success").asBoolean()).isFalse();
    assertThat(sync.get("status").asText()).isEqualTo("failed");
    assertThat(sync.get("taskId").isNull()).isTrue();
    assertThat(sync.get("target").isNull()).isTrue();
    assertThat(sync.get("notes")).hasSize(2);
    assertThat(sync.get("error").asText())
        .startsWith("No Green accepted the sync.")
        .contains(TestGreen.FIRST.url() + " could not be reached")
        .contains("answered 503: SYNC_SECRET_KEY is not set.");
  }

  @Test
  void aGreenThatRestartsIsFollowedOn() {
    TestGreen.FIRST.goes("running");
    String id = api.call("POST", SYNC, null, AT_ONCE).body().get("id").asText();
    await().until(() -> checks(status().get("running")).contains("running"));
    TestGreen.FIRST.close();
    await().until(() -> checks(status().get("running")).contains("unreachable"));
    TestGreen.FIRST.goes("running", "succeeded").open();
    await().until(() -> status().get("running").isNull());

    JsonNode sync = status().get("lastSync");
    assertThat(sync.get("id").asText()).isEqualTo(id);
    assertThat(sync.get("success").asBoolean()).isTrue();
    assertThat(checks(sync)).contains("unreachable").endsWith("running", "succeeded");
    assertThat(TestGreen.SECOND.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone", "{\"status\":\"COMPLETED\"}", "not JSON", "[1]"})
  void aGreenThatDoesNotTellIsGivenUpAfterSeveralChecks(String answer) {
    TestGreen.FIRST.onStatus(
        exchange ->
            TestGreen.answer(
                exchange, answer.equals("gone") ? 404 : 200, answer.equals("gone") ? "" : answer));

    JsonNode sync = sync();

    assertThat(sync.get("success").asBoolean()).isFalse();
    assertThat(sync.get("status").asText()).isEqualTo("failed");
    assertThat(sync.get("error").asText()).contains("20 times in a row", "is not known");
    assertThat(checks(sync)).hasSize(20).containsOnly("unreachable");
  }

  @Test
  void aRowThatNobodyWorksOnIsShownAsEndedAndBlocksNothing() {
    UUID orphan = UUID.randomUUID();
    jdbc.sql(
            """
            insert into bluegreen.blue_sync (id, status, started_at, lease_until)
            values (?, 'running', now() - interval '1 hour', now() - interval '1 minute')
            """)
        .param(orphan)
        .update();

    JsonNode status = status();

    assertThat(status.get("running").isNull()).isTrue();
    assertThat(status.get("lastSync").get("id").asText()).isEqualTo(orphan.toString());
    assertThat(status.get("lastSync").get("status").asText()).isEqualTo("interrupted");
    assertThat(status.get("lastSync").get("error").asText()).contains("Caravan");
    assertThat(sync().get("success").asBoolean()).isTrue();
  }

  @Test
  void aSyncThatSomebodyElseEndedIsFollowedNoLonger() {
    TestGreen.FIRST.goes("running");
    api.call("POST", SYNC, null, AT_ONCE);
    await().until(() -> !status().get("running").get("taskId").isNull());
    jdbc.sql(
            "update bluegreen.blue_sync set status = 'interrupted', error = 'x', finished_at ="
                + " now()")
        .update();

    await().until(() -> camel.getInflightRepository().size("blue-follow-green") == 0);
    assertThat(status().get("lastSync").get("error").asText()).isEqualTo("x");
  }

  @Test
  void oldSyncsAreForgottenButNotTheLastSuccessfulOne() {
    for (String status : List.of("succeeded", "failed")) {
      jdbc.sql(
              """
              insert into bluegreen.blue_sync (id, status, started_at, finished_at, lease_until)
              values (?, ?, now() - interval '99 days', now() - interval '99 days', now())
              """)
          .params(UUID.randomUUID(), status)
          .update();
    }
    TestGreen.FIRST.goes("failed");
    sync();

    List<String> kept = new ArrayList<>();
    status().get("history").forEach(one -> kept.add(one.get("startedAt").asText().substring(0, 4)));
    assertThat(kept).hasSize(2);
    assertThat(status().get("lastSuccessfulSync").get("durationMs").asLong()).isZero();
  }

  /** Tomcat's 30 s would end a call that waits for a long sync. */
  @Test
  void nothingCutsACallThatWaits(@Autowired WebMvcProperties mvc) {
    assertThat(mvc.getAsync().getRequestTimeout()).isNegative();
  }

  @Test
  void aTokenIsNeeded() {
    for (String path : List.of(SYNC, STATUS)) {
      String method = path.equals(SYNC) ? "POST" : "GET";
      assertThat(api.call(method, path, null, Map.of("Authorization", "")).status()).isEqualTo(401);
    }
    assertThat(TestGreen.FIRST.requests()).isEmpty();
  }

  @Test
  void theSecretIsInNoLogNoErrorNoEndpointNoExchangeAndNoAnswer() throws Exception {
    TestGreen.FIRST.onStart(
        exchange ->
            TestGreen.answer(exchange, 500, "{\"detail\":\"%s\"}".formatted(echo(exchange))));
    TestGreen.SECOND.goes("running", "failed").error("Refused Bearer " + TestGreen.SECRET);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger camelLog = (Logger) LoggerFactory.getLogger("org.apache.camel");
    Logger ownLog = (Logger) LoggerFactory.getLogger("io.caravan");
    log.start();
    camelLog.addAppender(log);
    camelLog.setAdditive(false);
    camelLog.setLevel(Level.DEBUG);
    ownLog.addAppender(log);
    Collection<String> seen = Collections.synchronizedList(new ArrayList<>());
    EventNotifierSupport watcher = watcher(seen);
    camel.getManagementStrategy().addEventNotifier(watcher);
    watcher.start();
    try {
      seen.add(api.post(SYNC, null).raw().body());
      seen.add(api.get(STATUS).raw().body());
      TestGreen.FIRST.close();
      seen.add(api.post(SYNC, null).raw().body());
    } finally {
      camel.getManagementStrategy().removeEventNotifier(watcher);
      camelLog.detachAppender(log);
      ownLog.detachAppender(log);
      camelLog.setAdditive(true);
      camelLog.setLevel(null);
    }
    camel.getEndpoints().forEach(endpoint -> seen.add(endpoint.getEndpointUri()));
    seen.add(
        jdbc.sql("select jsonb_agg(s) from bluegreen.blue_sync s").query(String.class).single());
    log.list.forEach(event -> seen.add(event.getFormattedMessage()));

    assertThat(TestGreen.SECOND.requests())
        .isNotEmpty()
        .allMatch(request -> request.secret().equals("Bearer " + TestGreen.SECRET));
    assertThat(seen).anyMatch(text -> text != null && text.contains("Caravan-Blue-Sync"));
    assertThat(seen.stream().filter(Objects::nonNull))
        .filteredOn(text -> text.contains(TestGreen.SECRET))
        .isEmpty();
    assertThat(
            new BlueProperties(
                    List.of("http://h"),
                    TestGreen.SECRET,
                    Duration.ZERO,
                    Duration.ZERO,
                    0,
                    0,
                    0,
                    List.of())
                .toString())
        .doesNotContain(TestGreen.SECRET);
  }

  /** What a careless Green says of the call. */
  private static String echo(HttpExchange exchange) throws IOException {
    return "Refused " + exchange.getRequestHeaders().getFirst("Authorization");
  }

  /** Notes headers, properties and variables of every exchange; a body only when it is text. */
  private static EventNotifierSupport watcher(Collection<String> seen) {
    return new EventNotifierSupport() {
      @Override
      public void notify(CamelEvent event) {
        if (event instanceof ExchangeEvent about) {
          Exchange exchange = about.getExchange();
          seen.add(exchange.getMessage().getHeaders().toString());
          // The whole contract, megabytes of text.
          Map<String, Object> properties = new HashMap<>(exchange.getProperties());
          properties.remove(Exchange.REST_OPENAPI);
          seen.add(properties.toString());
          seen.add(exchange.getVariables().toString());
        }
      }
    };
  }
}
