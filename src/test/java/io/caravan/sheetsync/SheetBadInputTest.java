package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.NUMBER;
import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static io.caravan.sheetsync.Stock.HEADER;
import static io.caravan.sheetsync.Stock.MAPPINGS;
import static io.caravan.sheetsync.Stock.assertInStep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sandbox.Fault;
import io.caravan.sandbox.SheetsTab;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A place that is gone, or a set-up that does not fit: named, and nothing is lost (issue). */
@CaravanTest
class SheetBadInputTest {
  private Stock stock;
  private AirtableTable table;

  @BeforeEach
  void stock(@LocalServerPort int port) {
    stock = new Stock(new Api(port));
    table = stock.table;
  }

  private static void assertFailed(Pair pair, JsonNode item, String kind, String... says) {
    assertThat(item.get("status").asText()).as("%s", item).isEqualTo("failed");
    assertThat(pair.errors(item)).hasSize(1);
    assertThat(pair.errors(item).at("/0/kind").asText()).isEqualTo(kind);
    assertThat(pair.errors(item).at("/0/message").asText()).contains(says);
    assertThat(pair.show().get("lastErrorMessage").asText()).contains(says);
  }

  private static void assertPartial(Pair pair, JsonNode item, String kind, String field) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("partial");
    assertThat(pair.errors(item)).hasSize(1);
    assertThat(pair.errors(item).at("/0/kind").asText()).isEqualTo(kind);
    assertThat(pair.errors(item).at("/0/field").asText()).isEqualTo(field);
  }

  @Test
  void aBaseThatIsGoneOrNotGrantedIsNamed() {
    Pair pair = stock.pair(MAPPINGS, Map.of("airtableBaseId", "appZZZZZZZZZZZZZZ"));

    assertFailed(pair, pair.sync(), "OAUTH", "appZZZZZZZZZZZZZZ", "check the ids");

    assertThat(pair.connection("airtable").get("needsReauth").asBoolean()).isFalse();
  }

  /** Airtable says of a table that is gone only that it is not there or not granted. */
  @Test
  void aTableThatIsGoneIsNamedAndTheSheetStaysAsItIs() {
    Pair pair = stock.inStep(Map.of("options", Map.of("deleteExtraRows", true)));
    List<List<Object>> rows = pair.rows();
    stock.base.deleteTable("Stock");

    assertFailed(pair, pair.sync(), "VALIDATION", table.id(), "airtableTableId");

    assertThat(pair.rows()).isEqualTo(rows);
  }

  @Test
  void aViewThatIsGoneIsNamedAndNothingIsDeleted() {
    String view = table.addView("All", null);
    Pair pair =
        stock.inStep(Map.of("airtableViewId", view, "options", Map.of("deleteExtraRows", true)));
    table.deleteView(view);
    table.edit(table.ids().getFirst(), "Pieces", 4);

    assertFailed(pair, pair.sync(), "VALIDATION", view);

    assertThat(pair.rows()).hasSize(3);
    pair.change("airtableViewId", null);
    assertInStep(pair.sync());
    assertThat(pair.rows().get(1)).endsWith("Bike", 4L);
  }

  @Test
  void aSpreadsheetThatIsGoneIsNamed() {
    Pair pair = stock.pair(MAPPINGS, Map.of("googleSpreadsheetId", "nobodys-book"));

    assertFailed(pair, pair.sync(), "VALIDATION", "nobodys-book");
  }

  @Test
  void aSpreadsheetThatIsNoLongerSharedIsNamedAndTheLogInStaysGood() {
    Pair pair = stock.inStep(Map.of());
    table.edit(table.ids().getFirst(), "Pieces", 4);
    TestPairs.SHEETS.spreadsheet(pair.spreadsheet).unshare(pair.owner + "@example.com");

    assertFailed(pair, pair.sync(), "OAUTH", pair.spreadsheet, "share it");

    assertThat(pair.connection("google").get("needsReauth").asBoolean()).isFalse();
    TestPairs.SHEETS.spreadsheet(pair.spreadsheet).shareWith(pair.owner + "@example.com");
    assertInStep(pair.sync());
    assertThat(pair.rows().get(1)).endsWith("Bike", 4L);
  }

  @Test
  void aTabThatIsGoneIsNamedAndTheSyncGoesOnInItsCopy() {
    Pair pair = stock.inStep(Map.of("options", Map.of("deleteExtraRecords", true)));
    TestPairs.SHEETS
        .spreadsheet(pair.spreadsheet)
        .addSheet("Copy", 20, 3)
        .put("A1", pair.tab.rows());
    TestPairs.SHEETS.spreadsheet(pair.spreadsheet).deleteSheet("Data");
    table.edit(table.ids().getFirst(), "Pieces", 4);

    assertFailed(pair, pair.sync(), "VALIDATION", "no tab Data, but Copy", "googleSheetName");

    assertThat(table.ids()).hasSize(2);
    pair.change("googleSheetName", "Copy");
    assertInStep(pair.sync());
    assertThat(TestPairs.SHEETS.spreadsheet(pair.spreadsheet).sheet("Copy").rows().get(1))
        .containsExactly(table.ids().getFirst(), "Bike", 4L);
  }

  @Test
  void aTabThatWasBroughtBackUnderItsNameIsFound() {
    Pair pair = stock.inStep(Map.of());
    SheetsTab copy = TestPairs.SHEETS.spreadsheet(pair.spreadsheet).addSheet("Copy of Data", 20, 3);
    copy.put("A1", pair.tab.rows());
    TestPairs.SHEETS.spreadsheet(pair.spreadsheet).deleteSheet("Data");
    copy.rename("Data");
    copy.type("C2", "4");

    assertInStep(pair.sync());

    assertThat(pair.text(table.ids().getFirst(), "Pieces")).isEqualTo("4");
    assertThat(table.ids()).hasSize(2);
  }

  @Test
  void aHeaderThatIsGoneIsNamedAndItsColumnCatchesUpOnceItIsBack() {
    Pair pair = stock.inStep(Map.of("conflictResolution", "AIRTABLE_WINS"));
    String bike = table.ids().getFirst();
    pair.tab.type("C1", "Stück");
    table.edit(bike, "Name", "E-Bike");
    table.edit(bike, "Pieces", 4);

    JsonNode item = pair.sync();

    assertPartial(pair, item, "VALIDATION", "Pieces");
    assertThat(pair.errors(item).at("/0/message").asText()).contains("No column is called Pieces");
    assertThat(pair.rows().get(0)).containsExactly("Record ID", "Name", "Stück");
    assertThat(pair.rows().get(1)).containsExactly(bike, "E-Bike", 3L);
    pair.tab.type("C1", "Pieces");
    assertInStep(pair.sync());
    assertThat(pair.rows().get(1)).containsExactly(bike, "E-Bike", 4L);
  }

  /** The description of the tables is kept for some minutes, and must not be trusted for that. */
  @Test
  void aFieldThatIsGoneIsNamedAtOnceAndTheOthersGoOn() {
    Pair pair = stock.inStep(Map.of());
    table.deleteField("Pieces");
    table.edit(table.ids().getFirst(), "Name", "E-Bike");

    JsonNode item = pair.sync();

    assertPartial(pair, item, "VALIDATION", "Pieces");
    assertThat(pair.rows().get(1)).endsWith("E-Bike", 3L);
    table.add(AirtableField.of("Pieces", NUMBER));
    assertInStep(pair.sync());
    assertThat(pair.text(table.ids().getFirst(), "Pieces")).isEqualTo("3");
  }

  @Test
  void aMappingToAFieldThatNeverWasIsNamedAndCatchesUpOnceThereIsOne() {
    Map<String, String> mappings = new LinkedHashMap<>(MAPPINGS);
    mappings.put("Colour", "Colour");
    Pair pair =
        stock.pair(
            mappings,
            List.of(List.of("Name", "Pieces", "Colour"), List.of("Bike", 3, "red")),
            Map.of());

    assertPartial(pair, pair.sync(), "VALIDATION", "Colour");

    String bike = table.ids().getFirst();
    table.add(AirtableField.of("Colour", SINGLE_LINE_TEXT));
    assertInStep(pair.sync());
    assertThat(pair.text(bike, "Colour")).isEqualTo("red");
    assertThat(table.ids()).containsExactly(bike);
  }

  /** A field that is taken for mapped and not read would look empty, and be written over. */
  @Test
  void aMappingThatSpellsAFieldInOtherLettersMeansIt() {
    String bike = table.create(Map.of("Name", "Bike", "Pieces", 3));
    Pair pair =
        stock.pair(
            Map.of("Name", "Name", "pieces ", "Pieces"),
            List.of(HEADER, List.of(bike, "Bike", 9)),
            Map.of("conflictResolution", "AIRTABLE_WINS"));

    JsonNode item = pair.sync();

    assertInStep(item);
    assertThat(item.at("/result/conflicts/airtableWins").asInt()).isEqualTo(1);
    assertThat(pair.text(bike, "Pieces")).isEqualTo("3");
    assertThat(pair.rows().get(1)).containsExactly(bike, "Bike", 3L);
  }

  @Test
  void aReadOnlyFieldIsNamedAsATargetAndTheOthersGoOn() {
    table.add(
        AirtableField.formula(
            "Twice", "number", row -> IntNode.valueOf(row.value("Pieces").asInt() * 2)));
    Map<String, String> mappings = new LinkedHashMap<>(MAPPINGS);
    mappings.put("Twice", "Twice");
    Pair pair =
        stock.pair(
            mappings,
            List.of(List.of("Name", "Pieces", "Twice"), List.of("Bike", 3, 99)),
            Map.of("syncDirection", "SHEETS_TO_AIRTABLE"));

    assertPartial(pair, pair.sync(), "VALIDATION", "Twice");

    assertThat(pair.text(table.ids().getFirst(), "Pieces")).isEqualTo("3");
    assertThat(pair.rows().get(1)).startsWith("Bike", 3L, 99L);
  }

  @Test
  void aConfigThatMapsTwoFieldsToOneColumnIsRefusedByName() {
    Pair pair = stock.inStep(Map.of());
    String body = "{\"fieldMappings\":{\"Name\":\"Thing\",\"Pieces\":\" Thing\"}}";

    Api.Answer patched =
        stock.api.call("PATCH", "/api/v1/sync-configs/" + pair.config, body, Map.of());

    assertThat(patched.status()).isEqualTo(422);
    assertThat(patched.body().get("detail").asText()).contains("Thing", "Name", "Pieces");
    assertThat(pair.show().get("fieldMappings").get("Name").asText()).isEqualTo("Name");
  }

  @Test
  void aFieldMappedToTheColumnOfTheIdsIsRefusedByName() {
    Pair pair = stock.inStep(Map.of());

    Api.Answer patched =
        stock.api.call(
            "PATCH",
            "/api/v1/sync-configs/" + pair.config,
            "{\"fieldMappings\":{\"Name\":\"Record ID\"}}",
            Map.of());

    assertThat(patched.status()).isEqualTo(422);
    assertThat(patched.body().get("detail").asText()).contains("Name", "Record ID");
  }

  /** Which column a header means shows only in the sheet: letters' case counts if it has to. */
  @Test
  void twoFieldsThatMeetInOneColumnAreBothNamedAndTheOthersGoOn() {
    table.add(AirtableField.of("Colour", SINGLE_LINE_TEXT));
    Map<String, String> mappings = new LinkedHashMap<>(MAPPINGS);
    mappings.put("Pieces", "thing");
    mappings.put("Colour", "THING");
    Pair pair =
        stock.pair(mappings, List.of(List.of("Name", "Thing"), List.of("Bike", 3)), Map.of());

    JsonNode item = pair.sync();

    assertThat(item.at("/result/status").asText()).isEqualTo("partial");
    assertThat(pair.errors(item).findValuesAsText("field"))
        .containsExactlyInAnyOrder("Pieces", "Colour");
    assertThat(pair.text(table.ids().getFirst(), "Name")).isEqualTo("Bike");
    assertThat(pair.text(table.ids().getFirst(), "Pieces")).isNull();
    assertThat(pair.rows().get(1)).startsWith("Bike", 3L);
  }

  @Test
  void aFieldMappedByNameAndByIdIsNamed() {
    Map<String, String> mappings = new LinkedHashMap<>(MAPPINGS);
    mappings.put(table.fieldId("Pieces"), "Number");
    table.create(Map.of("Name", "Bike", "Pieces", 3));
    Pair pair = stock.pair(mappings, Map.of());

    assertPartial(pair, pair.sync(), "VALIDATION", "Pieces");

    assertThat(pair.rows().get(1)).contains("Bike", 3L);
  }

  @Test
  void aConfigThatIsDeletedWhileItsSyncFailsEndsItsItem() {
    Pair pair = stock.inStep(Map.of());
    TestPairs.AIRTABLE.intercept(
        stock.base.id(),
        (kind, writes) -> {
          stock.api.call("DELETE", "/api/v1/sync-configs/" + pair.config, null, Map.of());
          return Fault.status(Fault.On.ANY, 400);
        });

    JsonNode run = pair.run("{\"only\":[\"%s\"]}".formatted(pair.config));

    assertThat(pair.item(run).get("status").asText()).isEqualTo("failed");
    assertThat(pair.item(run).at("/error/kind").asText()).isEqualTo("data");
  }

  @Test
  void aConnectionThatIsDeletedWhileItIsUsedIsNamed() {
    Pair pair = stock.inStep(Map.of());
    table.create(Map.of("Name", "Truck"));
    String connection = pair.connection("google").get("id").asText();
    TestPairs.AIRTABLE.intercept(
        stock.base.id(),
        (kind, writes) -> {
          stock.api.call("DELETE", "/api/v1/connections/google/" + connection, null, Map.of());
          return null;
        });

    assertFailed(pair, pair.sync(), "VALIDATION", "no Google connection " + connection);

    pair.connect("google", Map.of("accessToken", pair.googleToken));
    assertInStep(pair.sync());
    assertThat(pair.rows()).hasSize(4);
  }
}
