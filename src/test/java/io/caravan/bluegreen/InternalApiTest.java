package io.caravan.bluegreen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calls of the seed's applications, as they are documented there. */
@CaravanTest
class InternalApiTest {
  private static final Map<String, String> BEARER =
      Map.of("Authorization", "Bearer " + CaravanTest.SYNC_SECRET);
  private static final Map<String, String> PLAIN =
      Map.of("Authorization", "", "x-sync-secret", CaravanTest.SYNC_SECRET);
  private static final String BOARDS =
      "{\"modelName\": \"BoardsJson\", \"data\": [{\"id\": \"b1\", \"title\": \"%s\"}]}";

  @Autowired JdbcClient jdbc;
  private Api api;

  @BeforeEach
  void beginWithoutReleases(@LocalServerPort int port) {
    api = new Api(port);
    TestBlue.forgetReleases(jdbc);
    TestBlue.agency(3, "first");
  }

  /** A test may leave a run behind that it only started. */
  @AfterEach
  void forget() {
    for (String status : List.of("queued", "running")) {
      await().until(() -> get("task-status/all?status=" + status).body().get("count").asInt() == 0);
    }
    TestBlue.forgetReleases(jdbc);
  }

  private Api.Answer post(String path, String body) {
    return api.call("POST", "/api/internal/" + path, body, BEARER);
  }

  private Api.Answer get(String path) {
    return api.call("GET", "/api/internal/" + path, null, BEARER);
  }

  private JsonNode finished(String task) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !get("task-status/" + task).body().get("finishedAt").isNull());
    return get("task-status/" + task).body();
  }

  private List<String> titles() {
    return jdbc.sql("select title from green.boards_current order by id")
        .query(String.class)
        .list();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, sync/store-json",
    "POST, transform/boards",
    "POST, orchestrate-sync-api",
    "POST, orchestrate-sync",
    "GET, task-status/all",
    "GET, task-status/019234"
  })
  void bothHeadersOpenEveryCallAndNothingElseDoes(String method, String path) {
    String address = "/api/internal/" + path;
    String body = method.equals("POST") ? "{}" : null;

    assertThat(api.call(method, address, body, BEARER).status()).isNotIn(401, 403, 405, 503);
    assertThat(api.call(method, address, body, PLAIN).status()).isNotIn(401, 403, 405, 503);
    Api.Answer missing = api.call(method, address, body, Map.of("Authorization", ""));
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.body().get("detail").asText()).contains("x-sync-secret");
    for (Map<String, String> wrong :
        List.of(
            Map.of("Authorization", "Bearer " + CaravanTest.TOKEN),
            Map.of("Authorization", "", "x-sync-secret", "wrong"),
            Map.of("Authorization", "", "x-sync-secret", CaravanTest.SYNC_SECRET + "x"))) {
      assertThat(api.call(method, address, body, wrong).status()).isEqualTo(403);
    }
  }

  @Test
  void theSecretOpensNothingElse() {
    assertThat(api.call("GET", "/api/v1/runs", null, BEARER).status()).isEqualTo(401);
    assertThat(api.call("GET", "/api/v1/runs", null, PLAIN).status()).isEqualTo(401);
    assertThat(get("sync/store-json").status()).isEqualTo(405);
    assertThat(get("nothing").status()).isEqualTo(404);
  }

  @Test
  void anOrchestrationIsFollowedToItsEnd() {
    Api.Answer started = post("orchestrate-sync-api", null);

    assertThat(started.status()).as(started.raw().body()).isEqualTo(202);
    assertThat(started.body().get("success").asBoolean()).isTrue();
    JsonNode task = finished(started.body().get("taskId").asText());
    assertThat(task.get("status").asText()).as(task.toString()).isEqualTo("succeeded");
    assertThat(task.get("type").asText()).isEqualTo("orchestrate-sync-api");
    assertThat(task.get("durationMs").asLong()).isPositive();
    assertThat(task.get("error").isNull()).isTrue();
    JsonNode output = task.get("output");
    assertThat(output.get("success").asBoolean()).isTrue();
    assertThat(output.get("stage").asText()).isEqualTo("orchestration");
    assertThat(output.get("partialFailures").asBoolean()).isFalse();
    assertThat(output.get("failedEntities")).isEmpty();
    assertThat(output.get("completedAt").asText()).endsWith("Z");
    assertThat(titles()).containsExactly("Main");
    assertThat(get("task-status/not-a-task").status()).isEqualTo(404);
    assertThat(get("task-status/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void aFailedOrchestrationSaysAtWhichStage() {
    TestBlue.SERVER.answer(TestBlue.PREFIX + "talents", BlueTrouble.status(404));

    JsonNode task = finished(post("orchestrate-sync", "{}").body().get("taskId").asText());

    assertThat(task.get("status").asText()).isEqualTo("failed");
    assertThat(task.get("error").asText()).contains("/talents").contains("404");
    assertThat(task.get("output").get("stage").asText()).isEqualTo("sync");
    assertThat(task.get("output").get("failedEntities")).hasSize(1);
    assertThat(task.get("output").get("failedEntities").get(0).asText()).isEqualTo("talents");
  }

  /** D6: who asks at the same time watches the same release. */
  @Test
  void orchestrationsAtOnceAreOne() {
    int before = TestBlue.SERVER.count(TestBlue.PREFIX + "boards");
    TestBlue.SERVER.answer(
        TestBlue.PREFIX + "talents",
        BlueTrouble.delayed(Duration.ofSeconds(1), BlueTrouble.json("[]")));

    List<String> tasks =
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    CompletableFuture.supplyAsync(
                        () -> post("orchestrate-sync-api", "{}").body().get("taskId").asText()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .distinct()
            .toList();

    assertThat(tasks).hasSize(1);
    finished(tasks.getFirst());
    assertThat(TestBlue.SERVER.count(TestBlue.PREFIX + "boards")).isEqualTo(before + 1);
  }

  @Test
  void rawJsonIsStoredAndTransformedAlone() {
    Api.Answer stored = post("sync/store-json", BOARDS.formatted("Main"));

    assertThat(stored.status()).as(stored.raw().body()).isEqualTo(200);
    assertThat(stored.body().get("success").asBoolean()).isTrue();
    assertThat(stored.body().get("record").get("id").asText()).hasSize(36);
    assertThat(stored.body().get("record").get("createdAt").asText()).endsWith("Z");
    assertThat(stored.body().get("deletedCount").asInt()).isZero();
    assertThat(stored.body().get("keepCount").asInt()).isEqualTo(3);

    JsonNode first = post("transform/Boards", null).body();
    assertThat(first.get("success").asBoolean()).as(first.toString()).isTrue();
    assertThat(first.get("entity").asText()).isEqualTo("boards");
    assertThat(first.get("version").asInt()).isEqualTo(1);
    assertThat(first.get("previousVersion").isNull()).isTrue();
    assertThat(first.get("rows").asInt()).isEqualTo(1);
    assertThat(titles()).containsExactly("Main");

    post("sync/store-json", BOARDS.formatted("Women"));
    JsonNode second = post("transform/boards", "{}").body();
    assertThat(second.get("version").asInt()).isEqualTo(2);
    assertThat(second.get("previousVersion").asInt()).isEqualTo(1);
    assertThat(titles()).containsExactly("Women");

    JsonNode again = post("transform/boards", "{}").body();
    assertThat(again.get("success").asBoolean()).isTrue();
    assertThat(again.get("version").asInt()).isEqualTo(2);
    JsonNode tasks = get("task-status/all?type=transform&status=succeeded&limit=2").body();
    assertThat(tasks.get("count").asInt()).isEqualTo(2);
    assertThat(tasks.get("tasks").get(0).get("type").asText()).isEqualTo("transform");
    assertThat(tasks.get("filters").get("limit").asInt()).isEqualTo(2);
    assertThat(
            get("task-status/all?type=orchestrate-sync-api&status=running")
                .body()
                .get("count")
                .asInt())
        .isZero();
    assertThat(get("task-status/all?status=done").status()).isEqualTo(400);
  }

  /** The seed's tasks: nine payloads are stored, then each entity is transformed in its order. */
  @Test
  void theSeedsTasksMakeWholeReleasesEntityByEntity() {
    finished(post("orchestrate-sync-api", "{}").body().get("taskId").asText());
    post(
        "sync/store-json",
        "{\"entity\": \"talents\", \"data\": {\"data\": [{\"id\":\"t1\",\"firstName\":\"A\","
            + "\"lastName\":\"B\",\"talentUserNumber\":\"1\"},{\"id\":\"t9\",\"firstName\":\"A\","
            + "\"lastName\":\"B\",\"talentUserNumber\":\"9\"}]}}");
    post(
        "sync/store-json",
        "{\"modelName\": \"boards-talents\", \"data\": {\"boardsTalents\": [{\"boardId\": \"b1\","
            + " \"talents\": [{\"id\": \"t9\"}, {\"id\": \"t1\"}]}]}}");

    for (String entity : List.of("talents", "boardstalents")) {
      Api.Answer answer = post("transform/" + entity, "{}");
      assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    }

    assertThat(
            jdbc.sql(
                    "select t.id from green.talents_current t join green.boards_talents_current b"
                        + " on b.talent_id = t.id order by 1")
                .query(String.class)
                .list())
        .containsExactly("t1", "t9");
  }

  @Test
  void onlyTheNewestBatchesAreKept() {
    for (int n = 1; n <= 5; n++) {
      JsonNode answer = post("sync/store-json", BOARDS.formatted("Nr " + n)).body();
      assertThat(answer.get("deletedCount").asInt()).isEqualTo(n > 3 ? 1 : 0);
    }
    assertThat(
            jdbc.sql("select data -> 0 ->> 'title' from green.boards_json order by created_at")
                .query(String.class)
                .list())
        .containsExactly("Nr 3", "Nr 4", "Nr 5");

    String one = BOARDS.formatted("Nr 6").replace("{\"modelName", "{\"keepCount\": 1, \"modelName");
    assertThat(post("sync/store-json", one).body().get("deletedCount").asInt()).isEqualTo(3);
  }

  @Test
  void aLargeBodyIsKeptInPiecesAndMakesTheSameRows() {
    StringBuilder data =
        new StringBuilder("{\"modelName\": \"BoardsJson\", \"data\": {\"boards\": [");
    for (int n = 0; n < 20_000; n++) {
      data.append(n == 0 ? "" : ", ")
          .append(
              "{\"id\": \"b%d\", \"title\": \"%s ] } \\u00d8 ø\"}".formatted(n, "x".repeat(100)));
    }
    Api.Answer stored = post("sync/store-json", data.append("]}}").toString());

    assertThat(stored.status()).as(stored.raw().body()).isEqualTo(200);
    assertThat(jdbc.sql("select count(*) from green.boards_json").query(Integer.class).single())
        .isGreaterThan(2);
    assertThat(
            jdbc.sql("select sum(json_array_length(data)) from green.boards_json")
                .query(Integer.class)
                .single())
        .isEqualTo(20_000);
    assertThat(post("transform/boards", "{}").body().get("rows").asInt()).isEqualTo(20_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | The body is missing",
        "{} | modelName is missing",
        "{\"modelName\": \"NothingJson\", \"data\": []} | modelName is unknown; known are [talents",
        "{\"modelName\": 1, \"data\": []} | modelName must be a text",
        "{\"modelName\": \"BoardsJson\"} | data is missing",
        "{\"modelName\": \"BoardsJson\", \"data\": {\"x\": 1}} | without an array",
        "{\"modelName\": \"BoardsJson\", \"data\": 1} | without an array",
        "{\"modelName\": \"BoardsJson\", \"data\": [], \"keepCount\": 0} | keepCount must be",
        "{\"modelName\": \"BoardsJson\", \"data\": [], \"more\": 0} | nothing else",
        "{\"modelName\": \"BoardsJson\", \"data\": [ | no JSON: see line 1",
        "[] | object with modelName and data"
      })
  void badBodiesAreExplainedAndStoreNothing(String body, String words) {
    Api.Answer answer = post("sync/store-json", body);

    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains(words);
    assertThat(jdbc.sql("select count(*) from bluegreen.batch").query(Integer.class).single())
        .isZero();
  }

  /** D4: a transformation that fails never answers with success. */
  @Test
  void failedTransformationsAreErrorsAndChangeNothing() {
    Api.Answer unknown = post("transform/talent-drop", "{}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().get("detail").asText()).contains("there is talents, boards");
    Api.Answer nothing = post("transform/boards", "{}");
    assertThat(nothing.status()).isEqualTo(422);
    assertThat(nothing.body().get("detail").asText()).contains("store it first");

    post("sync/store-json", BOARDS.formatted("Main"));
    assertThat(post("transform/boards", "{}").status()).isEqualTo(200);
    post("sync/store-json", "{\"modelName\": \"BoardsJson\", \"data\": []}");
    Api.Answer empty = post("transform/boards", "{}");
    assertThat(empty.status()).isEqualTo(422);
    assertThat(empty.body().get("detail").asText()).contains("boards: 0 rows, live are 1");
    assertThat(titles()).containsExactly("Main");
  }

  @Test
  void aTransformationWaitsForNoOther() {
    post("sync/store-json", BOARDS.formatted("Main"));
    TestBlue.SERVER.answer(
        TestBlue.PREFIX + "talents",
        BlueTrouble.delayed(Duration.ofSeconds(2), BlueTrouble.json("[]")));
    String task = post("orchestrate-sync-api", "{}").body().get("taskId").asText();
    await().until(() -> get("task-status/" + task).body().get("status").asText().equals("running"));

    Api.Answer meanwhile = post("transform/boards", "{}");

    assertThat(meanwhile.status()).as(meanwhile.raw().body()).isEqualTo(409);
    assertThat(meanwhile.body().get("detail").asText()).contains(task);
    finished(task);
  }
}
