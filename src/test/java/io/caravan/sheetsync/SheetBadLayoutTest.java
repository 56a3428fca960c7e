package io.caravan.sheetsync;

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

/** Headers and ids that people deleted, wiped or copied: nothing is lost (issue). */
@CaravanTest
class SheetBadLayoutTest {
  private static final Map<String, String> MAPPINGS = Map.of("Name", "Name", "Pieces", "Pieces");
  private static final List<Object> HEADER = List.of("Record ID", "Name", "Pieces");

  private Api api;
  private AirtableBase base;
  private AirtableTable table;

  @BeforeEach
  void table(@LocalServerPort int port) {
    api = new Api(port);
    base = TestPairs.AIRTABLE.addBase("Bad layout " + UUID.randomUUID());
    table =
        base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT))
            .add(AirtableField.of("Pieces", NUMBER));
  }

  private Pair pair(Map<String, String> mappings, Map<String, ?> settings) {
    return new Pair(api, base, table, mappings, List.of(HEADER), settings);
  }

  /** Two things that both sides have: Bike in row 2, Car in row 3. */
  private Pair inStep(Map<String, ?> settings) {
    table.create(Map.of("Name", "Bike", "Pieces", 3));
    table.create(Map.of("Name", "Car", "Pieces", 5));
    Pair pair = pair(MAPPINGS, settings);
    assertInStep(pair.sync());
    return pair;
  }

  private static void assertInStep(JsonNode item) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("success");
  }

  private static void assertHalted(Pair pair, JsonNode item, String says) {
    assertThat(item.get("status").asText()).as("%s", item).isEqualTo("failed");
    assertThat(item.at("/error/kind").asText()).isEqualTo("brake");
    assertThat(pair.errors(item).at("/0/kind").asText()).isEqualTo("STATE");
    assertThat(pair.show().get("haltReason").asText()).contains(says);
    JsonNode log = pair.logs().get(0);
    assertThat(log.get("status").asText()).isEqualTo("FAILED");
    assertThat(log.get("recordsSynced").asInt()).isZero();
    assertThat(item.at("/result/airtableToSheets/updated").asInt()).isZero();
  }

  @Test
  void aDeletedHeaderRowHaltsTheConfigUntilItIsBack() {
    Pair pair = inStep(Map.of());
    String bike = table.ids().getFirst();
    pair.tab.deleteRows(1, 1);
    pair.tab.type("C1", "4");

    assertHalted(pair, pair.sync(), "header");

    assertThat(pair.rows()).hasSize(2);
    assertThat(table.ids()).hasSize(2);
    pair.tab.insertRows(1, 1);
    pair.tab.put("A1", List.of(HEADER));
    pair.resume();
    assertInStep(pair.sync());
    assertThat(pair.text(bike, "Pieces")).isEqualTo("4");
    assertThat(table.ids()).hasSize(2);
  }

  @Test
  void aWipedIdColumnHaltsTheConfigAndComesBackOnceSomebodyApproves() {
    Pair pair = inStep(Map.of());
    List<List<Object>> rows = pair.rows();
    pair.tab.type("A2", "");
    pair.tab.type("A3", "");
    table.edit(table.ids().getFirst(), "Pieces", 4);

    assertHalted(pair, pair.sync(), "record ids is empty");

    assertThat(pair.rows().get(1)).containsExactly("", "Bike", 3L);
    pair.resume();
    assertInStep(pair.sync());
    assertThat(pair.rows().get(1)).containsExactly(table.ids().getFirst(), "Bike", 4L);
    assertThat(pair.rows().get(2)).isEqualTo(rows.get(2));
    assertThat(table.ids()).hasSize(2);
  }

  @Test
  void anIdColumnThatWasCopiedHaltsTheConfigUntilOneIsLeft() {
    Pair pair = inStep(Map.of());
    List<List<Object>> ids = new ArrayList<>();
    pair.rows().forEach(row -> ids.add(List.of(row.getFirst())));
    pair.tab.put("D1", ids);
    pair.tab.type("B2", "E-Bike");

    assertHalted(pair, pair.sync(), "2 columns are called Record ID");

    pair.tab.deleteColumns("A", 1);
    pair.resume();
    assertInStep(pair.sync());
    assertThat(pair.text(table.ids().getFirst(), "Name")).isEqualTo("E-Bike");
    assertThat(table.ids()).hasSize(2);
  }

  @Test
  void idsPastedTwiceAreNamedByTheirCellsAndTheOthersGoOn() {
    Pair pair = inStep(Map.of());
    String bike = table.ids().getFirst();
    pair.tab.put("A4", List.of(List.of(bike, "Tandem", 7), List.of("", "Truck", 1)));
    pair.tab.put("B2", List.of(List.of("E-Bike", 4)));

    JsonNode item = pair.sync();

    assertThat(pair.errors(item).findValuesAsText("cell")).containsExactlyInAnyOrder("A2", "A4");
    assertThat(pair.errors(item).findValuesAsText("recordId")).containsOnly(bike);
    assertThat(pair.errors(item).findValuesAsText("kind")).containsOnly("STATE");
    assertThat(pair.text(bike, "Name")).isEqualTo("Bike");
    assertThat(table.ids()).hasSize(3);
    pair.tab.type("A4", "");
    assertInStep(pair.sync());
    assertThat(pair.text(bike, "Name")).isEqualTo("E-Bike");
    assertThat(table.ids()).hasSize(4);
  }
}
