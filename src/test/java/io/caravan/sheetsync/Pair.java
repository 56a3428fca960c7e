package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.Api;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sandbox.SheetsTab;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** An Airtable table, a tab of a spreadsheet, their owner's accounts, and a config over both. */
final class Pair {
  static final ObjectMapper JSON = new ObjectMapper();

  private final TestPairs standIns;
  final Api api;
  final String owner = "owner-" + UUID.randomUUID();
  final String airtableToken = "pat" + UUID.randomUUID();
  final String googleToken = "ya29." + UUID.randomUUID();
  final AirtableBase base;
  final AirtableTable table;
  final String spreadsheet = "book-" + UUID.randomUUID();
  final SheetsTab tab;
  final String config;

  /**
   * @param settings of the config, beside what every one has
   */
  Pair(
      Api api,
      AirtableBase base,
      AirtableTable table,
      Map<String, String> mappings,
      List<List<Object>> rows,
      Map<String, ?> settings) {
    this(TestPairs.SHARED, api, base, table, mappings, rows, settings);
  }

  /**
   * @param standIns where the base is, and the spreadsheet is to be
   * @param settings of the config, beside what every one has
   */
  Pair(
      TestPairs standIns,
      Api api,
      AirtableBase base,
      AirtableTable table,
      Map<String, String> mappings,
      List<List<Object>> rows,
      Map<String, ?> settings) {
    this.standIns = standIns;
    this.api = api;
    this.base = base;
    this.table = table;
    standIns.airtable.token(
        airtableToken, standIns.airtable.addUser(owner + "@example.com", owner));
    standIns.sheets.token(googleToken, owner + "@example.com");
    tab = standIns.sheets.addSpreadsheet(spreadsheet, "Book").addSheet("Data", 100, 10);
    if (!rows.isEmpty()) {
      tab.put("A1", rows);
    }
    connect("airtable", airtableToken);
    connect("google", googleToken);
    config = config(base, table, "Data", mappings, settings);
  }

  private String config(
      AirtableBase itsBase,
      AirtableTable itsTable,
      String title,
      Map<String, String> mappings,
      Map<String, ?> settings) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("ownerId", owner)
            .put("name", "Pair " + owner)
            .put("airtableBaseId", itsBase.id())
            .put("airtableTableId", itsTable.id())
            .put("googleSpreadsheetId", spreadsheet)
            .put("googleSheetName", title);
    body.set("fieldMappings", JSON.valueToTree(mappings));
    settings.forEach((name, value) -> body.set(name, JSON.valueToTree(value)));
    return expect(201, api.post("/api/v1/sync-configs", body.toString())).body().get("id").asText();
  }

  /**
   * Another config of the same owner, over another table and a new tab.
   *
   * @return its id
   */
  String another(AirtableBase itsBase, AirtableTable itsTable, Map<String, String> mappings) {
    standIns.sheets.spreadsheet(spreadsheet).addSheet("More", 100, 10);
    return config(itsBase, itsTable, "More", mappings, Map.of());
  }

  private void connect(String kind, String token) {
    connect(kind, Map.of("accessToken", token));
  }

  /** Connects the owner's account, in the place of what was connected before. */
  JsonNode connect(String kind, Map<String, ?> secrets) {
    ObjectNode body = JSON.createObjectNode().put("ownerId", owner);
    secrets.forEach((name, value) -> body.set(name, JSON.valueToTree(value)));
    return expect(201, api.post("/api/v1/connections/" + kind, body.toString())).body();
  }

  static Api.Answer expect(int status, Api.Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError(answer.status() + " " + answer.raw().body());
    }
    return answer;
  }

  /** One sync of this config alone; the item with its result. */
  JsonNode sync() {
    return item(run("{\"only\":[\"%s\"]}".formatted(config)));
  }

  JsonNode dryRun() {
    return item(run("{\"only\":[\"%s\"],\"dryRun\":true}".formatted(config)));
  }

  /** A run to its end: it is asked more often than the event stream tells. */
  JsonNode run(String request) {
    String run =
        expect(202, api.post("/api/v1/pipelines/sheetsync/runs", request))
            .body()
            .get("runId")
            .asText();
    return Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> api.get("/api/v1/runs/" + run).body(),
            answer -> !answer.get("finishedAt").isNull());
  }

  JsonNode item(JsonNode run) {
    return api.get("/api/v1/runs/" + run.get("id").asText() + "/items").body().at("/items/0");
  }

  /** Changes the config. */
  JsonNode change(String field, Object value) {
    String body = JSON.createObjectNode().set(field, JSON.valueToTree(value)).toString();
    return expect(200, api.call("PATCH", "/api/v1/sync-configs/" + config, body, Map.of())).body();
  }

  /** The errors of an item's result, which are those of the sync's log as well. */
  JsonNode errors(JsonNode item) {
    JsonNode errors = item.at("/result/errors");
    if (!errors.equals(logs().at("/0/errors"))) {
      throw new AssertionError(errors + " in the result, in the log " + logs().at("/0/errors"));
    }
    return errors;
  }

  JsonNode show() {
    return api.get("/api/v1/sync-configs/" + config).body();
  }

  JsonNode logs() {
    return api.get("/api/v1/sync-configs/" + config + "/logs").body();
  }

  /** What the sheet shows, every row with its id cell. */
  List<List<Object>> rows() {
    return tab.rows();
  }

  String text(String recordId, String field) {
    JsonNode value = table.value(recordId, field);
    return value == null || value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  /** Takes back what a run wrote; the item of the run that does so. */
  JsonNode undo(String run) {
    JsonNode started = expect(202, api.post("/api/v1/runs/" + run + "/undo", null)).body();
    return item(api.finished(started.get("runId").asText()));
  }

  Api.Answer resume() {
    return api.post("/api/v1/sync-configs/" + config + "/resume", null);
  }

  JsonNode connection(String kind) {
    for (JsonNode connection : api.get("/api/v1/connections/" + kind).body()) {
      if (connection.get("ownerId").asText().equals(owner)) {
        return connection;
      }
    }
    throw new AssertionError("no connection to " + kind);
  }
}
