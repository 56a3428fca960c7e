package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.NUMBER;
import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A table of things in stock, in a base of its own, and pairs of it with new tabs. */
final class Stock {
  static final Map<String, String> MAPPINGS = Map.of("Name", "Name", "Pieces", "Pieces");
  static final List<Object> HEADER = List.of("Record ID", "Name", "Pieces");

  final AirtableBase base = TestPairs.AIRTABLE.addBase("Stock " + UUID.randomUUID());
  final AirtableTable table =
      base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT))
          .add(AirtableField.of("Pieces", NUMBER));
  final Api api;

  Stock(Api api) {
    this.api = api;
  }

  Pair pair(Map<String, String> mappings, List<List<Object>> rows, Map<String, ?> settings) {
    return new Pair(api, base, table, mappings, rows, settings);
  }

  Pair pair(Map<String, String> mappings, Map<String, ?> settings) {
    return pair(mappings, List.of(HEADER), settings);
  }

  /** Two things that both sides have: Bike in row 2, Car in row 3. */
  Pair inStep(Map<String, ?> settings) {
    table.create(Map.of("Name", "Bike", "Pieces", 3));
    table.create(Map.of("Name", "Car", "Pieces", 5));
    Pair pair = pair(MAPPINGS, settings);
    assertInStep(pair.sync());
    return pair;
  }

  static void assertInStep(JsonNode item) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("success");
  }
}
