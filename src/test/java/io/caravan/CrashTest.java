package io.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.blue.TestGreen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Kills the real process with SIGKILL in the middle of a run and looks at what the next one makes
 * of it.
 */
class CrashTest {

  /**
   * Columns that take a while to read, and whose readings the source counts: sessions are
   * read-only, but how often a function was called is counted all the same.
   */
  private static Customer withSlowColumns(Api api, int count) {
    Customer shop = new Customer(api, "Shop");
    shop.execute("alter database %s set track_functions = 'all'".formatted(shop.database()));
    shop.searchable(
        IntStream.range(0, count)
            .mapToObj(
                n -> {
                  shop.execute(
                      """
                      create function read_%1$d() returns text volatile language plpgsql
                      as $$ begin perform pg_sleep(0.2); return 'value %1$d'; end $$
                      """
                          .formatted(n),
                      "create view v_%1$d as select read_%1$d() as name".formatted(n));
                  return shop.column("v_" + n, "name");
                })
            .toArray(ObjectNode[]::new));
    return shop;
  }

  /** How often each column was read, once no session of Caravan's is left. */
  private static Map<String, Long> readings(Customer shop) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                shop.jdbc
                        .sql(
                            "select count(*) from pg_stat_activity where datname = ? and pid <>"
                                + " pg_backend_pid()")
                        .param(shop.database())
                        .query(Integer.class)
                        .single()
                    == 0);
    Map<String, Long> readings = new TreeMap<>();
    shop.jdbc
        .sql("select 'v_' || substr(funcname, 6) as name, calls from pg_stat_user_functions")
        .query(
            row -> {
              readings.put(row.getString("name"), row.getLong("calls"));
            });
    return readings;
  }

  private static String start(Api api) {
    return api.post("/api/v1/pipelines/valuesync/runs", "{}").body().get("runId").asText();
  }

  private static List<JsonNode> done(Api api, String run) {
    List<JsonNode> items = new java.util.ArrayList<>();
    api.get("/api/v1/runs/" + run + "/items?status=succeeded")
        .body()
        .get("items")
        .forEach(items::add);
    return items;
  }

  private static void awaitDone(Api api, String run, int count) {
    await().atMost(Duration.ofSeconds(90)).until(() -> done(api, run).size() >= count);
  }

  private static void isWhole(JsonNode run, int columns) {
    assertThat(run.get("status").asText()).as(run.toString()).isEqualTo("succeeded");
    assertThat(run.get("attempt").asInt()).isEqualTo(2);
    JsonNode report = run.get("report");
    assertThat(report.get("totalColumns").asInt()).isEqualTo(columns);
    assertThat(report.get("successfulSyncs").asInt()).isEqualTo(columns);
    assertThat(report.get("totalValuesProcessed").asInt()).isEqualTo(columns);
    assertThat(report.get("errors")).isEmpty();
  }

  @Test
  void aKilledRunGoesOnByItselfAndReadsNoFinishedColumnAgain(@TempDir Path folder)
      throws Exception {
    PGSimpleDataSource database = TestDatabase.migrated();
    Map<String, String> environment = CaravanProcess.environment(database, Map.of());
    Customer shop;
    String run;
    try (CaravanProcess first = new CaravanProcess(folder, environment)) {
      Api api = new Api(first.port());
      shop = withSlowColumns(api, 40);
      run = start(api);
      awaitDone(api, run, 8);
      first.kill();
    }
    Map<String, Long> before = readings(shop);

    List<String> finished;
    JsonNode whole;
    List<JsonNode> items;
    try (CaravanProcess second = new CaravanProcess(folder, environment)) {
      Api api = new Api(second.port());
      finished =
          done(api, run).stream()
              .filter(item -> item.get("attempts").asInt() == 1)
              .filter(item -> before.containsKey(table(item)))
              .map(CrashTest::table)
              .toList();
      whole = api.finished(run);
      items = done(api, run);
      second.kill();
    }
    Map<String, Long> after = readings(shop);

    isWhole(whole, 40);
    assertThat(items).hasSize(40);
    assertThat(finished).hasSizeBetween(8, 39);
    finished.forEach(table -> assertThat(after.get(table)).as(table).isEqualTo(before.get(table)));
    assertThat(after).hasSize(40);
    assertThat(Files.exists(folder.resolve("data"))).as("needs nothing of its own").isFalse();
  }

  private static String table(JsonNode item) {
    return item.get("title").asText().replaceFirst("^.*\\b(v_\\d+)\\b.*$", "$1");
  }

  @Test
  void theEmbeddedDatabaseSurvivesAKillAndBelongsToOneProcess(@TempDir Path folder)
      throws Exception {
    String run;
    try (CaravanProcess first = new CaravanProcess(folder, Map.of())) {
      Api api = new Api(first.port(), token(folder));
      withSlowColumns(api, 16);
      try (CaravanProcess other = new CaravanProcess(folder, Map.of())) {
        assertThat(other.exitStatus()).as(other.output()).isEqualTo(2);
        assertThat(other.output())
            .contains("Another Caravan", "already works in", "data")
            .doesNotContain("\tat ");
      }
      run = start(api);
      awaitDone(api, run, 2);
      first.kill();
    }

    try (CaravanProcess second = new CaravanProcess(folder, Map.of())) {
      Api api = new Api(second.port(), token(folder));
      isWhole(api.finished(run), 16);
      assertThat(second.output()).doesNotContain(token(folder));
      ownerOnly(folder.resolve("data"));
      second.stop();
    }
    assertThat(folder.resolve("data/postgres/postmaster.pid")).doesNotExist();
  }

  @Test
  void aSyncThatItsProcessFollowedIsShownAsEnded(@TempDir Path folder) throws Exception {
    Map<String, String> blue =
        Map.of("TARGET_API_URL", TestGreen.FIRST.url(), "SYNC_SECRET_KEY", TestGreen.SECRET);
    TestGreen.FIRST.goes("running");
    String killed;
    try (CaravanProcess first = new CaravanProcess(folder, blue)) {
      killed = sync(new Api(first.port(), token(folder)));
      first.kill();
    }
    String stopped;
    long stopping;
    try (CaravanProcess second = new CaravanProcess(folder, blue)) {
      Api api = new Api(second.port(), token(folder));
      interrupted(api.get("/api/v1/blue/status").body(), killed);
      stopped = sync(api);
      stopping = System.nanoTime();
      second.stop();
    } finally {
      TestGreen.FIRST.goes("succeeded");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(15));

    try (CaravanProcess third = new CaravanProcess(folder, Map.of())) {
      Api api = new Api(third.port(), token(folder));
      JsonNode status = api.get("/api/v1/blue/status").body();
      interrupted(status, stopped);
      assertThat(status.get("configured").asBoolean()).isFalse();
      Api.Answer refused = api.post("/api/v1/blue/sync", null);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body().get("detail").asText())
          .isEqualTo("The Blue side is not configured: set TARGET_API_URL and SYNC_SECRET_KEY.");
    }
  }

  /** Starts a sync and waits until Green was asked how it goes. */
  private static String sync(Api api) {
    Map<String, String> atOnce = Map.of("Prefer", "respond-async");
    JsonNode sync = api.call("POST", "/api/v1/blue/sync", null, atOnce).body();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !api.get("/api/v1/blue/status").body().at("/running/statusChecks").isEmpty());
    return sync.get("id").asText();
  }

  private static void interrupted(JsonNode status, String sync) {
    assertThat(status.get("running").isNull()).isTrue();
    assertThat(status.at("/lastSync/id").asText()).isEqualTo(sync);
    assertThat(status.at("/lastSync/status").asText()).isEqualTo("interrupted");
    assertThat(status.at("/lastSync/error").asText()).startsWith("The Caravan that followed");
  }

  private static String token(Path folder) throws IOException {
    return Files.readString(folder.resolve("data/secrets/api-token")).strip();
  }

  private static void ownerOnly(Path data) throws IOException {
    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(permissions(data.resolve("secrets"))).isEqualTo("rwx------");
    try (var secrets = Files.list(data.resolve("secrets"))) {
      assertThat(secrets.toList())
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
