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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Cells that the other side cannot take: named with record and field, and nothing is lost. */
@CaravanTest
class SheetBadCellsTest {
  private static final Map<String, String> MAPPINGS =
      Map.of("Name", "Name", "Pieces", "Pieces", "Notes", "Notes", "Stage", "Stage");
  private static final List<Object> HEADER =
      List.of("Record ID", "Name", "Pieces", "Notes", "Stage");

  private Api api;
  private AirtableBase base;
  private AirtableTable table;
  private Pair pair;

  @BeforeEach
  void table(@LocalServerPort int port) {
    api = new Api(port);
    base = TestPairs.AIRTABLE.addBase("Bad cells " + UUID.randomUUID());
    table =
        base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT))
            .add(AirtableField.of("Pieces", NUMBER))
            .add(AirtableField.of("Notes", MULTILINE_TEXT))
            .add(AirtableField.select("Stage", "Lead", "Won"));
  }

  private void pair(List<List<Object>> rows, Map<String, ?> settings) {
    pair = new Pair(api, base, table, MAPPINGS, rows, settings);
  }

  /** Bike in row 2, Car in row 3, on both sides. */
  private void inStep(Map<String, ?> settings) {
    table.create(Map.of("Name", "Bike", "Pieces", 3, "Notes", "old"));
    table.create(Map.of("Name", "Car", "Pieces", 5));
    pair(List.of(HEADER), settings);
    assertInStep(pair.sync());
  }

  private static void assertInStep(JsonNode item) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("success");
  }

  /** One error, and what it names. */
  private JsonNode assertPartial(JsonNode item, String recordId, String field, String cell) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("partial");
    assertThat(item.at("/result/failed").asInt()).isEqualTo(1);
    JsonNode errors = pair.errors(item);
    assertThat(errors).hasSize(1);
    assertThat(errors.at("/0/recordId").asText(null)).isEqualTo(recordId);
    assertThat(errors.at("/0/field").asText()).isEqualTo(field);
    assertThat(errors.at("/0/cell").asText(null)).isEqualTo(cell);
    return errors.get(0);
  }

  private String id(int place) {
    return table.ids().get(place);
  }

  @Test
  void aTextThatNoCellHoldsIsNamedAndTheRestOfTheRecordGoesOn() {
    inStep(Map.of());
    table.edit(id(0), "Notes", "n".repeat(50_001));
    table.edit(id(0), "Pieces", 4);
    String fresh = table.create(Map.of("Name", "Truck", "Notes", "n".repeat(50_001)));

    JsonNode item = pair.sync();

    JsonNode errors = pair.errors(item);
    assertThat(errors.findValuesAsText("recordId")).containsExactlyInAnyOrder(id(0), fresh);
    assertThat(errors.findValuesAsText("field")).containsOnly("Notes");
    assertThat(errors.findValuesAsText("kind")).containsOnly("VALIDATION");
    assertThat(pair.rows().get(1)).containsExactly(id(0), "Bike", 4L, "old");
    assertThat(pair.rows().get(3)).containsExactly(fresh, "Truck");
    assertThat(pair.text(id(0), "Notes")).hasSize(50_001);
    assertThat(pair.text(fresh, "Notes")).hasSize(50_001);
    table.edit(id(0), "Notes", "n".repeat(50_000));
    table.edit(fresh, "Notes", "short");
    assertInStep(pair.sync());
    assertThat(pair.rows().get(1).get(3)).isEqualTo("n".repeat(50_000));
    assertThat(pair.rows().get(3)).containsExactly(fresh, "Truck", "", "short");
  }

  @Test
  void wordsInANumberColumnAreNamedAndWaitForANumber() {
    inStep(Map.of());
    pair.tab.type("C2", "three or four");
    pair.tab.type("B2", "E-Bike");
    table.edit(id(1), "Pieces", 6);

    assertPartial(pair.sync(), id(0), "Pieces", "C2");

    assertThat(pair.text(id(0), "Pieces")).isEqualTo("3");
    assertThat(pair.text(id(0), "Name")).isEqualTo("E-Bike");
    assertThat(pair.rows().get(1)).containsExactly(id(0), "E-Bike", "three or four", "old");
    assertThat(pair.rows().get(2)).contains("Car", 6L);
    pair.tab.type("C2", "4");
    assertInStep(pair.sync());
    assertThat(pair.text(id(0), "Pieces")).isEqualTo("4");
  }

  /** A choice that Airtable has by now counts, however young the kept description of the table. */
  @Test
  void aChoiceThatDoesNotExistIsNamedAndTakenOnceItDoes() {
    inStep(Map.of());
    pair.tab.type("E2", "Lost");
    pair.tab.put("B4", List.of(List.of("Truck", 1, "", "Lost")));

    JsonNode item = pair.sync();

    assertThat(pair.errors(item).findValuesAsText("cell")).containsExactlyInAnyOrder("E2", "E4");
    assertThat(pair.errors(item).findValuesAsText("field")).containsOnly("Stage");
    assertThat(item.toString()).doesNotContain("Lost");
    assertThat(pair.text(id(0), "Stage")).isNull();
    assertThat(pair.text(id(2), "Name")).isEqualTo("Truck");
    String another = table.create(Map.of("Name", "Van", "Stage", "Lost"));
    assertInStep(pair.sync());
    assertThat(pair.text(id(0), "Stage")).isEqualTo("Lost");
    assertThat(pair.text(id(2), "Stage")).isEqualTo("Lost");
    assertThat(pair.rows().get(4)).contains(another, "Van", "Lost");
  }

  /** The field's type was changed since Airtable described its tables. */
  @Test
  void whatAirtableRefusesIsNamedWithRecordAndFieldAndTheOthersGoOn() {
    inStep(Map.of());
    table.retype("Stage", AirtableField.of("Stage", NUMBER));
    pair.tab.type("E2", "Won");
    pair.tab.type("B2", "E-Bike");
    pair.tab.type("B3", "E-Car");
    pair.tab.put("B4", List.of(List.of("Truck", 1, "", "Lead")));

    JsonNode refused = pair.sync();

    assertThat(refused.at("/result/status").asText()).isEqualTo("partial");
    assertThat(pair.errors(refused).findValuesAsText("kind")).containsOnly("WRITE");
    assertThat(pair.errors(refused).findValuesAsText("field")).containsOnly("Stage");
    assertThat(pair.errors(refused).findValuesAsText("cell")).containsExactlyInAnyOrder("E2", "E4");
    assertThat(pair.errors(refused).findValuesAsText("recordId")).contains(id(0));
    assertThat(pair.text(id(1), "Name")).isEqualTo("E-Car");
    assertThat(pair.errors(pair.sync()).findValuesAsText("kind")).containsOnly("VALIDATION");
    assertThat(pair.text(id(0), "Name")).isEqualTo("E-Bike");
    assertThat(pair.text(id(2), "Name")).isEqualTo("Truck");
    pair.tab.type("E2", "1");
    pair.tab.type("E4", "2");
    assertInStep(pair.sync());
    assertThat(pair.text(id(0), "Stage")).isEqualTo("1");
    assertThat(pair.text(id(2), "Stage")).isEqualTo("2");
    assertThat(table.ids()).hasSize(3);
  }

  @Test
  void aSheetAtItsLimitIsNamedAndTheRowsComeOnceThereIsRoom() {
    inStep(Map.of());
    var book = TestPairs.SHEETS.spreadsheet(pair.spreadsheet);
    // 100 rows of 10 columns are there already.
    book.addSheet("Archive", 1_000, 9_999);
    for (int i = 0; i < 98; i++) {
      table.create(Map.of("Name", "Thing " + i));
    }
    table.edit(id(0), "Pieces", 4);
    pair.tab.type("B3", "E-Car");

    JsonNode item = pair.sync();

    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("partial");
    assertThat(item.at("/result/failed").asInt()).isEqualTo(98);
    assertThat(pair.errors(item).findValuesAsText("recordId"))
        .containsExactlyElementsOf(table.ids().subList(2, 100));
    assertThat(pair.errors(item).findValuesAsText("kind")).containsOnly("WRITE");
    assertThat(pair.errors(item).at("/0/message").asText()).contains("ten million cells");
    assertThat(pair.text(id(1), "Name")).isEqualTo("E-Car");
    assertThat(pair.rows()).hasSize(3);
    assertThat(pair.rows().get(1)).contains("Bike", 4L);
    book.deleteSheet("Archive");
    assertInStep(pair.sync());
    assertThat(pair.rows()).hasSize(101);
    assertThat(pair.rows().get(1)).contains("Bike", 4L);
    assertThat(pair.rows().stream().map(List::getFirst)).doesNotHaveDuplicates();
  }

  @Test
  void strictlyNothingIsWrittenOnEitherSide() {
    inStep(Map.of("options", Map.of("validationMode", "strict")));
    List<List<Object>> rows = pair.rows();
    table.edit(id(0), "Pieces", 4);
    pair.tab.type("B3", "E-Car");
    pair.tab.type("C3", "many");

    JsonNode item = pair.sync();

    assertThat(item.get("status").asText()).isEqualTo("failed");
    assertThat(item.at("/error/kind").asText()).isEqualTo("data");
    assertThat(pair.errors(item).at("/0/cell").asText()).isEqualTo("C3");
    assertThat(item.at("/result/sheetsToAirtable/updated").asInt()).isZero();
    assertThat(pair.logs().at("/0/recordsSynced").asInt()).isZero();
    assertThat(pair.text(id(1), "Name")).isEqualTo("Car");
    assertThat(pair.rows().get(1)).isEqualTo(rows.get(1));
    pair.tab.type("C3", "6");
    assertInStep(pair.sync());
    assertThat(pair.text(id(1), "Name")).isEqualTo("E-Car");
    assertThat(pair.text(id(1), "Pieces")).isEqualTo("6");
    assertThat(pair.rows().get(1)).contains("Bike", 4L);
  }

  @Test
  void aClearedCellClearsTheOtherSide() {
    inStep(Map.of());
    pair.tab.type("C2", "");
    pair.tab.type("D2", "");
    table.clear(id(1), "Pieces");

    assertInStep(pair.sync());

    assertThat(pair.text(id(0), "Pieces")).isNull();
    assertThat(pair.text(id(0), "Notes")).isNull();
    assertThat(pair.rows().get(2)).containsExactly(id(1), "Car");
  }

  @Test
  void textThatLooksLikeSomethingElseStaysTextInBothDirections() {
    List<String> texts =
        List.of(
            "=1+1", "+441234", "-5 °C", "@all", "'quoted", "00123", "3/4", "TRUE", "1e5", "#N/A!");
    inStep(Map.of());
    texts.forEach(text -> table.create(Map.of("Name", "From Airtable", "Notes", text)));
    List<List<Object>> rows = new ArrayList<>();
    texts.forEach(text -> rows.add(List.of("From the sheet", 1, text)));
    pair.tab.put("B4", rows);

    assertInStep(pair.sync());

    assertThat(table.ids().subList(12, 22))
        .extracting(id -> pair.text(id, "Notes"))
        .containsExactlyElementsOf(texts);
    assertThat(pair.rows().subList(13, 23))
        .extracting(row -> row.get(3))
        .containsExactlyElementsOf(texts);
    for (int row = 14; row < 24; row++) {
      assertThat(pair.tab.value("D" + row)).isEqualTo(texts.get(row - 14));
    }
    long written = TestPairs.SHEETS.requests().writes() + TestPairs.AIRTABLE.requests().writes();
    assertInStep(pair.sync());
    assertThat(TestPairs.SHEETS.requests().writes() + TestPairs.AIRTABLE.requests().writes())
        .isEqualTo(written);
  }
}
