package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.Data;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.AddSheetRequest;
import com.google.api.services.sheets.v4.model.AppendValuesResponse;
import com.google.api.services.sheets.v4.model.BatchGetValuesByDataFilterRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetResponse;
import com.google.api.services.sheets.v4.model.BatchUpdateValuesRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateValuesResponse;
import com.google.api.services.sheets.v4.model.ClearValuesRequest;
import com.google.api.services.sheets.v4.model.CreateDeveloperMetadataRequest;
import com.google.api.services.sheets.v4.model.DataFilter;
import com.google.api.services.sheets.v4.model.DeveloperMetadata;
import com.google.api.services.sheets.v4.model.DeveloperMetadataLocation;
import com.google.api.services.sheets.v4.model.DeveloperMetadataLookup;
import com.google.api.services.sheets.v4.model.DimensionRange;
import com.google.api.services.sheets.v4.model.GridProperties;
import com.google.api.services.sheets.v4.model.GridRange;
import com.google.api.services.sheets.v4.model.InsertDimensionRequest;
import com.google.api.services.sheets.v4.model.Request;
import com.google.api.services.sheets.v4.model.SearchDeveloperMetadataRequest;
import com.google.api.services.sheets.v4.model.SheetProperties;
import com.google.api.services.sheets.v4.model.SortRangeRequest;
import com.google.api.services.sheets.v4.model.SortSpec;
import com.google.api.services.sheets.v4.model.Spreadsheet;
import com.google.api.services.sheets.v4.model.UpdateValuesResponse;
import com.google.api.services.sheets.v4.model.ValueRange;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Google's own client makes of the stand-in. */
class SheetsClientTest {
  private final SettableClock clock = new SettableClock();
  private final SheetsServer google =
      SheetsServer.start(0, clock).token("t1", "ann@example.com").token("t2", "bob@example.com");
  private final SheetsSpreadsheet book = google.addSpreadsheet("book1", "Book");
  private final SheetsTab tab = book.addSheet("Deals", 10, 5);
  private final Sheets sheets = client(GoogleCredentials.create(new AccessToken("t1", null)));

  @AfterEach
  void stop() {
    google.close();
  }

  private Sheets client(GoogleCredentials credentials) {
    return new Sheets.Builder(
            new NetHttpTransport(),
            GsonFactory.getDefaultInstance(),
            new HttpCredentialsAdapter(credentials))
        .setRootUrl(google.apiUrl() + "/")
        .setApplicationName("test")
        .build();
  }

  private ValueRange read(String range) throws IOException {
    return sheets
        .spreadsheets()
        .values()
        .get("book1", range)
        .setValueRenderOption("UNFORMATTED_VALUE")
        .execute();
  }

  private UpdateValuesResponse write(String range, String option, List<List<Object>> values)
      throws IOException {
    return sheets
        .spreadsheets()
        .values()
        .update("book1", range, new ValueRange().setValues(values))
        .setValueInputOption(option)
        .execute();
  }

  private BatchUpdateSpreadsheetResponse change(Request... requests) throws IOException {
    return sheets
        .spreadsheets()
        .batchUpdate(
            "book1", new BatchUpdateSpreadsheetRequest().setRequests(Arrays.asList(requests)))
        .execute();
  }

  private static String message(ThrowingCallable call) {
    return catchThrowableOfType(GoogleJsonResponseException.class, call).getDetails().getMessage();
  }

  private static int status(ThrowingCallable call) {
    return catchThrowableOfType(GoogleJsonResponseException.class, call).getStatusCode();
  }

  @Test
  void readsRaggedRows() throws IOException {
    tab.put("A1", List.of(List.of("Name", "Price"), List.of(), List.of("", true), List.of(1.5)));

    ValueRange found = read("Deals");

    assertThat(found.getRange()).isEqualTo("Deals!A1:E10");
    assertThat(found.getValues())
        .containsExactly(
            List.of("Name", "Price"), List.of(), List.of("", true), List.of(new BigDecimal("1.5")));
    assertThat(read("Deals!A5:C6").getValues()).isNull();
  }

  @Test
  void anUpdateAnswersWithTheExtentOfItsDataAndSkipsNull() throws IOException {
    tab.type("B2", "stays");

    UpdateValuesResponse answer =
        write(
            "Deals!A2",
            "RAW",
            List.of(Arrays.asList("x", Data.nullOf(Object.class), ""), List.of("=A2")));

    assertThat(answer.getUpdatedRange()).isEqualTo("Deals!A2:C3");
    assertThat(answer.getUpdatedCells()).isEqualTo(3);
    assertThat(tab.rows()).containsExactly(List.of(), List.of("x", "stays"), List.of("=A2"));
  }

  @ParameterizedTest
  @CsvSource({
    "00123, 123, 123",
    "1e5, 100000, 1.00E05",
    "10%, 0.1, 10%",
    "TRUE, true, TRUE",
    "'''00123', 00123, 00123",
    "+441234, 441234, 441234",
    "2026-02-03, 46056, 2026-02-03",
    "1-2, 46024, 1-2",
    "2026-02-03T10:00:00Z, 2026-02-03T10:00:00Z, 2026-02-03T10:00:00Z",
    "'$1,234.50', 1234.5, '$1,234.50'",
    "=1+2, 3, 3"
  })
  void parsesWhatIsEnteredAsAPersonWouldType(String typed, String bare, String shown)
      throws IOException {
    write("Deals!A1", "USER_ENTERED", List.of(List.of(typed)));

    assertThat(read("Deals!A1").getValues().getFirst().getFirst().toString()).isEqualTo(bare);
    assertThat(tab.text("A1")).isEqualTo(shown);
  }

  @Test
  void aRawTextStaysWhatItIs() throws IOException {
    write("Deals!A1", "RAW", List.of(List.of("=1+2", "00123", "TRUE", "-5")));

    assertThat(read("Deals!A1:D1").getValues())
        .containsExactly(List.of("=1+2", "00123", "TRUE", "-5"));
  }

  @Test
  void refusesWhatGoogleRefusesInItsWords() {
    assertThat(message(() -> write("Deals!A9:B9", "RAW", List.of(List.of(1, 2, 3)))))
        .isEqualTo("Requested writing within range [Deals!A9:B9], but tried writing to column [C]");
    assertThat(message(() -> read("Deals!F1")))
        .isEqualTo("Range (Deals!F1) exceeds grid limits. Max rows: 10, max columns: 5");
    assertThat(message(() -> read("Other!A1"))).isEqualTo("Unable to parse range: Other!A1");
    assertThat(message(() -> write("Deals!A1", "RAW", List.of(List.of("x".repeat(50_001))))))
        .contains("more than the maximum of 50000 characters");
    assertThat(message(() -> write("Deals!A1", null, List.of(List.of(1)))))
        .isEqualTo("'valueInputOption' is required but not specified");
    assertThat(status(() -> sheets.spreadsheets().get("other").execute())).isEqualTo(404);
  }

  @Test
  void oneInvalidRangeOfABatchLeavesAllAsTheyWere() throws IOException {
    List<ValueRange> data =
        List.of(
            new ValueRange().setRange("Deals!A1").setValues(List.of(List.of("a"))),
            new ValueRange().setRange("Deals!Z1").setValues(List.of(List.of("b"))));
    BatchUpdateValuesRequest batch =
        new BatchUpdateValuesRequest().setValueInputOption("RAW").setData(data);

    assertThat(message(() -> sheets.spreadsheets().values().batchUpdate("book1", batch).execute()))
        .startsWith("Invalid data[1]: Range (Deals!Z1) exceeds grid limits");
    assertThat(tab.rows()).isEmpty();

    batch.setData(data.subList(0, 1));
    BatchUpdateValuesResponse answer =
        sheets.spreadsheets().values().batchUpdate("book1", batch).execute();
    assertThat(answer.getTotalUpdatedCells()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"Deals, C2:D2, C1", "Deals!A1, A2:B2, A1", "Deals!A5:B5, A5:B5, "})
  void appendsBelowTheLastTableOfTheRange(String range, String written, String table)
      throws IOException {
    tab.put("A1", List.of(List.of("a", "", "c")));

    AppendValuesResponse answer =
        sheets
            .spreadsheets()
            .values()
            .append("book1", range, new ValueRange().setValues(List.of(List.of(1, 2))))
            .setValueInputOption("RAW")
            .execute();

    assertThat(answer.getUpdates().getUpdatedRange()).isEqualTo("Deals!" + written);
    assertThat(answer.getTableRange()).isEqualTo(table == null ? null : "Deals!" + table);
  }

  @Test
  void anAppendMakesTheGridGrow() throws IOException {
    tab.put("A10", List.of(List.of("last")));

    sheets
        .spreadsheets()
        .values()
        .append("book1", "Deals!A10", new ValueRange().setValues(List.of(List.of("new"))))
        .setValueInputOption("RAW")
        .execute();

    Spreadsheet found =
        sheets
            .spreadsheets()
            .get("book1")
            .setFields("sheets.properties(title,gridProperties/rowCount)")
            .execute();
    assertThat(found.getSheets().getFirst().getProperties())
        .isEqualTo(
            new SheetProperties()
                .setTitle("Deals")
                .setGridProperties(new GridProperties().setRowCount(11)));
    assertThat(found.getSpreadsheetId()).isNull();
  }

  @Test
  void metadataOfARowFollowsItThroughInsertsButNotThroughASort() throws IOException {
    tab.put("A1", List.of(List.of("c"), List.of("b"), List.of("a")));
    change(new Request().setCreateDeveloperMetadata(metadata("rec", "c", 0)));

    change(new Request().setInsertDimension(new InsertDimensionRequest().setRange(rows(0, 2))));
    assertThat(found("rec")).containsExactly("Deals!A3:E3=c");

    change(
        new Request()
            .setSortRange(
                new SortRangeRequest()
                    .setRange(new GridRange().setSheetId(0).setStartRowIndex(2).setEndRowIndex(5))
                    .setSortSpecs(
                        List.of(new SortSpec().setDimensionIndex(0).setSortOrder("ASCENDING")))));
    assertThat(found("rec")).containsExactly("Deals!A3:E3=a");

    tab.deleteRows(3, 1);
    assertThat(found("rec")).isEmpty();
  }

  private static CreateDeveloperMetadataRequest metadata(String key, String value, int row) {
    return new CreateDeveloperMetadataRequest()
        .setDeveloperMetadata(
            new DeveloperMetadata()
                .setMetadataKey(key)
                .setMetadataValue(value)
                .setVisibility("DOCUMENT")
                .setLocation(
                    new DeveloperMetadataLocation().setDimensionRange(rows(row, row + 1))));
  }

  private static DimensionRange rows(int from, int to) {
    return new DimensionRange()
        .setSheetId(0)
        .setDimension("ROWS")
        .setStartIndex(from)
        .setEndIndex(to);
  }

  private List<String> found(String key) throws IOException {
    DataFilter filter =
        new DataFilter()
            .setDeveloperMetadataLookup(new DeveloperMetadataLookup().setMetadataKey(key));
    var search =
        sheets
            .spreadsheets()
            .developerMetadata()
            .search("book1", new SearchDeveloperMetadataRequest().setDataFilters(List.of(filter)))
            .execute();
    var values =
        sheets
            .spreadsheets()
            .values()
            .batchGetByDataFilter(
                "book1", new BatchGetValuesByDataFilterRequest().setDataFilters(List.of(filter)))
            .execute();
    assertThat(search.getMatchedDeveloperMetadata() == null)
        .isEqualTo(values.getValueRanges() == null || values.getValueRanges().isEmpty());
    return values.getValueRanges() == null
        ? List.of()
        : values.getValueRanges().stream()
            .map(
                match ->
                    match.getValueRange().getRange()
                        + "="
                        + match.getValueRange().getValues().getFirst().getFirst())
            .toList();
  }

  @Test
  void aBatchOfRequestsIsDoneWhollyOrNotAtAll() throws IOException {
    Request rename = new Request().setAddSheet(sheet("More"));
    Request twice = new Request().setAddSheet(sheet("deals"));

    assertThat(message(() -> change(rename, twice)))
        .isEqualTo(
            "Invalid requests[1].addSheet: A sheet with the name \"deals\" already exists. Please"
                + " enter another name.");
    assertThat(sheets.spreadsheets().get("book1").execute().getSheets()).hasSize(1);
    assertThat(change(rename).getReplies().getFirst().getAddSheet().getProperties().getTitle())
        .isEqualTo("More");
  }

  private static AddSheetRequest sheet(String title) {
    return new AddSheetRequest().setProperties(new SheetProperties().setTitle(title));
  }

  @Test
  void clearsValues() throws IOException {
    tab.put("A1", List.of(List.of("a", "b"), List.of("c")));

    sheets.spreadsheets().values().clear("book1", "Deals!A1:A", new ClearValuesRequest()).execute();

    assertThat(tab.rows()).containsExactly(List.of("", "b"));
  }

  @Test
  void theSixtyFirstReadOfAMinuteIsOneTooManyAndWritesCountApart() throws IOException {
    for (int i = 0; i < 60; i++) {
      read("Deals!A1");
    }

    assertThat(status(() -> read("Deals!A1"))).isEqualTo(429);
    write("Deals!A1", "RAW", List.of(List.of("x")));
    clock.advance(Duration.ofSeconds(60));
    assertThat(read("Deals!A1").getValues()).hasSize(1);
    assertThat(google.requests().byKind()).isEqualTo(Map.of("values.get", 62, "values.update", 1));
    assertThat(google.requests().limitedOnes()).isEqualTo(1);
  }

  @Test
  void onlyThoseItIsSharedWithReachASpreadsheet() {
    book.shareWith("bob@example.com");

    assertThat(status(() -> read("Deals!A1"))).isEqualTo(403);
  }

  @Test
  void aServiceAccountSignsForItsTokens() throws IOException {
    SheetsServer here = SheetsServer.start();
    try (here) {
      here.addSpreadsheet("book2", "Book").shareWith("robot@example.com").addSheet("One");
      byte[] key = here.serviceAccount("robot@example.com").getBytes(StandardCharsets.UTF_8);
      GoogleCredentials robot =
          ServiceAccountCredentials.fromStream(new ByteArrayInputStream(key))
              .createScoped("https://www.googleapis.com/auth/spreadsheets");
      Sheets client =
          new Sheets.Builder(
                  new NetHttpTransport(),
                  GsonFactory.getDefaultInstance(),
                  new HttpCredentialsAdapter(robot))
              .setRootUrl(here.apiUrl() + "/")
              .setApplicationName("test")
              .build();

      assertThat(client.spreadsheets().get("book2").execute().getProperties().getTitle())
          .isEqualTo("Book");
    }
  }

  @Test
  void aRefreshTokenGivesANewTokenWhenTheOldOneHasExpired() throws IOException {
    google.oauthClient("c1", "s1").refreshToken("r1", "ann@example.com");
    UserCredentials user =
        UserCredentials.newBuilder()
            .setClientId("c1")
            .setClientSecret("s1")
            .setRefreshToken("r1")
            .setTokenServerUri(URI.create(google.tokenUrl()))
            .build();
    Sheets client = client(user);
    client.spreadsheets().get("book1").execute();

    clock.advance(Duration.ofHours(1));
    assertThat(client.spreadsheets().get("book1").execute().getSpreadsheetId()).isEqualTo("book1");
    assertThat(google.refreshes()).isEqualTo(2);

    google.revoke("r1");
    assertThat(status(() -> client.spreadsheets().get("book1").execute())).isEqualTo(401);
  }

  @Test
  void anAnswerCanGetLostAfterItsWriteWasDone() {
    google.fail(1, Fault.lostAnswer(Fault.On.WRITES));

    assertThat(
            catchThrowableOfType(
                IOException.class, () -> write("Deals!A1", "RAW", List.of(List.of("done")))))
        .isNotNull();
    assertThat(tab.text("A1")).isEqualTo("done");
  }
}
