package io.caravan.sheetsync;

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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Something that takes back what a sync wrote, every time (requirements, section 4 item 3). */
@CaravanTest
class SheetLoopTest {
  /** So many cycles in a row make a loop. */
  private static final int CYCLES = 4;

  private Api api;
  private AirtableBase base;
  private AirtableTable table;
  private String bike;
  private String car;

  @BeforeEach
  void table(@LocalServerPort int port) {
    api = new Api(port);
    base = TestPairs.AIRTABLE.addBase("Loop " + UUID.randomUUID());
    table = base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT));
    bike = table.create(Map.of("Name", "Bike"));
    car = table.create(Map.of("Name", "Car"));
  }

  private Pair inStep(String direction) {
    Pair pair =
        new Pair(
            api,
            base,
            table,
            Map.of("Name", "Name"),
            direction.equals("SHEETS_TO_AIRTABLE")
                ? List.of(List.of("Record ID", "Name"), List.of(bike, "Bike"), List.of(car, "Car"))
                : List.of(List.of("Record ID", "Name")),
            Map.of("syncDirection", direction));
    assertInStep(pair.sync());
    return pair;
  }

  private static void assertInStep(JsonNode item) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("success");
  }

  private void assertFrozen(Pair pair, JsonNode item) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("partial");
    assertThat(pair.errors(item)).hasSize(1);
    assertThat(pair.errors(item).at("/0/kind").asText()).isEqualTo("STATE");
    assertThat(pair.errors(item).at("/0/recordId").asText()).isEqualTo(bike);
    assertThat(pair.errors(item).at("/0/message").asText()).contains("back and forth", "resume");
  }

  @Test
  void aRecordThatAnAutomationRewritesAfterEachSyncIsFrozenUntilSomebodyResumes() {
    Pair pair = inStep("SHEETS_TO_AIRTABLE");
    pair.tab.type("B2", "E-Bike");
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      assertInStep(pair.sync());
      assertThat(pair.text(bike, "Name")).isEqualTo("E-Bike");
      table.edit(bike, "Name", "Bike");
    }

    for (int cycle = 0; cycle < 3; cycle++) {
      pair.tab.type("B3", "Car " + cycle);
      assertFrozen(pair, pair.sync());
      assertThat(pair.text(bike, "Name")).isEqualTo("Bike");
      assertThat(pair.text(car, "Name")).isEqualTo("Car " + cycle);
    }
    assertThat(pair.rows().get(1)).containsExactly(bike, "E-Bike");

    assertThat(pair.resume().status()).isEqualTo(200);
    assertInStep(pair.sync());
    assertThat(pair.text(bike, "Name")).isEqualTo("E-Bike");
    assertThat(pair.resume().status()).isEqualTo(409);
    assertInStep(pair.sync());
  }

  /** An automation there and a script here: each cycle one of them has just had its way. */
  @Test
  void aRecordThatBothSidesRewriteIsFrozenAndTheOthersGoOn() {
    Pair pair = inStep("BIDIRECTIONAL");
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      if (cycle % 2 == 0) {
        table.edit(bike, "Name", "BIKE");
      } else {
        pair.tab.type("B2", "Bike");
      }
      assertInStep(pair.sync());
    }
    table.edit(bike, "Name", "BIKE");
    table.edit(car, "Name", "E-Car");

    assertFrozen(pair, pair.sync());

    assertThat(pair.rows().get(1)).containsExactly(bike, "Bike");
    assertThat(pair.rows().get(2)).containsExactly(car, "E-Car");
    assertThat(pair.text(bike, "Name")).isEqualTo("BIKE");
  }
}
