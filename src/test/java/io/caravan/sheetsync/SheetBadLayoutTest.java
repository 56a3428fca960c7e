package io.caravan.sheetsync;

import static io.caravan.sheetsync.Stock.HEADER;
import static io.caravan.sheetsync.Stock.assertInStep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.AirtableTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Headers and ids that people deleted, wiped or copied: nothing is lost (issue). */
@CaravanTest
class SheetBadLayoutTest {
  private Stock stock;
  private AirtableTable table;

  @BeforeEach
  void stock(@LocalServerPort int port) {
    stock = new Stock(new Api(port));
    table = stock.table;
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
    Pair pair = stock.inStep(Map.of());
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
    Pair pair = stock.inStep(Map.of());
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
    Pair pair = stock.inStep(Map.of());
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
    Pair pair = stock.inStep(Map.of());
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
