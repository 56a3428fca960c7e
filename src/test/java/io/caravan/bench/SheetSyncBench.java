package io.caravan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connection.AirtableConnections;
import io.caravan.connection.GoogleConnections;
import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.RunStatus;
import io.caravan.run.Runs;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableFieldType;
import io.caravan.sandbox.AirtableServer;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sandbox.SheetsServer;
import io.caravan.sandbox.SheetsTab;
import io.caravan.sheetsync.SyncConfigs;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Whole syncs against the quotas of Airtable and Google Sheets, which the stand-ins enforce and
 * count. See bench/README-sheetsync.md.
 */
public final class SheetSyncBench {
  private static final int FIELDS = 8;
  private static final int PAGE = 100;
  private static final int BATCH = 10;
  private static final int PER_SECOND = 5;

  /** Requests a second with one token. */
  private static final int OF_TOKEN = 50;

  /** One read, one write of values, one that changes rows. */
  private static final int OF_GOOGLE = 3;

  private final WholeCaravan caravan;
  private final AirtableServer airtable;
  private final SheetsServer sheets;

  private SheetSyncBench(WholeCaravan caravan, AirtableServer airtable, SheetsServer sheets) {
    this.caravan = caravan;
    this.airtable = airtable;
    this.sheets = sheets;
  }

  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        AirtableServer airtable = AirtableServer.start(0, Clock.systemUTC()).token("pat.bench");
        SheetsServer sheets =
            SheetsServer.start(0, Clock.systemUTC()).token("ya29.bench", "bench@example.com");
        WholeCaravan caravan =
            new WholeCaravan(
                "postgres://postgres@localhost:%d/postgres".formatted(server.getPort()),
                Map.of(
                    "caravan.pipelines.schemasync.cron",
                    "off",
                    "caravan.pipelines.sheetsync.cron",
                    "off",
                    "caravan.airtable.api-url",
                    airtable.apiUrl(),
                    "caravan.google-sheets.api-url",
                    sheets.apiUrl()))) {
      SheetSyncBench bench = new SheetSyncBench(caravan, airtable, sheets);
      bench.connect("bench");
      if (records > 0) {
        bench.large(records, records / 10);
      }
      bench.twentyPairs();
    }
    // Threads of the application's libraries may outlive it.
    System.exit(0);
  }

  private void connect(String owner) {
    caravan
        .bean(AirtableConnections.class)
        .create(Map.of("ownerId", owner, "accessToken", "pat.bench"));
    caravan
        .bean(GoogleConnections.class)
        .create(Map.of("ownerId", owner, "accessToken", "ya29.bench"));
  }

  private record Pair(String config, AirtableTable table, SheetsTab tab) {}

  private Pair pair(String name, int records) {
    var base = airtable.addBase(name);
    AirtableTable table =
        base.addTable("Things", AirtableField.of("Field 0", AirtableFieldType.SINGLE_LINE_TEXT));
    Map<String, String> mappings = new HashMap<>();
    mappings.put("Field 0", "Field 0");
    for (int field = 1; field < FIELDS; field++) {
      table.add(AirtableField.of("Field " + field, AirtableFieldType.SINGLE_LINE_TEXT));
      mappings.put("Field " + field, "Field " + field);
    }
    for (int i = 0; i < records; i++) {
      Map<String, Object> values = new HashMap<>();
      for (int field = 0; field < FIELDS; field++) {
        values.put("Field " + field, "value %d of %d".formatted(field, i));
      }
      table.create(values);
    }
    SheetsTab tab =
        sheets.addSpreadsheet("book-" + name, name).addSheet("Things", records + 100, FIELDS + 2);
    List<String> header = new ArrayList<>(List.of("Record ID"));
    IntStream.range(0, FIELDS).forEach(field -> header.add("Field " + field));
    tab.put("A1", List.of(header));
    String config =
        caravan
            .bean(SyncConfigs.class)
            .create(
                Map.of(
                    "ownerId",
                    "bench",
                    "name",
                    name,
                    "airtableBaseId",
                    base.id(),
                    "airtableTableId",
                    table.id(),
                    "googleSpreadsheetId",
                    "book-" + name,
                    "googleSheetName",
                    "Things",
                    "fieldMappings",
                    mappings,
                    "options",
                    Map.of("deleteExtraRows", true, "deleteExtraRecords", true),
                    "isActive",
                    true))
            .id()
            .toString();
    return new Pair(config, table, tab);
  }

  /** Requests and time against the floor that the quotas set. */
  private void large(int records, int changes) throws Exception {
    Pair pair = pair("large", records);
    sync(List.of(pair.config()));
    require(pair.tab().rows().size() == records + 1, "not all rows arrived");
    change(pair, records, changes);
    // Full windows of the quotas would be waited for.
    TimeUnit.SECONDS.sleep(61);
    int requests = airtable.requests().total() + sheets.requests().total();
    int limited = airtable.requests().limitedOnes() + sheets.requests().limitedOnes();
    double millis = Ratio.millis(() -> sync(List.of(pair.config())));
    requests = airtable.requests().total() + sheets.requests().total() - requests;
    limited = airtable.requests().limitedOnes() + sheets.requests().limitedOnes() - limited;
    require(pair.tab().rows().size() == pair.table().ids().size() + 1, "not in step");
    int ofAirtable = (records + PAGE - 1) / PAGE + (changes + BATCH - 1) / BATCH;
    Verdict.head("n");
    Verdict.atMost(
        "%d records, %d changes on each side: requests".formatted(records, changes),
        ofAirtable + OF_GOOGLE,
        requests,
        requests / (double) (ofAirtable + OF_GOOGLE),
        1.05,
        1.0);
    double floor = 1000.0 * (ofAirtable - PER_SECOND) / PER_SECOND;
    Verdict.atMost("the same: milliseconds", floor, millis, millis / floor, 1.25, 1.03);
    System.out.println("refused for too many requests: " + limited + "; must 0");
    int before = airtable.requests().writes() + sheets.requests().writes();
    sync(List.of(pair.config()));
    System.out.println(
        "writes with nothing changed: "
            + (airtable.requests().writes() + sheets.requests().writes() - before)
            + "; must 0");
  }

  /** Of twenty changes on each side one is a new record and one a deletion. */
  private static void change(Pair pair, int records, int changes) {
    List<String> ids = pair.table().ids();
    int some = changes / 20;
    for (int i = 0; i < changes - 2 * some; i++) {
      pair.table().edit(ids.get(i), "Field 1", "changed in Airtable " + i);
      pair.tab().type("C" + (records - some - i + 1), "changed in the sheet " + i);
    }
    for (int i = 0; i < some; i++) {
      pair.table().create(Map.of("Field 0", "new in Airtable " + i));
      pair.table().delete(ids.get(records / 2 + i));
      pair.tab().put("B" + (records + 2 + i), List.of(List.of("new in the sheet " + i)));
    }
    pair.tab().deleteRows(records - some + 2, some);
  }

  private void twentyPairs() throws Exception {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pairs.add(pair("pair-" + i, 500));
    }
    List<String> all = pairs.stream().map(Pair::config).toList();
    sync(all);
    Verdict.head("ms");
    edit(pairs.subList(0, 1));
    TimeUnit.SECONDS.sleep(61);
    double alone = Ratio.millis(() -> sync(all.subList(0, 1)));
    edit(pairs);
    TimeUnit.SECONDS.sleep(61);
    int limited = airtable.requests().limitedOnes() + sheets.requests().limitedOnes();
    int requests = airtable.requests().total();
    double together = Ratio.millis(() -> sync(all));
    double quota = 1000.0 * (airtable.requests().total() - requests - OF_TOKEN) / OF_TOKEN;
    double floor = Math.max(alone, quota);
    limited = airtable.requests().limitedOnes() + sheets.requests().limitedOnes() - limited;
    Verdict.atMost(
        "20 pairs on 20 bases, against one of them or the token's quota",
        floor,
        together,
        together / floor,
        1.5,
        1.1);
    System.out.println("refused for too many requests: " + limited + "; must 0");
  }

  private static void edit(List<Pair> pairs) {
    for (Pair pair : pairs) {
      for (int row = 2; row < 102; row++) {
        pair.tab().type("B" + row, "changed in the sheet " + System.nanoTime());
      }
    }
  }

  private void sync(List<String> configs) {
    Run run = caravan.run("sheetsync", new RunRequest(configs, null, false, false, null));
    for (var item : caravan.bean(Runs.class).items(run.id(), null)) {
      JsonNode result = item.result();
      require(
          run.status() == RunStatus.SUCCEEDED
              && result != null
              && result.path("status").asText().equals("success"),
          run.status() + ": " + item.error() + " " + result);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
