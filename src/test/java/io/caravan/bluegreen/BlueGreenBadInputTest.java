package io.caravan.bluegreen;

import static io.caravan.bluegreen.BlueTrouble.body;
import static io.caravan.bluegreen.BlueTrouble.cutOff;
import static io.caravan.bluegreen.BlueTrouble.gzip;
import static io.caravan.bluegreen.BlueTrouble.hangAfter;
import static io.caravan.bluegreen.BlueTrouble.hangUp;
import static io.caravan.bluegreen.BlueTrouble.html;
import static io.caravan.bluegreen.BlueTrouble.json;
import static io.caravan.bluegreen.BlueTrouble.redirect;
import static io.caravan.bluegreen.BlueTrouble.repeat;
import static io.caravan.bluegreen.BlueTrouble.status;
import static io.caravan.bluegreen.BlueTrouble.wrongLength;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever the source sends: a clear answer, and readers keep what they have. */
@CaravanTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlueGreenBadInputTest {
  private static final int TALENTS = 10;
  private static final String BOARDS = TestBlue.PREFIX + "boards";
  private static final String BOARD = "[{\"id\":\"b1-next\",\"title\":\"Main\"}]";
  private static final String ALL =
      "{\"force\": true, \"reason\": \"so that no payload counts as unchanged\"}";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Autowired JdbcClient jdbc;
  private Api api;
  private String live;
  private CountDownLatch gate;

  @BeforeAll
  void publishOneRelease(@LocalServerPort int port) {
    api = new Api(port);
    TestBlue.forgetReleases(jdbc);
    TestBlue.edition(TestBlue.SERVER, TALENTS, "first");
    assertThat(word(run(), "status")).isEqualTo("succeeded");
    live = rows();
  }

  @AfterAll
  void forgetReleases() {
    TestBlue.forgetReleases(jdbc);
  }

  @AfterEach
  void noReleaseIsLeftUnfinished() {
    assertThat(
            jdbc.sql("select release from bluegreen.release where status = 'building'")
                .query(Integer.class)
                .list())
        .isEmpty();
  }

  private JsonNode run() {
    return api.run("bluegreen", "{}");
  }

  private static String word(JsonNode run, String field) {
    return run.get(field).asText();
  }

  /** Every row of every view. */
  private String rows() {
    return EntityFileTest.shipped().entities().stream()
        .map(entity -> GreenTables.view(entity.name()))
        .map(view -> "select string_agg(v::text, chr(10) order by v::text) from " + view + " v")
        .map(sql -> jdbc.sql(sql).query(String.class).single())
        .collect(Collectors.joining("\n\n"));
  }

  private List<String> editions() {
    return jdbc.sql("select distinct edition from (" + TestBlue.editions() + ") as all_of_them")
        .query(String.class)
        .list();
  }

  private static String talents(String first) {
    return IntStream.rangeClosed(2, TALENTS)
        .mapToObj(
            n ->
                "{\"id\":\"t%1$d-next\",\"firstName\":\"A\",\"lastName\":\"B\",\"talentUserNumber\":\"%1$d\"}"
                    .formatted(n))
        .collect(Collectors.joining(",", "[" + first + ",", "]"));
  }

  /** A talent in order but for the biography, which is JSON. */
  private static String talent(String bio) {
    return "{\"id\":\"t1-next\",\"firstName\":\"A\",\"lastName\":\"B\",\"talentUserNumber\":\"1\",\"bio\":"
        + bio
        + "}";
  }

  private static String measured(String field) {
    return "[{\"id\":\"t1-next\",\"measurements\":{%s}}]".formatted(field);
  }

  static Stream<Arguments> wire() {
    return Stream.of(
        Arguments.of("wrong content length", BOARDS, wrongLength(BOARD, 500), "broke"),
        Arguments.of("length too short", BOARDS, wrongLength(BOARD, 12), "breaks off"),
        Arguments.of("chunks break off", BOARDS, cutOff(BOARD, 12), "broke"),
        Arguments.of("truncated", BOARDS, json(BOARD.substring(0, 12)), "breaks off"),
        Arguments.of("sends half and hangs", BOARDS, hangAfter(BOARD, 12), "broke"),
        Arguments.of("never answers", BOARDS, hangAfter("", 0), "broke"),
        Arguments.of("hangs up", BOARDS, hangUp(), "could not be reached"),
        Arguments.of("down", BOARDS, status(503), "503"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wire")
  void whatMayPassIsTriedThreeTimes(
      String name, String path, BlueTrouble.Answer answer, String words) {
    refused(path, answer, "failed", words, 3);
  }

  static Stream<Arguments> content() {
    String talents = TestBlue.PREFIX + "talents";
    String media = TestBlue.PREFIX + "portfolios/media";
    String measurements = TestBlue.PREFIX + "talents/measurements";
    return Stream.of(
        failed("not JSON", BOARDS, json("hello"), "is no JSON"),
        failed("another shape", BOARDS, json("{\"ok\": true}"), "without an array"),
        failed("a number", BOARDS, json("17"), "without an array"),
        failed("HTML with 200", BOARDS, html(200, "<html>Sorry</html>"), "is no JSON"),
        failed("two documents", BOARDS, json(BOARD + BOARD), "is no JSON"),
        failed("empty body", BOARDS, body(200, "application/json", ""), "empty"),
        failed("no content", BOARDS, status(204), "empty"),
        failed("not found", BOARDS, status(404), "404"),
        failed("refuses", BOARDS, status(401), "401"),
        failed("redirect", BOARDS, redirect(302, "https://elsewhere.example/"), "302"),
        failed("circle", BOARDS, redirect(301, BOARDS), "301"),
        failed("deep", talents, json(talents(talent(nested(5_000)))), "nested"),
        failed("long text", talents, longText(25), "too long"),
        rejected("no key", BOARDS, json("[{\"title\":\"A\"}]"), "id is missing"),
        rejected("a number as element", BOARDS, json("[1]"), "set aside"),
        rejected("text as element", BOARDS, json("[\"b1\"]"), "set aside"),
        rejected("null as element", BOARDS, json("[null]"), "set aside"),
        rejected("nothing", BOARDS, json("[]"), "boards: 0 rows, live are 1"),
        rejected(
            "contradiction",
            BOARDS,
            json(BOARD.replace("]", ",{\"id\":\"b1-next\",\"title\":\"B\"}]")),
            "share the key"),
        rejected("dangling", BOARDS, json(BOARD.replace("b1", "b2")), "is in no row of boards"),
        rejected("NUL", talents, json(talents(talent("\"a\\u0000\""))), "NUL"),
        rejected("half a character", talents, json(talents(talent("\"\\ud83d\""))), "half a"),
        rejected("key of 5 kB", BOARDS, json(BOARD.replace("b1", noise(5_000))), "too long"),
        rejected(
            "integer out of range",
            media,
            json(
                "[{\"portfolioId\":\"p1-next\",\"media\":[{\"id\":\"m1-next\",\"type\":\"image\",\"url\":\"u\",\"order\":99999999999}]}]"),
            "order is no integer"),
        rejected(
            "exponent", measurements, json(measured("\"heightCm\":1e99999")), "height_cm is no"),
        rejected(
            "digits",
            measurements,
            json(measured("\"heightCm\":\"" + "9".repeat(200_000) + "\"")),
            "height_cm is no"),
        rejected(
            "time of a far future",
            measurements,
            json(measured("\"createdAt\":1000000000000000000")),
            "created_at is no"),
        rejected(
            "time that is no long",
            measurements,
            json(measured("\"createdAt\":" + "9".repeat(30))),
            "created_at is no"));
  }

  private static Arguments failed(
      String name, String path, BlueTrouble.Answer answer, String words) {
    return Arguments.of(name, path, answer, "failed", words);
  }

  private static Arguments rejected(
      String name, String path, BlueTrouble.Answer answer, String words) {
    return Arguments.of(name, path, answer, "rejected", words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("content")
  void whatStaysWrongIsAskedForOnce(
      String name, String path, BlueTrouble.Answer answer, String status, String words) {
    refused(path, answer, status, words, 1);
  }

  private void refused(
      String path, BlueTrouble.Answer answer, String status, String words, int requests) {
    TestBlue.edition(TestBlue.SERVER, TALENTS, "next");
    TestBlue.SERVER.answer(path, answer);
    int before = TestBlue.SERVER.count(path);

    JsonNode run = run();

    assertThat(word(run, "status")).as(run.toString()).isEqualTo(status);
    assertThat(word(run, "error")).contains(words).contains("what is live stays");
    assertThat(TestBlue.SERVER.count(path) - before).isEqualTo(requests);
    assertThat(
            api.get("/api/v1/runs/" + word(run, "id") + "/items?status=failed")
                .body()
                .get("items")
                .findValuesAsText("attempts"))
        .allSatisfy(
            attempts -> assertThat(Integer.parseInt(attempts)).isGreaterThanOrEqualTo(requests));
    assertThat(rows()).isEqualTo(live);
    assertThat(api.get("/api/v1/releases").body().get(0).get("status").asText()).isEqualTo(status);
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  /** Not compressible, so that no index can make it shorter. */
  private static String noise(int length) {
    return new Random(1)
        .ints(length, 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static BlueTrouble.Answer longText(int megabytes) {
    String whole = talents(talent("\"{n}\""));
    String before = whole.substring(0, whole.indexOf("{n}"));
    String after = whole.substring(whole.indexOf("{n}") + 3);
    return repeat(before, "x".repeat(1_000_000), megabytes, after);
  }

  static Stream<Arguments> readable() {
    byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    return Stream.of(
        Arguments.of("packed", gzip(BOARD)),
        Arguments.of("byte order mark", json(new String(mark, StandardCharsets.UTF_8) + BOARD)),
        Arguments.of("a name twice", json(BOARD.replace("\"title\"", "\"title\":\"A\",\"title\""))),
        Arguments.of("down twice", null));
  }

  /** Odd, but nobody can misunderstand it; it is published, and taken back by activating. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("readable")
  void whatCanBeReadIsPublished(String name, BlueTrouble.Answer answer) {
    TestBlue.edition(TestBlue.SERVER, TALENTS, "next");
    if (answer == null) {
      TestBlue.SERVER.answer(BOARDS, status(503), status(503), json(BOARD));
    } else {
      TestBlue.SERVER.answer(BOARDS, answer);
    }

    JsonNode run = run();

    assertThat(word(run, "status")).as(run.toString()).isEqualTo("succeeded");
    assertThat(editions()).containsExactly("next");
    assertThat(jdbc.sql("select title from green.boards_current").query(String.class).single())
        .isEqualTo("Main");
    backToTheFirst();
  }

  private void backToTheFirst() {
    TestBlue.edition(TestBlue.SERVER, TALENTS, "first");
    assertThat(word(api.run("bluegreen", ALL), "status")).isEqualTo("succeeded");
    assertThat(rows()).isEqualTo(live);
  }

  /** RFC 8259 wants UTF-8. What came in UTF-16 is read rightly or refused, never garbled. */
  @Test
  void otherCharacterSetsGarbleNothing() {
    TestBlue.edition(TestBlue.SERVER, TALENTS, "next");
    TestBlue.SERVER.answer(
        BOARDS,
        (exchange, closed) -> {
          byte[] bytes = BOARD.replace("Main", "Øst").getBytes(StandardCharsets.UTF_16);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });

    JsonNode run = run();

    if (word(run, "status").equals("succeeded")) {
      assertThat(jdbc.sql("select title from green.boards_current").query(String.class).list())
          .containsExactly("Øst");
      backToTheFirst();
    } else {
      assertThat(word(run, "error")).contains(BOARDS, "what is live stays").contains("JSON");
      assertThat(rows()).isEqualTo(live);
    }
  }

  @Test
  void theSecondOfTwoRunsAtOnceIsSkipped() {
    String first = startAndHold("next");

    JsonNode second = run();

    assertThat(word(second, "status")).isEqualTo("skipped");
    assertThat(word(second, "reason")).contains("still running", first);
    gate.countDown();
    assertThat(word(api.finished(first), "status")).isEqualTo("succeeded");
    assertThat(editions()).containsExactly("next");
    backToTheFirst();
  }

  /** D6: a retry is no whole run for the ledger, but with all paths it makes a whole release. */
  @Test
  void aRetryBesideARunMixesNothing() {
    List<String> paths =
        EntityFileTest.shipped().byPath().keySet().stream()
            .peek(path -> TestBlue.SERVER.answer(path, status(404)))
            .toList();
    JsonNode failed = run();
    assertThat(failed.get("counts").get("failed").asInt()).isEqualTo(paths.size());
    String slow = startAndHold("next");
    loaded(slow, paths.size() - 1);
    TestBlue.edition(TestBlue.SERVER, TALENTS, "other");

    Api.Answer retry =
        api.post("/api/v1/runs/" + failed.get("id").asText() + "/retry-failed", null);
    if (retry.status() == 202) {
      loaded(retry.body().get("runId").asText(), paths.size() - 1);
    }
    gate.countDown();
    JsonNode ended = api.finished(slow);
    if (retry.status() == 202) {
      api.finished(retry.body().get("runId").asText());
    }

    assertThat(word(ended, "status")).as(ended.toString()).isEqualTo("succeeded");
    assertThat(editions()).hasSize(1).containsAnyOf("next", "other");
    backToTheFirst();
  }

  /** Waits until so many payloads of a run are loaded, or it has ended without them. */
  private void loaded(String run, int payloads) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                api.get("/api/v1/runs/" + run + "/items?status=succeeded")
                            .body()
                            .get("items")
                            .size()
                        >= payloads
                    || !api.get("/api/v1/runs/" + run).body().get("finishedAt").isNull());
  }

  @Test
  void aPinDuringARunIsObeyed() {
    String run = startAndHold("next");
    int pinned =
        jdbc.sql("select release from bluegreen.release where status = 'live'")
            .query(Integer.class)
            .single();
    assertThat(api.post("/api/v1/releases/%d/pin".formatted(pinned), null).status()).isEqualTo(200);
    try {
      gate.countDown();
      JsonNode ended = api.finished(run);

      assertThat(word(ended, "status")).as(ended.toString()).isIn("rejected", "failed");
      assertThat(word(ended, "error")).contains("pinned");
      assertThat(rows()).isEqualTo(live);
    } finally {
      api.call("DELETE", "/api/v1/releases/%d/pin".formatted(pinned), null, Map.of());
    }
  }

  @Test
  void aCancelledRunChangesNothing() {
    String run = startAndHold("next");

    assertThat(api.post("/api/v1/runs/" + run + "/cancel", null).status()).isEqualTo(202);
    gate.countDown();

    JsonNode ended = api.finished(run);
    assertThat(word(ended, "status")).as(ended.toString()).isEqualTo("cancelled");
    assertThat(rows()).isEqualTo(live);
  }

  /**
   * @return the run, which waits for one of its payloads until the gate is opened
   */
  private String startAndHold(String edition) {
    gate = new CountDownLatch(1);
    TestBlue.edition(TestBlue.SERVER, TALENTS, edition);
    TestBlue.SERVER.answer(BOARDS, held(gate, BOARD.replace("-next", "-" + edition)));
    int before = TestBlue.SERVER.count(BOARDS);
    String run = word(api.post("/api/v1/pipelines/bluegreen/runs", "{}").body(), "runId");
    await().atMost(PATIENCE).until(() -> TestBlue.SERVER.count(BOARDS) > before);
    return run;
  }

  /** White space until the gate is open, so that nobody takes the source for dead. */
  private static BlueTrouble.Answer held(CountDownLatch gate, String text) {
    return (exchange, closed) -> {
      exchange.sendResponseHeaders(200, 0);
      while (!gate.await(200, TimeUnit.MILLISECONDS)) {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
      }
      exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
      exchange.close();
    };
  }
}
