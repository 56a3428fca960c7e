package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableFieldType;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sheetsync.TestPairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whole syncs from the sandbox's Airtable. */
@CaravanTest
class AirtableTest {
  private final String token = "pat-" + UUID.randomUUID();
  private final AirtableBase base = TestPairs.AIRTABLE.addBase("Stock " + token);
  private final AirtableTable table =
      base.addTable("Products", AirtableField.of("Name", AirtableFieldType.SINGLE_LINE_TEXT))
          .add(AirtableField.of("id", AirtableFieldType.NUMBER));
  private final List<String> ids = new ArrayList<>();

  private Api api;

  @BeforeEach
  void fill(@LocalServerPort int port) {
    api = new Api(port);
    TestPairs.AIRTABLE.token(token);
    for (int i = 1; i <= 230; i++) {
      ids.add(table.create(Map.of("Name", "Product " + i, "id", i)));
    }
  }

  private String config(String more) {
    return "{\"baseUrl\": \"%s\", \"baseId\": \"%s\", \"table\": \"Products\"%s}"
        .formatted(TestPairs.AIRTABLE.apiUrl(), base.id(), more);
  }

  private TestConnector connector(String more) {
    return TestConnector.add(api, "airtable", config(more), "{\"token\": \"%s\"}".formatted(token));
  }

  @Test
  void recordsComeWithTheirFieldsAndChangesAreFound() {
    TestConnector connector = connector("");
    assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(230);
    table.edit(ids.get(3), "Name", "Renamed");
    table.create(Map.of("Name", "New"));
    table.delete(ids.get(7));

    JsonNode version = connector.versions().getFirst();

    assertThat(version.get("added").asInt()).as("%s", version).isEqualTo(1);
    assertThat(version.get("updated").asInt()).isEqualTo(1);
    assertThat(version.get("removed").asInt()).isEqualTo(1);
    assertThat(connector.records("Products"))
        .hasSize(230)
        .anySatisfy(
            record -> {
              assertThat(record.get("id").asText()).isEqualTo(ids.get(3));
              assertThat(record.get("Name").asText()).isEqualTo("Renamed");
              assertThat(record.get("fields_id").asInt()).isEqualTo(4);
            });
  }

  @Test
  void onlyTheWantedFieldsOfAViewAreFetched() {
    table.addView("Third", "{id} = 3");
    TestConnector connector = connector(", \"view\": \"Third\", \"fields\": [\"Name\"]");

    JsonNode test = connector.test();

    assertThat(test.get("sample")).as("%s", test).hasSize(1);
    assertThat(test.at("/sample/0/Name").asText()).isEqualTo("Product 3");
    assertThat(test.at("/sample/0").has("fields_id")).isFalse();
  }

  @Test
  void aTokenThatWasRevokedNeedsSomebody() {
    TestConnector connector = connector("");
    connector.versions();
    TestPairs.AIRTABLE.revoke(token);

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText()).contains("credentials.token");
    assertThat(connector.show().get("status").asText()).isEqualTo("NEEDS_ATTENTION");
    assertThat(connector.records("Products")).hasSize(230);
  }

  @Test
  void aListThatAirtableForgotInTheMidstIsNoMatterOfTheConfig() {
    TestConnector connector = connector("");
    TestPairs.AIRTABLE.intercept(
        base.id(),
        (kind, writes) -> {
          TestPairs.AIRTABLE.expireIterators(table);
          return null;
        });

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("transient");
    assertThat(connector.show().get("status").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void whatIsNoBaseIsRefused() {
    Api.Answer answer =
        TestConnector.added(
            api,
            "airtable",
            "{\"baseId\": \"../meta\", \"table\": \"Products\"}",
            "{\"token\": \"%s\"}".formatted(token));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("baseId");
  }
}
