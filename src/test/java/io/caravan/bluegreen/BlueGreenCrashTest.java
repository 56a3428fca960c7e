package io.caravan.bluegreen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanProcess;
import io.caravan.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Kills the real process in the midst of runs; what readers see is asked of the database. */
class BlueGreenCrashTest {
  /** Ten with -Dcrash.kills=10, which takes some minutes. */
  private static final int KILLS = Integer.getInteger("crash.kills", 2);

  private static final int TALENTS = 4_000;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final PGSimpleDataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final BlueTrouble source = new BlueTrouble();
  private final Map<String, String> environment = new HashMap<>();
  @TempDir private Path folder;
  private int edition;
  private String story = "seed " + seed;

  @BeforeEach
  void prepare() throws IOException {
    environment.putAll(
        CaravanProcess.environment(
            database,
            Map.of(
                "SOURCE_API_URL",
                source.url(),
                "JAVA_TOOL_OPTIONS",
                "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")))));
  }

  @AfterEach
  void close() {
    source.close();
  }

  /**
   * Every other kill hits a run that the process before it had begun, so that each kill needs only
   * one start.
   */
  @Test
  void killsLeaveAWholeReleaseAndRunsThatEnd() throws Exception {
    String run;
    long usual;
    try (CaravanProcess process = new CaravanProcess(folder, environment)) {
      Api api = new Api(process.port());
      succeeded(api, start(api));
      long begin = System.nanoTime();
      succeeded(api, start(api));
      usual = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      run = start(api);
      killSomewhere(process, usual, 0);
    }
    for (int kill = 1; kill < KILLS; kill++) {
      try (CaravanProcess process = new CaravanProcess(folder, environment)) {
        Api api = new Api(process.port());
        if (kill % 2 == 0) {
          succeeded(api, run);
          run = start(api);
        } else {
          awaitResumed(api, run);
        }
        killSomewhere(process, usual, kill);
      }
    }
    try (CaravanProcess process = new CaravanProcess(folder, environment)) {
      Api api = new Api(process.port());
      succeeded(api, run);
      succeeded(api, start(api));
      process.stop();
    }
    nothingIsLeftBehind();
  }

  private String start(Api api) {
    TestBlue.edition(source, TALENTS, "e" + ++edition);
    return api.post("/api/v1/pipelines/bluegreen/runs", "{}").body().get("runId").asText();
  }

  private void awaitResumed(Api api, String run) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              JsonNode now = api.get("/api/v1/runs/" + run).body();
              return now.get("attempt").asInt() > 1 || !now.get("finishedAt").isNull();
            });
  }

  /** Spread over the run, in any order. */
  private void killSomewhere(CaravanProcess process, long usual, int kill) throws Exception {
    long after = (long) (usual * (kill * 7 % KILLS + random.nextDouble()) / KILLS);
    story += ", kill %d after %d of %d ms".formatted(kill, after, usual);
    TimeUnit.MILLISECONDS.sleep(after);
    process.kill();
    noSessionIsLeft();
    assertThat(liveEdition()).as(story).isIn("e" + edition, "e" + (edition - 1));
  }

  private void noSessionIsLeft() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                jdbc.sql(
                            "select count(*) from pg_stat_activity where datname ="
                                + " current_database() and pid <> pg_backend_pid()")
                        .query(Integer.class)
                        .single()
                    == 0);
  }

  /**
   * @return the one edition that all ten views show, each of them whole
   */
  private String liveEdition() {
    List<String> editions =
        jdbc.sql("select distinct edition from (%s) as all_views".formatted(TestBlue.editions()))
            .query(String.class)
            .list();
    assertThat(editions).as(story).hasSize(1);
    assertThat(
            jdbc.sql("select entity || ' ' || rows from (%s) as e".formatted(TestBlue.editions()))
                .query(String.class)
                .list())
        .as(story)
        .hasSize(10)
        .allMatch(
            entity ->
                entity.endsWith(" " + TALENTS)
                    || entity.equals("boards 1")
                    || entity.equals("media_tags 1"));
    assertThat(
            jdbc.sql(
                    "select count(*) || ' of ' || count(distinct release) from green.sync_metadata")
                .query(String.class)
                .single())
        .as(story)
        .isEqualTo("10 of 1");
    return editions.getFirst();
  }

  private void succeeded(Api api, String run) {
    JsonNode ended = api.finished(run);
    assertThat(ended.get("status").asText()).as(story + ended).isEqualTo("succeeded");
    assertThat(liveEdition()).as(story).isEqualTo("e" + edition);
    assertThat(
            jdbc.sql(
                    "select status from bluegreen.release where release = (select min(release) from"
                        + " green.sync_metadata)")
                .query(String.class)
                .single())
        .as(story)
        .isEqualTo("live");
    assertThat(
            jdbc.sql(
                    "select release from bluegreen.release join caravan.run on run.id = run_id"
                        + " where release.status = 'building' and finished_at is not null")
                .query(Integer.class)
                .list())
        .as(story)
        .isEmpty();
  }

  private void nothingIsLeftBehind() throws IOException {
    List<String> entities = EntityFileTest.shipped().entities().stream().map(Entity::name).toList();
    assertThat(
            jdbc.sql("select tablename from pg_tables where schemaname = 'green'")
                .query(String.class)
                .list())
        .as(story)
        .allMatch(
            table ->
                table.equals("sync_metadata")
                    || entities.contains(table.replaceFirst("_(v[123]|json(_\\d+)?)$", "")));
    try (var files = Files.list(folder.resolve("tmp"))) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("caravan-payload")))
          .as(story)
          .allSatisfy(file -> assertThat(file).isEmptyFile());
    }
  }
}
