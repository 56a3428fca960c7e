package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetsServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final SheetsServer google = SheetsServer.start().token("t1", "ann@example.com");
  private final SheetsSpreadsheet book = google.addSpreadsheet("book1", "Book");
  private final SheetsTab tab = book.addSheet("Bob's list", 8, 4);

  @BeforeEach
  void fill() {
    tab.put("A1", List.of(List.of("n", "v"), List.of("c", 3), List.of("a", 1), List.of("b", 2)));
  }

  @AfterEach
  void stop() {
    client.close();
    google.close();
  }

  private JsonNode send(String method, String path, String body) {
    try {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
        zip.write(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(google.apiUrl() + "/v4/spreadsheets/book1" + path))
              .header("Authorization", "Bearer t1")
              .header("Content-Type", "application/json")
              .header("Content-Encoding", "gzip")
              .method(method, BodyPublishers.ofByteArray(zipped.toByteArray()))
              .build();
      return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode change(String request) {
    return send("POST", ":batchUpdate", "{'requests':[%s]}".formatted(request));
  }

  private String firstColumn() {
    StringBuilder column = new StringBuilder();
    tab.rows().forEach(row -> column.append(row.isEmpty() ? "_" : row.getFirst()));
    return column.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'insertDimension':{'range':{'sheetId':0,'dimension':'ROWS','startIndex':1,'endIndex':2}} |"
            + " n_cab",
        "'deleteDimension':{'range':{'sheetId':0,'dimension':'ROWS','startIndex':1,'endIndex':3}} |"
            + " nb",
        "'moveDimension':{'source':{'sheetId':0,'dimension':'ROWS','startIndex':1,'endIndex':2},'destinationIndex':4}"
            + " | nabc",
        "'moveDimension':{'source':{'sheetId':0,'dimension':'ROWS','startIndex':3,'endIndex':4},'destinationIndex':1}"
            + " | nbca",
        "'moveDimension':{'source':{'sheetId':0,'dimension':'COLUMNS','startIndex':1,'endIndex':2},'destinationIndex':0}"
            + " | v312",
        "'deleteDimension':{'range':{'sheetId':0,'dimension':'COLUMNS','startIndex':0,'endIndex':1}}"
            + " | v312",
        "'sortRange':{'range':{'sheetId':0,'startRowIndex':1},'sortSpecs':[{'dimensionIndex':1,'sortOrder':'DESCENDING'}]}"
            + " | ncba",
        "'updateCells':{'start':{'sheetId':0,'rowIndex':1},'rows':[{'values':[{'userEnteredValue':{'stringValue':'X'}}]}],'fields':'userEnteredValue'}"
            + " | nXab",
        "'updateCells':{'range':{'sheetId':0,'startRowIndex':1,'endRowIndex':3,'endColumnIndex':1},'fields':'userEnteredValue'}"
            + " | nb",
        "'appendCells':{'sheetId':0,'rows':[{'values':[{'userEnteredValue':{'stringValue':'Z'}}]}],'fields':'*'}"
            + " | ncabZ",
        "'repeatCell':{'range':{'sheetId':0,'startRowIndex':2,'endRowIndex':4,'endColumnIndex':1},'cell':{'userEnteredValue':{'boolValue':true}},'fields':'userEnteredValue'}"
            + " | nctruetrue"
      })
  void changesTheSheet(String request, String column) {
    JsonNode answer = change("{" + request + "}");

    assertThat(answer.path("replies").toString()).isEqualTo("[{}]");
    assertThat(firstColumn()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'deleteDimension':{'range':{'sheetId':0,'dimension':'ROWS','startIndex':7,'endIndex':9}} |"
            + " Invalid requests[0].deleteDimension: Cannot delete a row that doesn't exist. Tried"
            + " to delete row index 8 but there are only 8 rows.",
        "'updateSheetProperties':{'properties':{'sheetId':0,'hidden':true},'fields':'hidden'} |"
            + " Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a"
            + " document.",
        "'updateCells':{'start':{'sheetId':0,'columnIndex':3},'rows':[{'values':[{},{}]}],'fields':'*'}"
            + " | Invalid requests[0].updateCells: Attempting to write column: 4, beyond the last"
            + " requested column of: 3",
        "'nonsense':{} | Invalid JSON payload received. Unknown name \"nonsense\" at 'requests[0]':"
            + " Cannot find field."
      })
  void refusesInGooglesWords(String request, String message) {
    String said = change("{" + request + "}").at("/error/message").asText();

    assertThat(said).isEqualTo(message);
    assertThat(firstColumn()).isEqualTo("ncab");
  }

  @Test
  void aWorkbookHoldsTenMillionCells() {
    String grow = "{'appendDimension':{'sheetId':0,'dimension':'ROWS','length':%d}}";

    assertThat(change(grow.formatted(2_499_993)).at("/error/message").asText())
        .contains("above the limit of 10000000 cells");
    assertThat(change(grow.formatted(1_000)).has("replies")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A1 | 'Bob''s list'!A1",
        "B2:A1 | 'Bob''s list'!A1:B2",
        "A:B | 'Bob''s list'!A1:B8",
        "2:3 | 'Bob''s list'!A2:D3",
        "A5:B | 'Bob''s list'!A5:B8",
        "A1:1 | 'Bob''s list'!A1:D1",
        "'Bob''s list'!C1:Z99 | 'Bob''s list'!C1:D8",
        "Bob's list!A1 | 'Bob''s list'!A1",
        "'Bob''s list' | 'Bob''s list'!A1:D8"
      })
  void readsEveryWayToWriteARange(String range, String meant) {
    String path = "/values/" + URLEncoder.encode(range, StandardCharsets.UTF_8).replace("+", "%20");

    assertThat(send("GET", path, "").path("range").asText()).isEqualTo(meant);
  }

  @Test
  void valuesGoToTheRowThatMetadataNamesWhereverItStands() {
    change(
        "{'createDeveloperMetadata':{'developerMetadata':{'metadataKey':'rec','metadataValue':'a',"
            + "'visibility':'DOCUMENT','location':{'dimensionRange':{'sheetId':0,'dimension':'ROWS',"
            + "'startIndex':2,'endIndex':3}}}}}");
    tab.moveRow(3, 2);

    JsonNode answer =
        send(
            "POST",
            "/values:batchUpdateByDataFilter",
            "{'valueInputOption':'RAW','data':[{'dataFilter':{'developerMetadataLookup':{'metadataKey':'rec',"
                + "'metadataValue':'a'}},'values':[[null,'=x']]}]}");

    assertThat(answer.at("/responses/0/updatedRange").asText()).isEqualTo("'Bob''s list'!A2:B2");
    assertThat(tab.rows().get(1)).containsExactly("a", "=x");
  }

  @Test
  void aMaskChoosesWhatIsShown() {
    JsonNode shown =
        send(
            "GET",
            "?ranges=A2:B2&fields=sheets(properties/title,data.rowData.values.effectiveValue)",
            "");

    assertThat(shown.toString())
        .isEqualTo(
            "{\"sheets\":[{\"properties\":{\"title\":\"Bob's"
                + " list\"},\"data\":[{\"rowData\":[{\"values\":"
                + "[{\"effectiveValue\":{\"stringValue\":\"c\"}},{\"effectiveValue\":{\"numberValue\":3}}]}]}]}]}");
  }

  @Test
  void numbersAreShownInTheirFormats() {
    tab.put("C1", List.of(List.of(46056), List.of(0.5), List.of(1234.5)));
    tab.format("C1", "DATE", "yyyy-mm-dd");
    tab.format("C2", "PERCENT", "0%");
    tab.format("C3", "CURRENCY", "");

    assertThat(List.of(tab.text("C1"), tab.text("C2"), tab.text("C3")))
        .containsExactly("2026-02-03", "50%", "$1,234.50");
    assertThat(tab.value("C1")).isEqualTo(46056L);
  }

  @ParameterizedTest
  @CsvSource({
    "=B2*2, 6",
    "=SUM(B2:B4), 6",
    "=A2&\"!\", c!",
    "=B2/0, #DIV/0!",
    "=C1, #REF!",
    "=NONE(), #NAME?"
  })
  void computesFormulas(String formula, String shown) {
    tab.type("C1", formula);

    assertThat(tab.text("C1")).isEqualTo(shown);
    assertThat(tab.value("C1")).isEqualTo(formula);
  }
}
