package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.AUTO_NUMBER;
import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestSettings;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Linked records go by their names in the sheet, whatever those are (TS-12 to TS-14, D9). */
@CaravanTest
class SheetLinksTest {
  private static final Map<String, String> MAPPINGS =
      Map.of("Name", "Name", "Supplier", "Supplier");
  private static final List<Object> HEADER = List.of("Record ID", "Name", "Supplier");

  private Api api;
  private AirtableBase base;
  private AirtableTable suppliers;
  private AirtableTable table;

  @BeforeEach
  void table(@LocalServerPort int port) {
    api = new Api(port);
    base = TestPairs.AIRTABLE.addBase("Links " + UUID.randomUUID());
    suppliers = base.addTable("Suppliers", AirtableField.of("Title", SINGLE_LINE_TEXT));
    table =
        base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT))
            .addLink("Supplier", suppliers);
  }

  private String supplier(String title) {
    return suppliers.create(Map.of("Title", title));
  }

  /** Bike of Acme in row 2, on both sides. */
  private Pair inStep(Map<String, ?> options) {
    table.create(Map.of("Name", "Bike", "Supplier", List.of(supplier("Acme"))));
    Pair pair = new Pair(api, base, table, MAPPINGS, List.of(HEADER), Map.of("options", options));
    assertInStep(pair.sync());
    return pair;
  }

  private static void assertInStep(JsonNode item) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("success");
  }

  private void assertLeftAlone(Pair pair, JsonNode item, String cell) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("partial");
    assertThat(pair.errors(item)).hasSize(1);
    assertThat(pair.errors(item).at("/0/kind").asText()).isEqualTo("LINKED_RECORD");
    assertThat(pair.errors(item).at("/0/field").asText()).isEqualTo("Supplier");
    assertThat(pair.errors(item).at("/0/cell").asText()).isEqualTo(cell);
  }

  private List<String> linked(int place) {
    return table
        .value(table.ids().get(place), "Supplier")
        .valueStream()
        .map(JsonNode::asText)
        .toList();
  }

  @Test
  void aRecordThatIsLinkedSinceTheNamesWereKeptShowsItsName() {
    Pair pair = inStep(Map.of());
    table.create(Map.of("Name", "Car", "Supplier", List.of(supplier("Bolt"), supplier("Cog"))));

    assertInStep(pair.sync());

    assertThat(pair.rows().get(2)).endsWith("Car", "Bolt, Cog");
  }

  @Test
  void aNewNameOfALinkedRecordArrivesAndIsNobodysEdit() {
    Pair pair = inStep(Map.of());
    suppliers.edit(suppliers.ids().getFirst(), "Title", "Acme & Sons");
    JdbcClient.create(TestSettings.database())
        .sql("update sheetsync.linked_table set read_at = read_at - interval '1 hour'")
        .update();

    JsonNode item = pair.sync();

    assertInStep(item);
    assertThat(item.at("/result/conflicts/total").asInt()).isZero();
    assertThat(pair.rows().get(1)).endsWith("Bike", "Acme & Sons");
    assertThat(linked(0)).containsExactly(suppliers.ids().getFirst());
  }

  @Test
  void aNameThatTwoRecordsHaveIsNamedUntilTheyDiffer() {
    Pair pair = inStep(Map.of());
    String first = supplier("Bolt");
    String second = supplier("Bolt");
    pair.tab.type("C2", "Bolt");

    assertLeftAlone(pair, pair.sync(), "C2");

    assertThat(linked(0)).containsExactly(suppliers.ids().getFirst());
    assertThat(pair.rows().get(1)).endsWith("Bike", "Bolt");
    suppliers.edit(first, "Title", "Bolt of York");
    assertInStep(pair.sync());
    assertThat(linked(0)).containsExactly(second);
  }

  @Test
  void namesWithCommasAndQuotesSurviveTheWayThereAndBack() {
    Pair pair = inStep(Map.of());
    String smith = supplier("Smith, John");
    String quoted = supplier("The \"Best\" Co");
    table.edit(table.ids().getFirst(), "Supplier", List.of(smith, quoted));

    assertInStep(pair.sync());

    assertThat(pair.rows().get(1)).endsWith("Bike", "\"Smith, John\", \"The \"\"Best\"\" Co\"");
    pair.tab.put(
        "B3", List.of(List.of("Car", "Acme, \"Smith, John\""), List.of("Van", "Smith, John")));
    assertInStep(pair.sync());
    assertThat(linked(1)).containsExactly(suppliers.ids().getFirst(), smith);
    assertThat(linked(2)).containsExactly(smith);
    assertThat(suppliers.ids()).hasSize(3);
  }

  @Test
  void aNameThatNoRecordHasIsNamedAndLinkedOnceThereIsOne() {
    Pair pair = inStep(Map.of());
    pair.tab.type("C2", "Bolt");
    pair.tab.type("B2", "E-Bike");

    assertLeftAlone(pair, pair.sync(), "C2");

    assertThat(suppliers.ids()).hasSize(1);
    assertThat(table.value(table.ids().getFirst(), "Name").asText()).isEqualTo("E-Bike");
    String bolt = supplier("Bolt");
    assertInStep(pair.sync());
    assertThat(linked(0)).containsExactly(bolt);
  }

  /** Section 4 item 2: every write is in the journal. */
  @Test
  void missingRecordsAreMadeOnceIfTheConfigSaysSo() {
    Pair pair = inStep(Map.of("createMissingLinkedRecords", true));
    pair.tab.put("B2", List.of(List.of("Bike", "Bolt, Cog"), List.of("Car", "Bolt")));
    JsonNode planned = pair.dryRun().at("/result/plan/changes");
    assertThat(planned.valueStream().filter(change -> change.get("action").asText().equals("link")))
        .extracting(change -> change.at("/cells/0/after").asText())
        .containsExactly("Bolt", "Cog");
    assertThat(suppliers.ids()).hasSize(1);
    JsonNode run = pair.run("{\"only\":[\"%s\"]}".formatted(pair.config));

    assertInStep(pair.item(run));

    assertThat(suppliers.ids()).hasSize(3);
    assertThat(linked(0)).containsExactlyElementsOf(suppliers.ids().subList(1, 3));
    assertThat(linked(1)).containsExactly(suppliers.ids().get(1));
    JsonNode changes =
        api.get("/api/v1/runs/" + run.get("id").asText() + "/changes").body().get("changes");
    assertThat(changes.valueStream().filter(change -> change.get("action").asText().equals("link")))
        .extracting(change -> change.get("recordId").asText())
        .containsExactlyElementsOf(suppliers.ids().subList(1, 3));
    assertInStep(pair.sync());
    assertThat(suppliers.ids()).hasSize(3);
  }

  @Test
  void aHaltedSyncMakesNoLinkedRecordEither() {
    Pair pair = inStep(Map.of("createMissingLinkedRecords", true));
    pair.tab.type("C2", "Bolt");
    pair.tab.type("A2", "");

    assertThat(pair.sync().at("/error/kind").asText()).isEqualTo("brake");

    assertThat(suppliers.ids()).hasSize(1);
    pair.resume();
    assertInStep(pair.sync());
    assertThat(suppliers.ids()).hasSize(2);
    assertThat(table.ids()).hasSize(1);
  }

  @Test
  void aStrictSyncMakesNoLinkedRecordBesideAProblem() {
    Pair pair = inStep(Map.of("createMissingLinkedRecords", true, "validationMode", "strict"));
    supplier("Twin");
    supplier("Twin");
    pair.tab.put("B2", List.of(List.of("Bike", "Bolt"), List.of("Car", "Twin")));

    assertThat(pair.sync().get("status").asText()).isEqualTo("failed");

    assertThat(suppliers.ids()).hasSize(3);
    assertThat(table.ids()).hasSize(1);
  }

  @Test
  void aFirstSyncThatWaitsForApprovalMakesNoLinkedRecord() {
    Pair pair =
        new Pair(
            api,
            base,
            table,
            MAPPINGS,
            List.of(HEADER, List.of("", "Car", "Bolt")),
            Map.of("options", Map.of("createMissingLinkedRecords", true, "requireApproval", true)));

    assertThat(pair.sync().get("reason").asText()).contains("waits for approval");

    assertThat(suppliers.ids()).isEmpty();
    pair.resume();
    assertInStep(pair.sync());
    assertThat(linked(0)).isEqualTo(suppliers.ids());
  }

  /** Names are made into records only where the sheet shows names. */
  @Test
  void whereTheSheetShowsIdsANameMakesNoRecord() {
    Pair pair = inStep(Map.of("createMissingLinkedRecords", true, "resolveLinkedRecords", false));
    assertThat(pair.rows().get(1)).endsWith("Bike", suppliers.ids().getFirst());
    pair.tab.type("C2", "Bolt");

    assertLeftAlone(pair, pair.sync(), "C2");

    assertThat(suppliers.ids()).hasSize(1);
    String bolt = supplier("Bolt");
    pair.tab.type("C2", bolt);
    assertInStep(pair.sync());
    assertThat(linked(0)).containsExactly(bolt);
  }

  @Test
  void linkedRecordsThatAirtableDoesNotTakeAreNamedAndTheRestGoesOn() {
    AirtableTable orders = base.addTable("Orders", AirtableField.of("Number", AUTO_NUMBER));
    orders.create(Map.of());
    table.addLink("Order", orders);
    Pair pair =
        new Pair(
            api,
            base,
            table,
            Map.of("Name", "Name", "Order", "Order"),
            List.of(
                List.of("Name", "Order"), List.of("Bike", 1), List.of("Car", 2), List.of("Van", 3)),
            Map.of("options", Map.of("createMissingLinkedRecords", true)));

    JsonNode item = pair.sync();

    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("partial");
    assertThat(pair.errors(item).findValuesAsText("kind")).containsOnly("LINKED_RECORD");
    assertThat(pair.errors(item).findValuesAsText("cell")).containsExactlyInAnyOrder("B3", "B4");
    assertThat(orders.ids()).hasSize(1);
    assertThat(table.ids()).hasSize(3);
    assertThat(table.value(table.ids().getFirst(), "Order").get(0).asText())
        .isEqualTo(orders.ids().getFirst());
    orders.create(Map.of());
    orders.create(Map.of());
    assertInStep(pair.sync());
    assertThat(table.value(table.ids().get(2), "Order").get(0).asText())
        .isEqualTo(orders.ids().get(2));
  }
}
