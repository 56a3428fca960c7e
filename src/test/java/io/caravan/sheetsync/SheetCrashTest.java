package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.MULTILINE_TEXT;
import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanProcess;
import io.caravan.TestDatabase;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sandbox.Fault;
import io.caravan.sandbox.Fault.On;
import io.caravan.sandbox.Interceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Kills the real process in the midst of syncs, and lets two of them at one config. */
class SheetCrashTest {
  /** More with -Dcrash.kills=…; each costs the start of a process. */
  private static final int KILLS = Integer.getInteger("crash.kills", 2);

  private static final int AT_FIRST = 60;
  private static final int ID = 0;
  private static final int KEY = 1;
  private static final int NOTE = 2;

  private final long seed = Long.getLong("sheetsync.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final PGSimpleDataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final TestPairs standIns = new TestPairs();
  private final AirtableBase base = standIns.airtable.addBase("Crash " + seed);
  private final AirtableTable table =
      base.addTable("Things", AirtableField.of("Key", SINGLE_LINE_TEXT))
          .add(AirtableField.of("Note", MULTILINE_TEXT));

  /** What both sides have to say in the end: note by key. */
  private final Map<String, String> expected = new TreeMap<>();

  /** Keys that somebody has edited since both sides were last in step. */
  private final Set<String> touched = new HashSet<>();

  @TempDir private Path folder;
  private Pair pair;
  private int edits;
  private String story = "seed " + seed;

  @AfterEach
  void closeStandIns() {
    standIns.airtable.close();
    standIns.sheets.close();
  }

  private CaravanProcess process() {
    return new CaravanProcess(
        folder,
        CaravanProcess.environment(
            database,
            Map.of(
                "AIRTABLE_API_URL",
                standIns.airtable.apiUrl(),
                "GOOGLE_SHEETS_API_URL",
                standIns.sheets.apiUrl())),
        "--caravan.airtable.ban=1s");
  }

  private void pair(Api api) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("Record ID", "Key", "Note"));
    for (int i = 0; i < AT_FIRST; i++) {
      rows.add(List.of("", "row " + i, "first"));
      expected.put("row " + i, "first");
      addRecord("record " + i);
    }
    pair =
        new Pair(
            standIns,
            api,
            base,
            table,
            Map.of("Key", "Key", "Note", "Note"),
            rows,
            Map.of("options", Map.of("deleteExtraRows", true, "deleteExtraRecords", true)));
  }

  private void addRecord(String key) {
    table.create(Map.of("Key", key, "Note", "first"));
    expected.put(key, "first");
  }

  /** No key twice until both sides are in step, so that the order of edits and syncs is all one. */
  /** What a killed process had sent may still be carried out, and would move rows meanwhile. */
  private void untilNothingArrives() {
    AtomicReference<List<List<Object>>> seen = new AtomicReference<>();
    await()
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> pair.rows().equals(seen.getAndSet(pair.rows())));
  }

  private void peopleEdit() {
    untilNothingArrives();
    edits++;
    List<List<Object>> rows = pair.rows();
    Map<String, Integer> rowOf = new TreeMap<>();
    for (int row = 1; row < rows.size(); row++) {
      // A row without an id was never in step, and people who delete its record cannot be heard.
      if (!rows.get(row).get(ID).toString().isEmpty()) {
        rowOf.put(rows.get(row).get(KEY).toString(), row + 1);
      }
    }
    Map<String, String> recordOf = new TreeMap<>();
    table.ids().forEach(id -> recordOf.put(table.value(id, "Key").asText(), id));
    List<String> keys = new ArrayList<>(expected.keySet());
    keys.removeIf(
        key -> !rowOf.containsKey(key) || !recordOf.containsKey(key) || touched.contains(key));
    Collections.shuffle(keys, random);
    List<Integer> goingRows = new ArrayList<>();
    for (int i = 0; i < keys.size() && i < 24; i++) {
      String key = keys.get(i);
      touched.add(key);
      String note = "edit %d of %s".formatted(edits, key);
      if (i < 10) {
        pair.tab.type("C" + rowOf.get(key), note);
        expected.put(key, note);
      } else if (i < 20) {
        table.edit(recordOf.get(key), "Note", note);
        expected.put(key, note);
      } else if (i < 22) {
        table.delete(recordOf.get(key));
        expected.remove(key);
      } else {
        goingRows.add(rowOf.get(key));
        expected.remove(key);
      }
    }
    goingRows.stream().sorted((one, other) -> other - one).forEach(r -> pair.tab.deleteRows(r, 1));
    for (int i = 0; i < 12; i++) {
      addRecord("record %d of edit %d".formatted(i, edits));
      String key = "row %d of edit %d".formatted(i, edits);
      pair.tab.insertRows(2, 1);
      pair.tab.put("B2", List.of(List.of(key, "first")));
      expected.put(key, "first");
    }
    pair.tab.sortBy("B", random.nextBoolean(), 2);
  }

  /** The process dies when a request of the sync arrives, which may yet be done, or soon after. */
  private CountDownLatch killAtRequest(CaravanProcess process, int number) {
    CountDownLatch killed = new CountDownLatch(1);
    int[] arrived = {0};
    boolean done = random.nextBoolean();
    int later = random.nextInt(3) == 0 ? random.nextInt(60) : 0;
    story += ", killed at request %d (%s, %d ms later)".formatted(number, done, later);
    Interceptor kill =
        (kind, writes) -> {
          synchronized (arrived) {
            if (++arrived[0] != number) {
              return null;
            }
          }
          story += " " + kind;
          if (later > 0) {
            Thread.ofVirtual().start(() -> kill(process, later, killed));
            return null;
          }
          kill(process, 0, killed);
          return done ? null : Fault.reset(On.ANY);
        };
    standIns.airtable.intercept(base.id(), kill);
    standIns.sheets.intercept(pair.spreadsheet, kill);
    return killed;
  }

  private static void kill(CaravanProcess process, int later, CountDownLatch killed) {
    try {
      TimeUnit.MILLISECONDS.sleep(later);
      process.kill();
      killed.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void nobodyKills() {
    standIns.airtable.intercept(base.id(), (kind, writes) -> null);
    standIns.sheets.intercept(pair.spreadsheet, (kind, writes) -> null);
  }

  private String start(Api api) {
    return Pair.expect(
            202,
            api.post(
                "/api/v1/pipelines/sheetsync/runs", "{\"only\":[\"%s\"]}".formatted(pair.config)))
        .body()
        .get("runId")
        .asText();
  }

  /** A run of a node that was killed is taken up by the next one. */
  private void ended(Api api, String run) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !api.get("/api/v1/runs/" + run).body().get("finishedAt").isNull());
  }

  /** Every other kill hits what the next process makes of the run that the last kill hit. */
  @Test
  void killsDuplicateNothingAndLoseNothing() throws Exception {
    String run = null;
    for (int kill = 0; kill < KILLS; kill++) {
      try (CaravanProcess process = process()) {
        Api api = new Api(process.port());
        if (pair == null) {
          pair(api);
        } else if (kill % 2 == 0) {
          nobodyKills();
          ended(api, run);
          ended(api, start(api));
          touched.clear();
          peopleEdit();
        }
        CountDownLatch killed = killAtRequest(process, 1 + random.nextInt(kill % 2 == 0 ? 11 : 3));
        if (kill % 2 == 0) {
          run = start(api);
        }
        assertThat(killed.await(60, TimeUnit.SECONDS)).as(story).isTrue();
      }
      if (kill % 2 == 0) {
        peopleEdit();
      }
    }
    nobodyKills();
    try (CaravanProcess process = process()) {
      Api api = new Api(process.port());
      ended(api, run);
      isInStep(api);
    }
  }

  private void isInStep(Api api) {
    JsonNode item = null;
    for (int sync = 0; sync < 2; sync++) {
      String run = start(api);
      ended(api, run);
      item = api.get("/api/v1/runs/" + run + "/items").body().at("/items/0");
      assertThat(item.at("/result/status").asText()).as(story + item).isEqualTo("success");
    }
    assertThat(item.at("/result/matches/byId").asInt()).as(story).isEqualTo(expected.size());
    Map<String, String> records = new TreeMap<>();
    for (String id : table.ids()) {
      String key = table.value(id, "Key").asText();
      assertThat(records.put(key, table.value(id, "Note").asText()))
          .as("%s: a duplicate of %s in Airtable", story, key)
          .isNull();
    }
    assertThat(records).as(story).isEqualTo(expected);
    Map<String, String> rows = new TreeMap<>();
    for (List<Object> row : pair.rows().subList(1, pair.rows().size())) {
      String key = row.get(KEY).toString();
      assertThat(table.value(row.get(ID).toString(), "Key").asText()).as(story).isEqualTo(key);
      assertThat(rows.put(key, row.get(NOTE).toString()))
          .as("%s: a duplicate of %s in the sheet", story, key)
          .isNull();
    }
    assertThat(rows).as(story).isEqualTo(expected);
    assertThat(unsettled()).as(story).isZero();
  }

  /** Writes that nobody knows the end of, and items that nobody works on any more. */
  private long unsettled() {
    return jdbc.sql(
            """
            select (select count(*) from sheetsync.change where state = 'planned')
                 + (select count(*) from caravan.run_item where state in ('pending', 'running'))
            """)
        .query(Long.class)
        .single();
  }

  @Test
  void twoNodesNeverSyncOneConfigAtOnce() throws Exception {
    CaravanProcess first = process();
    CaravanProcess second = process();
    try (first;
        second) {
      List<Api> apis = List.of(new Api(first.port()), new Api(second.port()));
      pair(apis.getFirst());
      for (int round = 0; round < 4; round++) {
        List<String> runs =
            Stream.of(0, 1, 0, 1)
                .map(node -> CompletableFuture.supplyAsync(() -> start(apis.get(node))))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        runs.forEach(run -> ended(apis.getFirst(), run));
        touched.clear();
        peopleEdit();
      }
      isInStep(apis.getLast());
    }
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from caravan.run_item one join caravan.run_item other on one.id < other.id
                     where one.state = 'succeeded' and other.state = 'succeeded'
                       and one.started_at < other.finished_at and other.started_at < one.finished_at
                    """)
                .query(Long.class)
                .single())
        .as("syncs that overlap")
        .isZero();
    assertThat(
            jdbc.sql("select count(distinct node) from caravan.run_item where state = 'succeeded'")
                .query(Long.class)
                .single())
        .as("nodes that synced")
        .isEqualTo(2);
  }
}
