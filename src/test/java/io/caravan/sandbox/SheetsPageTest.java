package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetsPageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final AirtableServer airtable = AirtableServer.start();
  private final SheetsServer google = SheetsServer.start();
  private final String page = google.showBeside(airtable);
  private final AirtableBase base = airtable.addBase("Sales");
  private final AirtableTable deals =
      base.addTable("Deals", AirtableField.of("Name", AirtableFieldType.SINGLE_LINE_TEXT))
          .add(AirtableField.of("Price", AirtableFieldType.NUMBER));
  private final String bike = deals.create(Map.of("Name", "Bike"));
  private final SheetsTab tab = google.addSpreadsheet("book1", "Book").addSheet("Deals", 20, 5);

  @AfterEach
  void stop() {
    client.close();
    airtable.close();
    google.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> edit(String json) {
    return send(
        HttpRequest.newBuilder(URI.create(page + "page/edit"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "page.css", "page.js"})
  void servesItsFilesAndAllowsNoOthers(String name) {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(page + name)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .contains("default-src 'self'; img-src data:");
  }

  @Test
  void showsBothSidesWithARowAndAColumnToTypeInto() throws IOException {
    tab.put("A1", List.of(List.of("Name"), List.of("Bell")));

    JsonNode state =
        JSON.readTree(send(HttpRequest.newBuilder(URI.create(page + "page/state"))).body());

    assertThat(state.at("/tables/0/rows/0/cells").toString()).isEqualTo("[\"Bike\",\"\"]");
    assertThat(state.at("/tabs/0/rows").toString())
        .isEqualTo("[[\"Name\",\"\"],[\"Bell\",\"\"],[\"\",\"\"]]");
  }

  @Test
  void aPersonEditsRecords() {
    String where = "'base':'%s','table':'%s'".formatted(base.id(), deals.id());

    edit("{%s,'do':'edit','record':'%s','field':'Price','value':'12.5'}".formatted(where, bike));
    edit("{%s,'do':'add'}".formatted(where));
    assertThat(deals.value(bike, "Price").asDouble()).isEqualTo(12.5);
    assertThat(deals.ids()).hasSize(2);

    edit("{%s,'do':'delete','record':'%s'}".formatted(where, bike));
    assertThat(deals.ids()).hasSize(1).doesNotContain(bike);
  }

  @Test
  void aPersonEditsASheet() {
    String where = "'spreadsheet':'book1','tab':'Deals'";
    tab.put("A1", List.of(List.of("Name"), List.of("b"), List.of("a")));

    edit("{%s,'do':'sort','column':'A','ascending':true}".formatted(where));
    edit("{%s,'do':'insert','row':2}".formatted(where));
    edit("{%s,'do':'type','row':2,'column':'A','value':'=1+1'}".formatted(where));
    edit("{%s,'do':'delete','row':4}".formatted(where));

    assertThat(tab.rows()).containsExactly(List.of("Name"), List.of(2L), List.of("a"));
  }

  @Test
  void tellsWhatCannotBeTyped() {
    HttpResponse<String> answer =
        edit(
            "{'base':'%s','table':'%s','do':'edit','record':'%s','field':'Price','value':'word'}"
                .formatted(base.id(), deals.id(), bike));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Field \"Price\" cannot accept the provided value");
  }

  @Test
  void anotherSitesFormChangesNothing() {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(page + "page/edit"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"spreadsheet\":\"book1\"}")));

    assertThat(answer.statusCode()).isEqualTo(415);
  }
}
