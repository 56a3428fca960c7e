package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.MULTILINE_TEXT;
import static io.caravan.sandbox.AirtableFieldType.NUMBER;
import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sandbox.Fault;
import io.caravan.sandbox.Fault.On;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** People who edit while a sync is under way (issue: writes). */
@CaravanTest
class SheetRaceTest {
  private Api api;
  private AirtableBase base;
  private AirtableTable table;

  @BeforeEach
  void table(@LocalServerPort int port) {
    api = new Api(port);
    base = TestPairs.AIRTABLE.addBase("Race " + UUID.randomUUID());
    table =
        base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT))
            .add(AirtableField.of("Pieces", NUMBER))
            .add(AirtableField.of("Notes", MULTILINE_TEXT));
  }

  private Pair pair(int records) {
    for (int i = 1; i <= records; i++) {
      table.create(Map.of("Name", "Thing " + i, "Pieces", i));
    }
    Pair pair =
        new Pair(
            api,
            base,
            table,
            Map.of("Name", "Name", "Pieces", "Pieces", "Notes", "Notes"),
            List.of(List.of("Record ID", "Name", "Pieces", "Notes")),
            Map.of(
                "conflictResolution",
                "SHEETS_WINS",
                "options",
                Map.of("deleteExtraRows", true, "deleteExtraRecords", true)));
    result(pair.sync());
    return pair;
  }

  private static JsonNode result(JsonNode item) {
    assertThat(item.get("status").asText()).as("%s", item).isEqualTo("succeeded");
    return item.get("result");
  }

  /** Somebody acts once, at the moment when Google is asked for the n-th time. */
  private static void atCall(Pair pair, int call, Runnable edit, Fault fault) {
    AtomicInteger calls = new AtomicInteger();
    TestPairs.SHEETS.intercept(
        pair.spreadsheet,
        (kind, writes) -> {
          if (calls.incrementAndGet() != call) {
            return null;
          }
          edit.run();
          return fault;
        });
  }

  @Test
  void aRecordThatIsEditedWhileTheSheetIsReadIsNotOverwritten() {
    Pair pair = pair(2);
    String first = table.ids().getFirst();
    String second = table.ids().getLast();
    pair.tab.type("C2", "10");
    pair.tab.type("C3", "20");
    atCall(pair, 1, () -> table.edit(first, "Pieces", 99), null);

    JsonNode result = result(pair.sync());

    assertThat(pair.text(first, "Pieces")).isEqualTo("99");
    assertThat(pair.text(second, "Pieces")).isEqualTo("20");
    assertThat(result.at("/sheetsToAirtable/updated").asInt()).isEqualTo(1);
    // The next sync sees both edits, and decides as the config says.
    JsonNode next = result(pair.sync());
    assertThat(next.at("/conflicts/sheetsWins").asInt()).isEqualTo(1);
    assertThat(pair.text(first, "Pieces")).isEqualTo("10");
  }

  @Test
  void aRecordThatIsEditedWhileItIsToBeDeletedStays() {
    Pair pair = pair(3);
    String first = table.ids().getFirst();
    pair.tab.deleteRows(2, 1);
    atCall(pair, 1, () -> table.edit(first, "Notes", "wanted"), null);

    assertThat(result(pair.sync()).at("/sheetsToAirtable/deleted").asInt()).isZero();

    assertThat(pair.text(first, "Notes")).isEqualTo("wanted");
    // The next sync sees both, and decides as the config says.
    assertThat(result(pair.sync()).at("/conflicts/sheetsWins").asInt()).isEqualTo(1);
  }

  @Test
  void rowsThatMoveWhileTheQuotaIsWaitedForAreFoundAgain() {
    Pair pair = pair(3);
    table.edit(table.ids().get(1), "Name", "Changed");
    atCall(pair, 3, () -> pair.tab.insertRows(2, 2), Fault.status(On.ANY, 429));

    assertThat(result(pair.sync()).at("/airtableToSheets/updated").asInt()).isEqualTo(1);

    assertThat(pair.tab.value("B4")).isEqualTo("Thing 1");
    assertThat(pair.tab.value("B5")).isEqualTo("Changed");
    assertThat(pair.tab.value("B6")).isEqualTo("Thing 3");
  }

  @Test
  void rowsWhoseAnswerIsLostComeAndGoOnce() {
    Pair pair = pair(3);
    table.delete(table.ids().getFirst());
    String fourth = table.create(Map.of("Name", "Thing 4"));
    atCall(pair, 3, () -> {}, Fault.lostAnswer(On.ANY));

    JsonNode result = result(pair.sync());

    assertThat(result.at("/airtableToSheets/added").asInt()).isEqualTo(1);
    assertThat(pair.rows().stream().map(row -> row.get(1)))
        .containsExactly("Name", "Thing 2", "Thing 3", "Thing 4");
    assertThat(pair.rows().getLast()).startsWith(fourth);
    int written = TestPairs.SHEETS.requests().writes();
    assertThat(result(pair.sync()).get("status").asText()).isEqualTo("success");
    assertThat(TestPairs.SHEETS.requests().writes()).isEqualTo(written);
  }

  @Test
  void whatIsAppendedBesideAPersonsRowReplacesNothing() {
    Pair pair = pair(2);
    table.create(Map.of("Name", "Thing 3"));
    atCall(pair, 3, () -> pair.tab.put("B4", List.of(List.of("A person's"))), null);

    result(pair.sync());

    assertThat(pair.tab.value("B4")).isEqualTo("A person's");
    assertThat(pair.tab.value("B5")).isEqualTo("Thing 3");
    result(pair.sync());
    assertThat(table.ids()).hasSize(4);
    assertThat(pair.rows().stream().map(List::getFirst)).doesNotContain("");
  }

  /** Google asks for requests of no more than two megabytes (usage limits). */
  @Test
  void aLargeSheetIsWrittenInSeveralRequests() {
    IntStream.range(0, 60)
        .forEach(i -> table.create(Map.of("Name", "Long " + i, "Notes", "x".repeat(49_000))));
    int before = TestPairs.SHEETS.requests().writes();

    Pair pair = pair(0);

    assertThat(TestPairs.SHEETS.requests().writes() - before).isEqualTo(2);
    assertThat(pair.rows()).hasSize(61);
    assertThat(pair.rows().stream().skip(1).map(List::getFirst))
        .containsExactlyElementsOf(table.ids());
  }
}
