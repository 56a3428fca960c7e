package io.caravan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.Customer;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

/** What every pipeline's runs have in common over HTTP, and what is served beside the API. */
@CaravanTest
class RunsApiTest {
  private static final String RUNS = "/api/v1/pipelines/valuesync/runs";
  private static final Map<String, String> NOBODY = Map.of("Authorization", "");
  private static final Map<String, String> ADMIN =
      Map.of("Authorization", basic("admin", CaravanTest.ADMIN_PASSWORD));
  private final List<Customer> customers = new ArrayList<>();
  private int port;
  private Api api;

  @BeforeEach
  void connect(@LocalServerPort int port) {
    this.port = port;
    api = new Api(port);
  }

  @AfterEach
  void forgetCustomers() {
    customers.forEach(Customer::close);
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** A customer with so many columns; each takes so many seconds to read. */
  private Customer withColumns(int count, double seconds) {
    Customer customer = new Customer(api, "Shop");
    customers.add(customer);
    customer.searchable(
        IntStream.range(0, count)
            .mapToObj(
                n -> {
                  customer.execute(
                      "create view v%d as select 'Oslo'::text as name from pg_sleep(%s)"
                          .formatted(n, seconds));
                  return customer.column("v" + n, "name");
                })
            .toArray(ObjectNode[]::new));
    return customer;
  }

  @Test
  void theSameIdempotencyKeyTwentyTimesAtOnceMakesOneRun() throws Exception {
    Customer shop = withColumns(1, 0);
    String body = shop.request().toString();
    String key = UUID.randomUUID().toString();
    Callable<Api.Answer> call = () -> api.call("POST", RUNS, body, Map.of("Idempotency-Key", key));
    List<Api.Answer> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Api.Answer> answer :
          threads.invokeAll(IntStream.range(0, 20).mapToObj(n -> call).toList())) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).allMatch(answer -> answer.status() == 202);
    List<String> ids =
        answers.stream().map(answer -> answer.body().get("runId").asText()).distinct().toList();
    assertThat(ids).hasSize(1);
    JsonNode run = api.finished(ids.getFirst());
    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    assertThat(run.get("attempt").asInt()).isEqualTo(1);
    assertThat(shop.items(run).getFirst().get("attempts").asInt()).isEqualTo(1);
    assertThat(
            api.call("POST", RUNS, body, Map.of("Idempotency-Key", key))
                .body()
                .get("runId")
                .asText())
        .isEqualTo(ids.getFirst());
  }

  @Test
  void anotherKeyMakesAnotherRunAndATooLongOneIsRefused() {
    Customer shop = withColumns(1, 0);
    String body = shop.request().toString();

    String one = started(api.call("POST", RUNS, body, Map.of("Idempotency-Key", "one " + shop.id)));
    String two = started(api.call("POST", RUNS, body, Map.of("Idempotency-Key", "two " + shop.id)));

    assertThat(one).isNotEqualTo(two);
    api.finished(one);
    api.finished(two);
    assertThat(api.call("POST", RUNS, body, Map.of("Idempotency-Key", "k".repeat(256))).status())
        .isEqualTo(400);
  }

  private static String started(Api.Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(202);
    return answer.body().get("runId").asText();
  }

  @Test
  void tellsProgressItemsAndTheEndAsEventsAndThenCloses() {
    Customer shop = withColumns(3, 0.3);
    String id = started(api.post(RUNS, shop.request().toString()));

    Api.Answer stream = api.get("/api/v1/runs/" + id + "/events");

    assertThat(stream.raw().headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    List<String> events =
        stream.raw().body().lines().filter(line -> line.startsWith("event: ")).toList();
    assertThat(events.stream().filter("event: item"::equals)).hasSize(3);
    assertThat(events.stream().filter("event: progress"::equals)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(events).last().isEqualTo("event: run");
    assertThat(events.stream().filter("event: run"::equals)).hasSize(1);
    String last =
        stream.raw().body().lines().filter(line -> line.startsWith("data: ")).toList().getLast();
    assertThat(last).contains("\"status\":\"succeeded\"", id);
  }

  @Test
  void cancellingStopsWhatRunsAndSkipsWhatHasNotBegun() {
    Customer shop = withColumns(6, 30);
    String id = started(api.post(RUNS, shop.request().toString()));
    await()
        .until(
            () ->
                api.get("/api/v1/runs/" + id + "/items?status=running").body().get("items").size()
                    == 2);

    Api.Answer cancelled = api.post("/api/v1/runs/" + id + "/cancel", null);

    assertThat(cancelled.status()).isEqualTo(202);
    JsonNode run = api.finished(id);
    assertThat(run.get("status").asText()).isEqualTo("cancelled");
    assertThat(run.get("attempt").asInt()).as("ended by the node that had it").isEqualTo(1);
    assertThat(run.get("durationMs").asLong()).isLessThan(9_000);
    assertThat(shop.items(run))
        .hasSize(6)
        .allMatch(item -> item.get("status").asText().equals("skipped"))
        .allMatch(item -> item.get("reason").asText().equals("cancelled"));
    assertThat(run.get("report").get("skippedSyncs").asInt()).isEqualTo(6);
    assertThat(api.post("/api/v1/runs/" + id + "/cancel", null).status()).isEqualTo(409);
    assertThat(api.post("/api/v1/runs/" + id + "/retry-failed", null).status()).isEqualTo(409);
  }

  @Test
  void retryFailedTouchesOnlyWhatFailed() {
    Customer shop = withColumns(2, 0);
    shop.searchable(shop.column("v0", "name"), shop.column("later", "name"));
    JsonNode first = shop.run();
    assertThat(first.get("status").asText()).isEqualTo("partial");
    shop.execute("create table later (name text)", "insert into later values ('Bergen')");

    Api.Answer again = api.post("/api/v1/runs/" + first.get("id").asText() + "/retry-failed", null);

    JsonNode retry = api.finished(started(again));
    assertThat(location(again)).isEqualTo("/api/v1/runs/" + retry.get("id").asText());
    assertThat(retry.get("status").asText()).isEqualTo("succeeded");
    assertThat(retry.get("trigger").asText()).isEqualTo("retry");
    assertThat(retry.get("parentId")).isEqualTo(first.get("id"));
    assertThat(retry.get("counts").get("total").asInt()).isEqualTo(1);
    assertThat(shop.find("berg")).containsExactly("Bergen");
    assertThat(
            api.post("/api/v1/runs/" + retry.get("id").asText() + "/retry-failed", null).status())
        .isEqualTo(409);
  }

  private static String location(Api.Answer answer) {
    return answer.raw().headers().firstValue("Location").orElse(null);
  }

  @Test
  void aSecondWholeRunIsSkippedWithTheReason() {
    withColumns(1, 1);
    String first = started(api.post(RUNS, "{}"));
    await()
        .until(
            () -> api.get("/api/v1/runs/" + first).body().get("status").asText().equals("running"));

    JsonNode second = api.run("valuesync", "{}");

    assertThat(second.get("status").asText()).isEqualTo("skipped");
    assertThat(second.get("reason").asText()).contains("still running", first);
    assertThat(api.finished(first).get("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void aRunOverNothingSaysSo() {
    JsonNode run = api.run("valuesync", "{}");

    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    assertThat(run.get("reason").asText()).isEqualTo("nothing to do");
    assertThat(run.get("report").get("totalColumns").asInt()).isZero();
  }

  /** SV-19. */
  @Test
  void takesThePayloadOfTheSeedsManualTrigger() {
    Customer shop = withColumns(1, 0);
    ObjectNode body =
        shop.request().put("timestamp", "2026-03-01T02:00:00Z").putNull("lastTimestamp");
    body.putArray("upcoming");

    JsonNode run = api.run("valuesync", body.toString());

    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    assertThat(run.get("trigger").asText()).isEqualTo("api");
  }

  @Test
  void aLimitBoundsTheItems() {
    Customer shop = withColumns(3, 0);

    JsonNode run = api.run("valuesync", shop.request().put("limit", 2).toString());

    assertThat(run.get("counts").get("total").asInt()).isEqualTo(2);
  }

  @Test
  void listsRunsNewestFirstPageByPage() {
    List<String> made =
        IntStream.range(0, 3).mapToObj(n -> api.run("valuesync", "{}").get("id").asText()).toList();

    assertThat(runs("?limit=2")).containsExactly(made.get(2), made.get(1));
    assertThat(runs("?limit=1&before=" + made.get(1))).containsExactly(made.get(0));
    assertThat(runs("?limit=500&pipeline=valuesync&status=succeeded&trigger=api"))
        .containsAll(made);
    assertThat(runs("?status=queued")).isEmpty();
    assertThat(runs("?limit=500&trigger=schedule")).doesNotContainAnyElementsOf(made);
    assertThat(runs("?pipeline=othersync")).isEmpty();
  }

  private List<String> runs(String query) {
    return api.get("/api/v1/runs" + query).body().get("runs").findValuesAsText("id");
  }

  @Test
  void filtersTheItemsOfARun() {
    Customer shop = withColumns(1, 0);
    shop.searchable(shop.column("v0", "name"), shop.column("nowhere", "name"));
    String items = "/api/v1/runs/" + shop.run().get("id").asText() + "/items";

    assertThat(api.get(items).body().get("items")).hasSize(2);
    assertThat(api.get(items + "?status=failed").body().get("items").findValuesAsText("title"))
        .singleElement()
        .asString()
        .contains("nowhere");
    assertThat(api.get(items + "?status=pending").body().get("items")).isEmpty();
    assertThat(api.get(items + "?status=odd").status()).isEqualTo(400);
  }

  @Test
  void namesThePipelinesWithTheirScheduleAndLastRun() {
    String last = api.run("valuesync", "{}").get("id").asText();

    JsonNode pipeline =
        StreamSupport.stream(api.get("/api/v1/pipelines").body().spliterator(), false)
            .filter(entry -> entry.get("name").asText().equals("valuesync"))
            .findFirst()
            .orElseThrow();

    assertThat(pipeline.get("title").asText()).isNotBlank();
    assertThat(pipeline.get("cron").asText()).isEqualTo("off");
    assertThat(pipeline.get("zone").asText()).isEqualTo("UTC");
    assertThat(pipeline.get("enabled").asBoolean()).isFalse();
    assertThat(pipeline.get("nextFireAt").isNull()).isTrue();
    assertThat(pipeline.get("lastRun").get("id").asText()).isEqualTo(last);
    assertThat(pipeline.get("lastRun").get("status").asText()).isEqualTo("succeeded");
    assertThat(Instant.parse(pipeline.get("lastRun").get("finishedAt").asText()))
        .isBeforeOrEqualTo(Instant.now());
  }

  @Test
  void whatIsCreatedIsWhereItsLocationSays() {
    Customer shop = withColumns(1, 0);
    ObjectNode dataset =
        new ObjectMapper()
            .createObjectNode()
            .put("dataSourceId", shop.id)
            .put("name", "city")
            .put("databaseName", shop.database())
            .put("schemaName", "public")
            .put("yml", "name: city");
    Api.Answer source =
        api.post(
            "/api/v1/data-sources",
            new ObjectMapper()
                .createObjectNode()
                .put("organizationId", shop.organization)
                .put("name", "Other")
                .put("type", "postgresql")
                .put("jdbcUrl", "jdbc:postgresql://localhost:1/d")
                .toString());
    Api.Answer created = api.post("/api/v1/datasets", dataset.toString());
    Api.Answer run = api.post(RUNS, shop.request().toString());

    assertThat(api.get(location(source)).body()).isEqualTo(source.body());
    assertThat(api.get(location(created)).body()).isEqualTo(created.body());
    assertThat(api.get(location(run)).body().get("id")).isEqualTo(run.body().get("runId"));
    api.finished(run.body().get("runId").asText());
    Api.Answer replaced = api.put(location(created), dataset.put("yml", "name: town").toString());
    assertThat(replaced.body().get("yml").asText()).isEqualTo("name: town");
    for (Api.Answer answer : List.of(created, source)) {
      assertThat(api.call("DELETE", location(answer), null, Map.of()).status()).isEqualTo(204);
      assertThat(api.get(location(answer)).status()).isEqualTo(404);
    }
  }

  @Test
  void servesTheContractThatRequestsAreCheckedAgainst() throws Exception {
    Api.Answer served = api.call("GET", "/openapi.json", null, NOBODY);

    JsonNode contract =
        new YAMLMapper().readTree(new ClassPathResource("openapi.yaml").getInputStream());
    assertThat(served.status()).isEqualTo(200);
    assertThat(served.body()).isEqualTo(contract);
    Api.Answer page = api.call("GET", "/docs/", null, NOBODY);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.raw().body()).contains("/openapi.json");
  }

  /** Most clients of an API want JSON and say nothing of problems; they were answered 406. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json, text/plain, */*",
        "application/json;charset=utf-8",
        "application/*",
        "*/*",
        ""
      })
  void everyCallTakesClientsThatWantJson(String accept) throws Exception {
    JsonNode contract =
        new YAMLMapper().readTree(new ClassPathResource("openapi.yaml").getInputStream());
    int asked = 0;
    for (var path : contract.get("paths").properties()) {
      String address =
          "/api"
              + path.getKey()
                  .replace("{release}", "999999999")
                  .replace("{pipeline}", "nothing")
                  .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
      for (var operation : path.getValue().properties()) {
        boolean harmless =
            operation.getKey().equals("get")
                || !address.equals("/api" + path.getKey())
                || address.equals("/api/v1/organizations");
        if (harmless && !operation.getKey().equals("parameters")) {
          Api.Answer answer =
              api.call(
                  operation.getKey().toUpperCase(Locale.ROOT),
                  address,
                  operation.getValue().has("requestBody") ? "{}" : null,
                  Map.of("Accept", accept));
          assertThat(answer.status())
              .as(operation.getKey() + " " + address + ": " + answer.raw().body())
              .isNotIn(405, 406, 415, 500);
          assertThat(answer.raw().headers().map().keySet())
              .as(address)
              .doesNotContain("accept", "id", "pipeline", "release");
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(20);
    assertThat(api.call("GET", "/api/v1/pipelines", null, Map.of("Accept", accept)).status())
        .isEqualTo(200);
  }

  @Test
  void anAnswerRepeatsNoParameterInItsHeaders() {
    Api.Answer answer = api.get("/api/v1/runs?limit=1&trigger=api");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.raw().headers().map()).doesNotContainKeys("limit", "trigger");
  }

  @Test
  void hawtioSendsStrangersToTheLogInAndLetsTheAdministratorIn() {
    Api.Answer stranger =
        api.call(
            "GET", "/actuator/hawtio", null, Map.of("Authorization", "", "Accept", "text/html"));
    assertThat(stranger.status()).isEqualTo(302);
    assertThat(location(stranger)).endsWith("/login");

    Api.Answer admin = api.call("GET", "/actuator/hawtio/index.html", null, ADMIN);
    assertThat(admin.status()).isEqualTo(200);
    assertThat(admin.raw().body()).containsIgnoringCase("hawtio");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/prometheus", "/actuator/jolokia", "/actuator/info"})
  void whatShowsTheInsideNeedsTheLogIn(String path) {
    assertThat(api.call("GET", path, null, NOBODY).status()).isIn(302, 401);
    assertThat(
            api.call("GET", path, null, Map.of("Authorization", basic("admin", "wrong"))).status())
        .isEqualTo(401);
    assertThat(api.call("GET", path, null, Map.of()).status()).as("the API's token").isIn(302, 401);
  }

  @Test
  void theAdministratorReadsTheMetrics() {
    Api.Answer metrics = api.call("GET", "/actuator/prometheus", null, ADMIN);

    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.raw().body()).contains("camel_");
  }

  @Test
  void healthIsPublicAndTellsNoDetails() {
    Api.Answer health = api.call("GET", "/actuator/health", null, NOBODY);

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.body().get("status").asText()).isEqualTo("UP");
    assertThat(health.body().has("components")).isFalse();
  }

  /** As a browser does: form, cookie, and the token against forged requests. */
  private HttpClient loggedIn() throws Exception {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    browser.send(request("/login").build(), HttpResponse.BodyHandlers.discarding());
    String token =
        ((CookieManager) browser.cookieHandler().orElseThrow())
            .getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    HttpResponse<Void> answer =
        browser.send(
            request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "username=admin&password=%s&_csrf=%s"
                            .formatted(CaravanTest.ADMIN_PASSWORD, token)))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/console");
    return browser;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  @Test
  void hawtioSeesTheRoutesWithTheirIdsGroupsAndCounts() throws Exception {
    api.run("valuesync", "{}");

    HttpResponse<String> answer =
        loggedIn()
            .send(
                request(
                        "/actuator/jolokia/read/org.apache.camel:type=routes,*/RouteId,RouteGroup,ExchangesTotal")
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode routes = new ObjectMapper().readTree(answer.body()).get("value");
    JsonNode run =
        StreamSupport.stream(routes.spliterator(), false)
            .filter(route -> route.get("RouteId").asText().equals("valuesync-run"))
            .findFirst()
            .orElseThrow();
    assertThat(run.get("RouteGroup").asText()).isEqualTo("valuesync");
    assertThat(run.get("ExchangesTotal").asInt()).isPositive();
  }

  /** As {@code curl -X POST} does. */
  @Test
  void aCallWithoutBodyNeedsNoContentType() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                request("/api/v1/pipelines/valuesync/runs")
                    .header("Authorization", "Bearer " + CaravanTest.TOKEN)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    api.finished(new ObjectMapper().readTree(answer.body()).get("runId").asText());
  }

  @Test
  void aProgramReadsTheRoutesWithTheAdministratorsCredentials() {
    String read =
        """
        {"type": "read", "mbean": "org.apache.camel:type=routes,*", "attribute": "RouteId"}\
        """;

    Api.Answer answer = api.call("POST", "/actuator/jolokia", read, ADMIN);

    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    assertThat(answer.raw().body()).contains("valuesync-run");
  }

  @ParameterizedTest
  @CsvSource({"DELETE, /actuator/health", "POST, /actuator/jolokia"})
  void anotherPageCannotWriteWithTheAdministratorsCredentials(String method, String path) {
    Map<String, String> forged = new HashMap<>(ADMIN);
    forged.put("Origin", "https://elsewhere.example");

    assertThat(api.call(method, path, "{}", forged).status()).isEqualTo(403);
  }
}
