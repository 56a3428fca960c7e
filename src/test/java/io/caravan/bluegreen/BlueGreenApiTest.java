package io.caravan.bluegreen;

import static io.caravan.bluegreen.BlueTrouble.cutOff;
import static io.caravan.bluegreen.BlueTrouble.html;
import static io.caravan.bluegreen.BlueTrouble.json;
import static io.caravan.bluegreen.BlueTrouble.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.failure.ConflictException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs over the whole application; what readers see is asked of the views. */
@CaravanTest
class BlueGreenApiTest {
  @Autowired JdbcClient jdbc;
  @Autowired Publisher publisher;
  @Autowired Releases releases;
  private Api api;

  @BeforeEach
  void beginWithoutReleases(@LocalServerPort int port) {
    api = new Api(port);
    TestBlue.forgetReleases(jdbc);
    TestBlue.agency(10, "first");
  }

  @AfterEach
  void forget() {
    TestBlue.forgetReleases(jdbc);
  }

  private JsonNode run(String body) {
    return api.run("bluegreen", body);
  }

  private List<JsonNode> releases() {
    return StreamSupport.stream(api.get("/api/v1/releases").body().spliterator(), false).toList();
  }

  private List<String> seen() {
    return jdbc.sql(
            """
            select t.id || ' ' || t.bio || ' ' || count(*)
              from green.talents_current t
              join green.boards_talents_current b on b.talent_id = t.id
              join green.talents_portfolios_current p on p.talent_id = t.id
              join green.portfolios_media_current m on m.portfolio_id = p.id
              join green.media_tags_junction_current j on j.media_id = m.id
             group by t.id, t.bio order by t.id
            """)
        .query(String.class)
        .list();
  }

  @Test
  void everythingIsPublishedAtOnceAndAnUnchangedPayloadWritesNothing() {
    JsonNode first = run("{}");

    assertThat(first.get("status").asText()).as(first.toString()).isEqualTo("succeeded");
    assertThat(first.get("report").get("success").asBoolean()).isTrue();
    assertThat(seen()).hasSize(10).contains("t1 first 1");
    assertThat(releases()).hasSize(1);
    assertThat(releases().getFirst().get("entities")).hasSize(10);

    JsonNode again = run("{}");
    assertThat(again.get("report").get("unchanged").asBoolean()).as(again.toString()).isTrue();
    assertThat(again.get("counts").get("skipped").asInt()).isEqualTo(9);
    assertThat(releases()).hasSize(1);
  }

  @Test
  void aReleaseTellsWhatItChanges() {
    run("{}");
    TestBlue.agency(11, "second");

    run("{}");

    JsonNode live = releases().getFirst();
    assertThat(live.get("status").asText()).isEqualTo("live");
    JsonNode talents =
        StreamSupport.stream(live.get("entities").spliterator(), false)
            .filter(part -> part.get("entity").asText().equals("talents"))
            .findFirst()
            .orElseThrow();
    assertThat(talents.get("added").asInt()).isEqualTo(1);
    assertThat(talents.get("changed").asInt()).isEqualTo(10);
    assertThat(talents.get("removed").asInt()).isZero();
    assertThat(talents.get("version").asInt()).isEqualTo(2);
    assertThat(
            jdbc.sql(
                    "select active_version || ' ' || backup_version from green.sync_metadata where"
                        + " entity_name = 'talents'")
                .query(String.class)
                .single())
        .isEqualTo("2 1");
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of("down", status(503), "failed", "503"),
        Arguments.of("refuses", status(401), "failed", "401"),
        Arguments.of("error page", html(200, "<html>Sorry</html>"), "failed", "no JSON"),
        Arguments.of(
            "breaks off", cutOff("[{\"id\":\"t1\",\"firstName\":\"A\"}]", 12), "failed", ""),
        Arguments.of("another shape", json("{\"ok\": true}"), "failed", "without an array"),
        Arguments.of("empty", json("[]"), "rejected", "live are 10"),
        Arguments.of(
            "without keys",
            json("[{\"firstName\":\"A\"}]"),
            "rejected",
            "1 of 1 records set aside"));
  }

  /** D1, D2, D5: a source in trouble changes nothing for readers. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void whatIsLiveSurvives(String name, BlueTrouble.Answer answer, String status, String words) {
    run("{}");
    List<String> before = seen();
    TestBlue.agency(10, "second");
    TestBlue.SERVER.answer(TestBlue.PREFIX + "talents", answer);

    JsonNode run = run("{}");

    assertThat(run.get("status").asText()).as(run.toString()).isEqualTo(status);
    assertThat(run.get("error").asText()).contains(words);
    assertThat(seen()).isEqualTo(before);
    assertThat(releases().getFirst().get("status").asText()).isEqualTo(status);
  }

  @Test
  void aDanglingReferenceIsRefusedAndForcePublishesIt() {
    run("{}");
    TestBlue.agency(9, "first");
    TestBlue.SERVER.answer(
        TestBlue.PREFIX + "boards/talents",
        json(
            "[{\"boardId\":\"b1\",\"talents\":[{\"id\":\"t10\"}, {\"id\":\"t1\"}, {\"id\":\"t2\"},"
                + " {\"id\":\"t3\"}, {\"id\":\"t4\"}, {\"id\":\"t5\"}]}]"));

    JsonNode refused = run("{}");
    assertThat(refused.get("status").asText()).isEqualTo("rejected");
    assertThat(refused.get("error").asText())
        .contains("boards_talents: 1 rows whose talent_id is in no row of talents");
    assertThat(seen()).hasSize(10);

    JsonNode forced = run("{\"force\": true, \"reason\": \"t10 left the agency\"}");
    assertThat(forced.get("status").asText()).as(forced.toString()).isEqualTo("succeeded");
    assertThat(seen()).hasSize(5);
    assertThat(releases().getFirst().get("reason").asText()).isEqualTo("t10 left the agency");
  }

  @Test
  void anOlderReleaseComesBackAndAPinnedOneStays() {
    run("{}");
    TestBlue.agency(10, "second");
    run("{}");

    Api.Answer back = api.post("/api/v1/releases/1/activate", "{\"reason\": \"second was wrong\"}");
    assertThat(back.status()).as(back.raw().body()).isEqualTo(200);
    assertThat(seen()).contains("t1 first 1");
    assertThat(releases())
        .extracting(r -> r.get("status").asText())
        .containsExactly("kept", "live");

    Api.Answer kept = api.post("/api/v1/releases/2/pin", null);
    assertThat(kept.status()).as(kept.raw().body()).isEqualTo(409);
    assertThat(api.post("/api/v1/releases/1/pin", null).status()).isEqualTo(200);
    JsonNode pinned = run("{}");
    assertThat(pinned.get("status").asText()).isEqualTo("rejected");
    assertThat(pinned.get("error").asText()).contains("Release 1 is pinned");
    assertThat(api.post("/api/v1/releases/2/activate", "{\"reason\": \"x\"}").status())
        .isEqualTo(409);

    assertThat(api.call("DELETE", "/api/v1/releases/1/pin", null, Map.of()).status())
        .isEqualTo(200);
    assertThat(run("{}").get("status").asText()).isEqualTo("succeeded");
    assertThat(seen()).contains("t1 second 1");
    assertThat(api.post("/api/v1/releases/99/activate", "{\"reason\": \"x\"}").status())
        .isEqualTo(404);
  }

  @Test
  void threeReleasesAreKeptAndViewsOfUsersStand() {
    run("{}");
    jdbc.sql("create view green.mine as select id, bio from green.talents_current").update();
    for (int n = 2; n <= 6; n++) {
      TestBlue.agency(10, "edition " + n);
      assertThat(run("{}").get("status").asText()).isEqualTo("succeeded");
    }

    assertThat(releases()).hasSize(3);
    assertThat(jdbc.sql("select distinct bio from green.mine").query(String.class).list())
        .containsExactly("edition 6");
    assertThat(
            jdbc.sql(
                    "select count(*) from pg_tables where schemaname = 'green' and tablename like"
                        + " 'talents\\_v%'")
                .query(Integer.class)
                .single())
        .isEqualTo(3);
  }

  @Test
  void failedPayloadsAloneMakeNoRelease() {
    run("{}");
    List<String> before = seen();
    TestBlue.agency(10, "second");
    TestBlue.SERVER.answer(TestBlue.PREFIX + "talents", status(404));
    String failed = run("{}").get("id").asText();
    TestBlue.agency(10, "second");

    Api.Answer retry = api.post("/api/v1/runs/" + failed + "/retry-failed", null);

    JsonNode run = api.finished(retry.body().get("runId").asText());
    assertThat(run.get("status").asText()).isEqualTo("failed");
    assertThat(run.get("error").asText()).contains("start a whole run");
    assertThat(seen()).isEqualTo(before);
  }

  @Test
  void aLimitIsRefusedBeforeAnythingIsFetched() {
    JsonNode run = run("{\"limit\": 1}");

    assertThat(run.get("status").asText()).isEqualTo("failed");
    assertThat(run.get("error").asText()).contains("leave out limit");
    assertThat(run("{\"only\": [\"x\"]}").get("error").asText())
        .contains("There is no entity of that name; there is talents, ");
    assertThat(releases()).isEmpty();
  }

  /** A run may take the tables of an old release between the look at it and its publishing. */
  @Test
  void aReleaseWhoseTablesWereTakenMeanwhileIsNotPublished() {
    run("{}");
    TestBlue.agency(10, "second");
    run("{}");
    Releases.Release first = releases.get(1);
    jdbc.sql("update bluegreen.release set status = 'gone' where release = 1").update();

    assertThatThrownBy(() -> publisher.publish(first)).isInstanceOf(ConflictException.class);

    assertThat(seen()).contains("t1 second 1");
    assertThat(releases()).extracting(r -> r.get("status").asText()).containsExactly("live");
  }

  private List<String> told() {
    return jdbc.sql(
            """
            select message_type || ' ' || content || ' ' || coalesce(blocks::text, '') from caravan.slack_message_tracking
             where message_type like 'bluegreen-%' order by created_at
            """)
        .query(String.class)
        .list();
  }

  /** Once each: what was published, refused with its numbers, failed, or taken back. */
  @Test
  void theDataTeamIsToldOnce() {
    jdbc.sql("delete from caravan.slack_message_tracking where message_type like 'bluegreen-%'")
        .update();
    run("{}");
    TestBlue.agency(11, "second");
    run("{}");
    await().untilAsserted(() -> assertThat(told()).hasSize(2));
    assertThat(told().getLast())
        .contains(
            "bluegreen-release-published", "Release 2 is live", "talents`: 1 added, 10 changed");

    TestBlue.SERVER.answer(TestBlue.PREFIX + "talents", json("[]"));
    run("{}");
    run("{}");
    await().untilAsserted(() -> assertThat(told()).hasSize(3));
    assertThat(told().getLast())
        .contains(
            "bluegreen-release-rejected", "Release 3 was refused", "talents: 0 rows, live are 11");

    TestBlue.SERVER.answer(TestBlue.PREFIX + "talents", status(404));
    run("{}");
    run("{}");
    await().untilAsserted(() -> assertThat(told()).hasSize(4));
    assertThat(told().getLast()).contains("bluegreen-release-failed", "HTTP status 404");

    api.post("/api/v1/releases/1/activate", "{\"reason\": \"<second> was wrong\"}");
    await().untilAsserted(() -> assertThat(told()).hasSize(5));
    assertThat(told().getLast())
        .contains(
            "bluegreen-release-activated", "Release 1 is live again", "&lt;second&gt; was wrong");
  }

  @Test
  void aDryRunTellsWhatWouldBePublished() {
    run("{}");
    List<String> before = seen();
    TestBlue.agency(11, "second");

    JsonNode dry = run("{\"dryRun\": true}");

    assertThat(dry.get("status").asText()).as(dry.toString()).isEqualTo("succeeded");
    assertThat(dry.get("report").get("success").asBoolean()).isTrue();
    assertThat(dry.get("report").get("release").get("audits")).isNotEmpty();
    assertThat(dry.get("report").get("release").get("entities").toString()).contains("\"added\":1");
    assertThat(seen()).isEqualTo(before);
    assertThat(releases()).hasSize(1);
    TestBlue.SERVER.answer(TestBlue.PREFIX + "talents", json("[]"));
    JsonNode refused = run("{\"dryRun\": true}");
    assertThat(refused.get("report").get("success").asBoolean()).as(refused.toString()).isFalse();
    assertThat(seen()).isEqualTo(before);
  }

  /** What is live is named to the source, which then need not send it again. */
  @Test
  void aSourceIsAskedWhetherItHasSomethingNewer() {
    String path = TestBlue.PREFIX + "boards";
    String board = "[{\"id\": \"b1\", \"title\": \"Main\"}]";
    TestBlue.SERVER.answer(
        path,
        BlueTrouble.with(
            "ETag",
            "\"e1\"",
            BlueTrouble.with("Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT", json(board))));
    run("{}");
    TestBlue.SERVER.answer(path, status(304));

    JsonNode unchanged = run("{}");

    assertThat(unchanged.get("report").get("unchanged").asBoolean())
        .as(unchanged.toString())
        .isTrue();
    var asked = TestBlue.SERVER.requests(path).getLast().headers();
    assertThat(asked.getFirst("If-None-Match")).isEqualTo("\"e1\"");
    assertThat(asked.getFirst("If-Modified-Since")).isEqualTo("Sun, 22 Nov 2026 10:00:00 GMT");

    TestBlue.agency(11, "second");
    TestBlue.SERVER.answer(path, status(304));
    JsonNode others = run("{}");
    assertThat(others.get("status").asText()).as(others.toString()).isEqualTo("succeeded");
    assertThat(seen()).hasSize(11);

    run("{\"force\": true, \"reason\": \"all anew\"}");
    assertThat(TestBlue.SERVER.requests(path).getLast().headers())
        .doesNotContainKey("If-none-match");
  }

  @Test
  void theRawJsonOfARunIsKept() {
    for (int n = 1; n <= 5; n++) {
      TestBlue.agency(3, "edition " + n);
      run("{}");
    }

    assertThat(
            jdbc.sql("select data -> 0 ->> 'bio' from green.talents_json order by created_at")
                .query(String.class)
                .list())
        .containsExactly("edition 3", "edition 4", "edition 5");
    assertThat(
            jdbc.sql(
                    "select count(*) from pg_class where relnamespace = 'green'::regnamespace and"
                        + " relname like 'talents\\_json\\__%' and relkind = 'r'")
                .query(Integer.class)
                .single())
        .isEqualTo(3);
    JsonNode again = run("{\"only\": [\"Talents\"], \"force\": true, \"reason\": \"made anew\"}");
    assertThat(again.get("status").asText()).as(again.toString()).isEqualTo("succeeded");
    assertThat(seen()).contains("t1 edition 5 1");
  }

  @Test
  void aCancelledRunLeavesNoReleaseBehind() {
    run("{}");
    TestBlue.agency(3, "second");
    TestBlue.SERVER.answer(
        TestBlue.PREFIX + "talents", BlueTrouble.hangAfter("[{\"id\":\"t1\"}]", 8));
    String run = api.post("/api/v1/pipelines/bluegreen/runs", "{}").body().get("runId").asText();
    await().until(() -> TestBlue.SERVER.count(TestBlue.PREFIX + "talents") > 1);

    api.post("/api/v1/runs/" + run + "/cancel", null);

    assertThat(api.finished(run).get("status").asText()).isEqualTo("cancelled");
    assertThat(seen()).hasSize(10);
    assertThat(
            jdbc.sql("select count(*) from bluegreen.release where status = 'building'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  private static BlueTrouble.Answer board(String title, String etag) {
    return BlueTrouble.with(
        "ETag", etag, json("[{\"id\": \"b1\", \"title\": \"%s\"}]".formatted(title)));
  }

  /** "Nothing new" is about what was live when it was asked, and is never loaded as no rows. */
  @Test
  void anotherReleaseMadeLiveWhileTheSourceIsAskedHasItAskedAgain() {
    String path = TestBlue.PREFIX + "boards";
    TestBlue.SERVER.answer(path, board("Main", "\"e1\""));
    run("{}");
    TestBlue.SERVER.answer(path, board("Other", "\"e2\""));
    run("{}");
    TestBlue.SERVER.answer(
        path,
        (exchange, closed) -> {
          api.post("/api/v1/releases/1/activate", "{\"reason\": \"test\"}");
          status(304).send(exchange, closed);
        },
        board("Other", "\"e2\""));

    JsonNode run = run("{}");

    assertThat(run.get("status").asText()).as(run.toString()).isEqualTo("succeeded");
    assertThat(jdbc.sql("select title from green.boards_current").query(String.class).list())
        .containsExactly("Other");
    assertThat(TestBlue.SERVER.requests(path).getLast().headers())
        .doesNotContainKey("If-none-match");
  }

  @Test
  void whatIsPublishedIsNotCalledFailedAfterwards() {
    run("{}");

    releases.end(1, "failed", "the answer to its publishing was lost", null);

    assertThat(releases.get(1).status()).isEqualTo("live");
    assertThat(releases.get(1).reason()).isNull();
  }

  @Test
  void anEntityThatTheFileNoLongerHasDoesNotStopTheOthers() {
    run("{}");
    jdbc.sql(
            """
            insert into bluegreen.release_entity (release, entity, version, rows, payload_hash)
            values (1, 'former', 1, 1, '')
            """)
        .update();

    JsonNode run = run("{\"only\": [\"boards\"], \"force\": true, \"reason\": \"test\"}");

    assertThat(run.get("status").asText()).as(run.toString()).isEqualTo("succeeded");
    assertThat(releases.get(2).entities()).hasSize(10);
  }
}
