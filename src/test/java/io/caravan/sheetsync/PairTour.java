package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.TestSettings;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sandbox.Fault;
import io.caravan.sandbox.SheetsSpreadsheet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Goes through everything that sheetsync does, for the test that counts steps of routes. */
public final class PairTour {
  private final Api api;
  private final AirtableTable people;
  private final Pair pair;

  private PairTour(Api api) {
    this.api = api;
    var base = TestPairs.AIRTABLE.addBase("Tour");
    people = base.addTable("People", AirtableField.of("Name", SINGLE_LINE_TEXT));
    people.create(Map.of("Name", "Ann"));
    AirtableTable tasks =
        base.addTable("Tasks", AirtableField.of("Task", SINGLE_LINE_TEXT)).addLink("Who", people);
    tasks.create(Map.of("Task", "Paint"));
    tasks.create(Map.of("Task", "Sweep"));
    pair =
        new Pair(
            api,
            base,
            tasks,
            Map.of("Task", "Task", "Who", "Who"),
            List.of(List.of("Record ID", "Task", "Who"), List.of("", "Bake", "Bob")),
            Map.of(
                "conflictResolution",
                "MANUAL",
                "options",
                Map.of("createMissingLinkedRecords", true, "deleteExtraRows", true)));
  }

  /** Visits every step. */
  public static void visit(Api api) {
    PairTour tour = new PairTour(api);
    tour.syncs();
    tour.conflict();
    tour.recordOutsideView();
    tour.badInput();
    tour.troubles();
    tour.calls();
  }

  private void syncs() {
    assertThat(pair.sync().at("/result/status").asText()).isEqualTo("success");
    assertThat(people.ids()).hasSize(2);
    pair.table.delete(pair.table.ids().getFirst());
    assertThat(pair.sync().at("/result/airtableToSheets/deleted").asInt()).isEqualTo(1);
    JsonNode started =
        Pair.expect(202, api.post("/api/v1/sync-configs/" + pair.config + "/runs", "{}")).body();
    api.finished(started.get("runId").asText());
  }

  private void conflict() {
    pair.table.edit(pair.table.ids().getFirst(), "Task", "Sweep the yard");
    pair.tab.type("B2", "Sweep the hall");
    pair.tab.type("B3", "Sweep the hall");
    pair.sync();
    String conflicts = "/api/v1/sync-configs/" + pair.config + "/conflicts";
    JsonNode conflict = api.get(conflicts).body().at("/conflicts/0");
    Pair.expect(
        200,
        api.post(
            conflicts + "/" + conflict.get("id").asText() + "/resolve",
            "{\"winner\":\"airtable\"}"));
    JsonNode run = api.run("sheetsync", "{\"only\":[\"%s\"]}".formatted(pair.config));
    String path = "/api/v1/runs/" + run.get("id").asText();
    assertThat(Pair.expect(200, api.get(path + "/changes")).body().get("changes")).isNotEmpty();
    pair.undo(run.get("id").asText());
    Pair.expect(200, pair.resume());
  }

  private void recordOutsideView() {
    change("{\"airtableViewId\":\"%s\"}".formatted(pair.table.addView("Nothing", "FALSE()")));
    int records = pair.table.ids().size();
    pair.sync();
    assertThat(pair.table.ids()).hasSize(records);
    change("{\"syncDirection\":\"AIRTABLE_TO_SHEETS\"}");
    assertThat(pair.sync().at("/result/status").asText()).isEqualTo("halted");
    change("{\"airtableViewId\":null,\"syncDirection\":\"BIDIRECTIONAL\"}");
    Pair.expect(200, pair.resume());
  }

  private void badInput() {
    pair.tab.type("C2", "Zed");
    TestPairs.AIRTABLE.fail(1, Fault.status(Fault.On.WRITES, 422));
    assertThat(pair.sync().at("/result/errors/0/kind").asText()).isEqualTo("LINKED_RECORD");
    pair.tab.type("B1", "Renamed");
    assertThat(pair.sync().at("/result/errors/0/field").asText()).isEqualTo("Task");
    pair.tab.type("B1", "Task");
    fullSpreadsheet();
  }

  /** The tab and two others have ten million cells. */
  private void fullSpreadsheet() {
    SheetsSpreadsheet book = TestPairs.SHEETS.spreadsheet(pair.spreadsheet);
    pair.tab.deleteRows(10, pair.tab.gridRows() - 9);
    book.addSheet("Archive", 1_000, 9_999);
    book.addSheet("Rest", 1, 910);
    List<String> more =
        IntStream.range(0, 10)
            .mapToObj(number -> pair.table.create(Map.of("Task", "Task " + number)))
            .toList();
    assertThat(pair.sync().at("/result/failed").asInt()).isEqualTo(10);
    book.deleteSheet("Archive");
    book.deleteSheet("Rest");
    more.forEach(pair.table::delete);
  }

  private void change(String fields) {
    Pair.expect(200, api.call("PATCH", "/api/v1/sync-configs/" + pair.config, fields, Map.of()));
  }

  private void troubles() {
    pair.tab.type("B2", "Bake a cake");
    TestPairs.AIRTABLE.fail(1, Fault.status(Fault.On.WRITES, 422));
    assertThat(pair.sync().at("/result/errors/0/kind").asText()).isEqualTo("WRITE");
    change("{\"syncDirection\":\"AIRTABLE_TO_SHEETS\",\"options\":{\"batchSize\":1}}");
    TestPairs.AIRTABLE.iteratorLifetime(Duration.ZERO);
    try {
      assertThat(pair.sync().get("status").asText()).isEqualTo("failed");
    } finally {
      TestPairs.AIRTABLE.iteratorLifetime(Duration.ofMinutes(5));
    }
    staleToken();
  }

  /** Somebody else refreshes it for a moment, and dies. */
  private void staleToken() {
    TestPairs.AIRTABLE.oauthClient("tour", "secret-of-the-tour");
    JsonNode grant = TestPairs.AIRTABLE.grant("tour");
    Pair.expect(
        201,
        api.post(
            "/api/v1/connections/airtable",
            Pair.JSON
                .createObjectNode()
                .put("ownerId", pair.owner)
                .put("accessToken", grant.get("access_token").asText())
                .put("refreshToken", grant.get("refresh_token").asText())
                .put("expiresAt", "2026-01-01T00:00:00Z")
                .put("clientId", "tour")
                .put("clientSecret", "secret-of-the-tour")
                .toString()));
    JdbcClient.create(TestSettings.database())
        .sql(
            """
            update sheetsync.airtable_connection set refreshing_until = now() + interval '3 seconds'
             where owner_id = ?
            """)
        .param(pair.owner)
        .update();
    int refreshes = TestPairs.AIRTABLE.refreshes();
    JsonNode synced = pair.sync();
    assertThat(synced.get("status").asText()).as("%s", synced).isEqualTo("succeeded");
    assertThat(TestPairs.AIRTABLE.refreshes()).isEqualTo(refreshes + 1);
  }

  private void calls() {
    Pair.expect(200, api.get("/api/v1/sync-configs"));
    assertThat(pair.show().get("id").asText()).isEqualTo(pair.config);
    assertThat(pair.logs()).isNotEmpty();
    TestPairs.SHEETS.spreadsheet(pair.spreadsheet).addSheet("Left", 1, 1);
    TestPairs.SHEETS.spreadsheet(pair.spreadsheet).deleteSheet("Data");
    assertThat(pair.sync().at("/error/message").asText()).contains("no tab Data");
    for (String kind : List.of("airtable", "google")) {
      Pair.expect(
          204,
          api.call(
              "DELETE",
              "/api/v1/connections/%s/%s".formatted(kind, pair.connection(kind).get("id").asText()),
              null,
              Map.of()));
    }
    assertThat(pair.sync().get("status").asText()).isEqualTo("skipped");
    Pair.expect(204, api.call("DELETE", "/api/v1/sync-configs/" + pair.config, null, Map.of()));
  }
}
