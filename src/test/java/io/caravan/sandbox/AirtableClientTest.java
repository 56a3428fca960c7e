package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Airtable's own client makes of the stand-in. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AirtableClientTest {
  private static AirtableClient client;

  private final AirtableServer airtable = AirtableServer.start().token("pat1");
  private final AirtableBase base = airtable.addBase("Sales");
  private final AirtableTable deals =
      base.addTable("Deals", AirtableField.of("Name", AirtableFieldType.SINGLE_LINE_TEXT))
          .add(AirtableField.of("Price", AirtableFieldType.CURRENCY))
          .add(AirtableField.of("Won", AirtableFieldType.CHECKBOX))
          .add(AirtableField.select("Stage", "Lead", "Offer"));

  @BeforeAll
  static void startClient() {
    client = new AirtableClient();
  }

  /** The client waits for seconds when it is too quick. */
  @BeforeEach
  void takeAnyNumber() {
    airtable.requestsPerSecond(100, 100);
  }

  @AfterAll
  static void stopClient() {
    client.close();
  }

  @AfterEach
  void stop() {
    airtable.close();
  }

  private JsonNode run(String body) {
    return client.run(airtable.apiUrl(), "pat1", base.id(), body);
  }

  @Test
  void createsReadsChangesAndDeletes() {
    JsonNode done =
        run(
            """
            const deals = base("Deals");
            const made = await deals.create([
              { fields: { Name: "Bike", Price: 12.5, Won: true, Stage: "Lead" } },
              { fields: { Name: "Bell", Price: 0, Won: false } },
            ]);
            const one = await deals.create({ Name: "Pump" });
            await deals.update(made[0].id, { Price: 20, Won: null });
            await deals.replace(one.id, { Price: 1 });
            await deals.destroy([made[1].id]);
            return (await deals.select({ sort: [{ field: "Price", direction: "desc" }] }).all())
              .map((record) => record.fields);
            """);

    assertThat(done.path("value").toString())
        .isEqualTo("[{\"Name\":\"Bike\",\"Price\":20,\"Stage\":\"Lead\"},{\"Price\":1}]");
    assertThat(airtable.requests().byKind())
        .isEqualTo(
            Map.of(
                "records.create", 2, "records.update", 2, "records.delete", 1, "records.list", 1));
  }

  @Test
  void pagesThroughAllRecords() {
    IntStream.range(0, 250).forEach(i -> deals.create(Map.of("Name", "Deal " + i)));

    JsonNode names =
        run("return (await base('Deals').select().all()).map((record) => record.get('Name'));");

    assertThat(names.path("value")).hasSize(250).contains(new TextNode("Deal 249"));
    assertThat(airtable.requests().of("records.list")).isEqualTo(3);
  }

  @Test
  void aLongFilterTravelsInTheBody() {
    deals.create(Map.of("Name", "Bike"));

    JsonNode names =
        run(
            """
            const filterByFormula = `OR({Name}="Bike",${"FALSE(),".repeat(3000)}FALSE())`;
            return (await base("Deals").select({ filterByFormula, timeZone: "utc", userLocale: "en" }).all())
              .map((record) => record.get("Name"));
            """);

    assertThat(names.path("value")).containsExactly(new TextNode("Bike"));
  }

  @Test
  void tellsWhyARecordIsRefused() {
    JsonNode refused = run("await base('Deals').create([{ fields: { Stage: 'Gone' } }]);");

    assertThat(refused.path("error").asText()).isEqualTo("INVALID_MULTIPLE_CHOICE_OPTIONS");
    assertThat(refused.path("message").asText())
        .isEqualTo("Insufficient permissions to create new select option \"\"Gone\"\"");
    assertThat(refused.path("statusCode").asInt()).isEqualTo(422);
  }

  @Test
  void knowsAnUnknownTokenTableAndRecord() {
    assertThat(
            client
                .run(airtable.apiUrl(), "pat2", base.id(), "await base('Deals').select().all();")
                .path("error")
                .asText())
        .isEqualTo("AUTHENTICATION_REQUIRED");
    assertThat(run("await base('Nothing').select().all();").path("error").asText())
        .isEqualTo("NOT_AUTHORIZED");
    assertThat(run("await base('Deals').find('recAAAAAAAAAAAAAA');").path("error").asText())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void waitsUntilItIsLetInAgain() {
    airtable.fail(1, Fault.status(Fault.On.READS, 429));
    deals.create(Map.of("Name", "Bike"));

    JsonNode found = run("return (await base('Deals').select().all()).length;");

    assertThat(found.path("value").asInt()).isEqualTo(1);
    assertThat(airtable.requests().of("records.list")).isEqualTo(2);
    assertThat(airtable.requests().limitedOnes()).isEqualTo(1);
  }
}
