package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.NUMBER;
import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Runs over several configs, and what they say (TS-02, TS-06 to TS-08, TS-16, TS-17). */
@CaravanTest
@ExtendWith(OutputCaptureExtension.class)
class SheetRunTest {
  @Autowired private ProducerTemplate template;
  private Api api;

  @BeforeEach
  void api(@LocalServerPort int port) {
    api = new Api(port);
  }

  private Pair pair(Object pieces) {
    AirtableBase base = TestPairs.AIRTABLE.addBase("Run " + UUID.randomUUID());
    AirtableTable table =
        base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT))
            .add(AirtableField.of("Pieces", NUMBER));
    table.create(Map.of("Name", "Bike"));
    return new Pair(
        api,
        base,
        table,
        Map.of("Name", "Name", "Pieces", "Pieces"),
        List.of(List.of("Record ID", "Name", "Pieces"), List.of("", "Car", pieces)),
        Map.of("conflictResolution", "AIRTABLE_WINS"));
  }

  private static JsonNode detail(JsonNode run, Pair pair) {
    for (JsonNode detail : run.at("/report/detailedResults")) {
      if (detail.get("syncConfigId").asText().equals(pair.config)) {
        return detail;
      }
    }
    throw new AssertionError("no line of " + pair.config + " in " + run.get("report"));
  }

  @Test
  void oneConfigsTroubleIsItsOwnAndTheSummaryNamesEach(CapturedOutput output) {
    Pair good = pair(2);
    Pair partial = pair("a word");
    Pair failed = pair(3);
    TestPairs.AIRTABLE.revoke(failed.airtableToken);
    Pair skipped = pair(4);
    api.call(
        "DELETE",
        "/api/v1/connections/google/" + skipped.connection("google").get("id").asText(),
        null,
        Map.of());

    JsonNode run =
        good.run(
            "{\"only\":[\"%s\",\"%s\",\"%s\",\"%s\"]}"
                .formatted(good.config, partial.config, failed.config, skipped.config));

    assertThat(run.get("status").asText()).isEqualTo("partial");
    JsonNode report = run.get("report");
    assertThat(report.get("totalProcessed").asInt()).isEqualTo(4);
    assertThat(report.get("successful").asInt()).isEqualTo(2);
    assertThat(report.get("failed").asInt()).isEqualTo(1);
    assertThat(report.get("skipped").asInt()).isEqualTo(1);
    assertThat(detail(run, good).get("message").asText())
        .matches("Synced successfully \\(success\\) \\(\\d+ ms\\)");
    assertThat(detail(run, partial).get("message").asText())
        .matches("Synced successfully \\(partial\\) \\(\\d+ ms\\)");
    assertThat(detail(run, failed).get("message").asText()).startsWith("Failed: ");
    assertThat(detail(run, skipped).get("message").asText())
        .contains("Skipped: " + skipped.owner + " has no connection to Google");
    assertThat(output)
        .contains("sheetsync run %s: 4 active".formatted(run.get("id").asText()))
        .contains("4 processed, 2 successful, 1 failed, 1 skipped")
        .contains("  4. Pair ")
        .containsPattern(
            "sync of Pair %s \\(%s\\), BIDIRECTIONAL, owner %s: success; Airtable → Sheets 1 added, 0 updated; Sheets → Airtable 1 added, 0 updated; 0 conflicts resolved; \\d+ ms"
                .formatted(good.owner, good.config, good.owner));
  }

  @Test
  void aLogAndItsConfigHoldWhatTheSeedAsksFor() {
    Pair pair = pair("a word");
    Instant before = Instant.now();

    pair.sync();

    JsonNode log = pair.logs().get(0);
    assertThat(log.get("syncConfigId").asText()).isEqualTo(pair.config);
    assertThat(log.get("status").asText()).isEqualTo("PARTIAL");
    assertThat(log.get("recordsSynced").asInt()).isEqualTo(2);
    assertThat(log.get("recordsFailed").asInt()).isEqualTo(1);
    assertThat(log.at("/errors/0/kind").asText()).isEqualTo("VALIDATION");
    assertThat(log.get("direction").asText()).isEqualTo("BIDIRECTIONAL");
    assertThat(log.get("triggeredBy").asText()).isEqualTo("initial");
    Instant startedAt = Instant.parse(log.get("startedAt").asText());
    assertThat(startedAt).isAfter(before);
    assertThat(Instant.parse(log.get("completedAt").asText())).isAfter(startedAt);
    JsonNode config = pair.show();
    assertThat(Instant.parse(config.get("lastSyncAt").asText())).isEqualTo(startedAt);
    assertThat(config.get("lastSyncStatus").asText()).isEqualTo("partial");
    assertThat(config.get("lastErrorMessage").asText()).contains("Pieces");
    pair.sync();
    assertThat(pair.logs().at("/0/triggeredBy").asText()).isEqualTo("manual");
  }

  @Test
  void theScheduleSyncsActiveConfigsOnlyTheLeastRecentlySyncedFirst() {
    Pair second = pair(1);
    Pair first = pair(1);
    Pair inactive = pair(1);
    first.sync();
    second.sync();
    first.change("isActive", true);
    second.change("isActive", true);
    Pair never = pair(1);
    never.change("isActive", true);
    template.send(
        "direct:run-on-schedule",
        exchange -> {
          exchange.setVariable("pipeline", "sheetsync");
          exchange.setVariable("firing", "schedule-" + UUID.randomUUID());
        });

    await().until(() -> never.logs().size() == 1 && second.logs().size() == 2);

    assertThat(first.logs()).hasSize(2);
    assertThat(inactive.logs()).isEmpty();
    assertThat(second.logs().at("/0/triggeredBy").asText()).isEqualTo("scheduled");
    JsonNode items =
        api.get("/api/v1/runs/" + second.logs().at("/0/runId").asText() + "/items")
            .body()
            .get("items");
    List<String> keys = items.findValuesAsText("key");
    assertThat(keys).containsSubsequence(never.config, first.config, second.config);
    List.of(first, second, never).forEach(pair -> pair.change("isActive", false));
  }

  /**
   * Defect D11, and the "Shown by": a request a side reads, and one writes all rows at
   * once.
   */
  @Test
  void aPairCostsTheFewestCalls() {
    Pair pair = pair(1);
    for (int i = 0; i < 60; i++) {
      pair.table.create(Map.of("Name", "Thing " + i, "Pieces", i));
    }
    pair.sync();
    pair.table.ids().forEach(id -> pair.table.edit(id, "Pieces", 1_000));
    int written = TestPairs.SHEETS.requests().writes();

    assertThat(pair.sync().at("/result/airtableToSheets/updated").asInt()).isEqualTo(62);

    assertThat(TestPairs.SHEETS.requests().writes() - written).isEqualTo(1);
    int writes = TestPairs.SHEETS.requests().writes() + TestPairs.AIRTABLE.requests().writes();
    int reads = TestPairs.SHEETS.requests().reads() + TestPairs.AIRTABLE.requests().reads();
    for (int cycle = 0; cycle < 20; cycle++) {
      assertThat(pair.sync().at("/result/status").asText()).isEqualTo("success");
    }
    assertThat(TestPairs.SHEETS.requests().writes() + TestPairs.AIRTABLE.requests().writes())
        .isEqualTo(writes);
    assertThat(TestPairs.SHEETS.requests().reads() + TestPairs.AIRTABLE.requests().reads())
        .isEqualTo(reads + 2 * 20);
  }
}
