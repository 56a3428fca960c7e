package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.CHECKBOX;
import static io.caravan.sandbox.AirtableFieldType.NUMBER;
import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whole syncs against the stand-ins of Airtable and Google Sheets. */
@CaravanTest
class SheetSyncTest {
  private static final Map<String, String> MAPPINGS =
      Map.of("Name", "Name", "Pieces", "Pieces", "Sold", "Sold");

  private Api api;
  private AirtableBase base;
  private AirtableTable table;

  @BeforeEach
  void table(@LocalServerPort int port) {
    api = new Api(port);
    base = TestPairs.AIRTABLE.addBase("Shop");
    table =
        base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT))
            .add(AirtableField.of("Pieces", NUMBER))
            .add(AirtableField.of("Sold", CHECKBOX));
  }

  private Pair pair(List<List<Object>> rows, Map<String, ?> settings) {
    return new Pair(api, base, table, MAPPINGS, rows, settings);
  }

  private static JsonNode result(JsonNode item) {
    assertThat(item.get("status").asText()).as("%s", item).isEqualTo("succeeded");
    return item.get("result");
  }

  @Test
  void recordsBecomeRowsOnceAndThenNothingIsWritten() {
    String bike = table.create(Map.of("Name", "Bike", "Pieces", 3));
    String car = table.create(Map.of("Name", "Car", "Sold", true));
    Pair pair = pair(List.of(), Map.of("syncDirection", "AIRTABLE_TO_SHEETS"));

    JsonNode first = result(pair.sync());

    assertThat(first.get("status").asText()).isEqualTo("success");
    assertThat(first.at("/airtableToSheets/added").asInt()).isEqualTo(2);
    assertThat(pair.rows().getFirst())
        .containsExactlyInAnyOrder("Name", "Pieces", "Sold", "Record ID");
    assertThat(pair.rows()).hasSize(3);
    assertThat(pair.rows().get(1)).contains("Bike", bike);
    assertThat(pair.rows().get(2)).contains("Car", true, car);
    long written = TestPairs.SHEETS.requests().writes();

    assertThat(result(pair.sync()).at("/airtableToSheets/added").asInt()).isZero();
    assertThat(TestPairs.SHEETS.requests().writes()).isEqualTo(written);
    assertThat(pair.show().get("lastSyncStatus").asText()).isEqualTo("success");
    assertThat(pair.logs()).hasSize(2);
    assertThat(pair.logs().get(1).get("triggeredBy").asText()).isEqualTo("initial");
  }

  @Test
  void rowsBecomeRecordsAndGetTheirIds() {
    Pair pair =
        pair(
            List.of(
                List.of("Pieces", "Name", "Notes", "Sold"),
                List.of(3, "Bike", "=1+1", true),
                List.of(5, "Car")),
            Map.of("syncDirection", "SHEETS_TO_AIRTABLE"));

    JsonNode result = result(pair.sync());

    assertThat(result.at("/sheetsToAirtable/added").asInt()).isEqualTo(2);
    assertThat(table.ids()).hasSize(2);
    String bike = table.ids().getFirst();
    assertThat(pair.text(bike, "Name")).isEqualTo("Bike");
    assertThat(pair.text(bike, "Pieces")).isEqualTo("3");
    assertThat(pair.rows().get(0)).endsWith("Record ID");
    assertThat(pair.rows().get(1)).endsWith(bike);
    result(pair.sync());
    assertThat(table.ids()).hasSize(2);
  }

  @Test
  void editsOfDifferentFieldsOnBothSidesBothArrive() {
    String bike = table.create(Map.of("Name", "Bike", "Pieces", 3));
    Pair pair =
        pair(
            List.of(List.of("Record ID", "Name", "Pieces", "Sold")),
            Map.of("conflictResolution", "AIRTABLE_WINS"));
    result(pair.sync());
    table.edit(bike, "Pieces", 4);
    pair.tab.type("B2", "E-Bike");

    JsonNode result = result(pair.sync());

    assertThat(result.at("/conflicts/total").asInt()).isZero();
    assertThat(pair.text(bike, "Name")).isEqualTo("E-Bike");
    assertThat(pair.rows().get(1)).containsExactly(bike, "E-Bike", 4L, false);
    pair.tab.type("C2", "");
    result(pair.sync());
    assertThat(pair.text(bike, "Pieces")).isNull();
  }
}
