package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.SheetsSpreadsheet;
import io.caravan.sandbox.SheetsTab;
import io.caravan.sheetsync.TestPairs;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whole syncs from the sandbox's spreadsheets. */
@CaravanTest
class GoogleSheetsTest {
  private final String id = "book-" + UUID.randomUUID();
  private final String account = id + "@project.iam.gserviceaccount.com";
  private final SheetsSpreadsheet book =
      TestPairs.SHEETS.addSpreadsheet(id, "Stock").shareWith(account);
  private final SheetsTab tab = book.addSheet("Stock", 200, 4);
  private final String key = TestPairs.SHEETS.serviceAccount(account);

  private Api api;

  @BeforeEach
  void fill(@LocalServerPort int port) {
    api = new Api(port);
    tab.put(
        "A1",
        List.of(
            List.of("Id", "Name", "Price"),
            List.of(1, "Chair", 9.5),
            List.of(2, "Table", 20),
            List.of(3, "Lamp", 5),
            List.of(4, "Shelf", 30),
            List.of(5, "Bed", 200),
            List.of(6, "Desk", 80)));
  }

  private static String credentials(String key) {
    return new ObjectMapper().createObjectNode().put("serviceAccountJson", key).toString();
  }

  private TestConnector connector(String type, String more) {
    return TestConnector.add(
        api, type, "{\"spreadsheetId\": \"%s\"%s}".formatted(id, more), credentials(key));
  }

  @Test
  void rowsBecomeRecordsAndChangesAreFound() {
    TestConnector connector = connector("google-sheets", ", \"primaryKey\": [\"Id\"]");
    assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(6);
    tab.put("A2", List.of(List.of(1, "Armchair", 9.5)));
    tab.put("A8", List.of(List.of(7, "Sofa", 500)));
    tab.deleteRows(3, 1);

    JsonNode version = connector.versions().getFirst();

    assertThat(version.get("added").asInt()).as("%s", version).isEqualTo(1);
    assertThat(version.get("updated").asInt()).isEqualTo(1);
    assertThat(version.get("removed").asInt()).isEqualTo(1);
    assertThat(connector.records("rows"))
        .hasSize(6)
        .anySatisfy(
            row -> {
              assertThat(row.get("Name").asText()).isEqualTo("Armchair");
              assertThat(row.get("Price").asDouble()).isEqualTo(9.5);
            });
  }

  @Test
  void theSeedsTypeGoogleReadsTheSameRows() {
    TestConnector connector = connector("GOOGLE", ", \"serviceType\": \"sheets\"");

    assertThat(connector.test().get("sample")).hasSize(5);
    assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(6);
  }

  @Test
  void aKeyThatGoogleDoesNotKnowNeedsSomebody() {
    TestConnector connector = connector("google-sheets", "");
    connector.versions();
    // The account has another key from now on.
    TestPairs.SHEETS.serviceAccount(account);
    TestPairs.SHEETS.revoke(account);

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText()).contains("credentials.serviceAccountJson");
    assertThat(connector.show().get("status").asText()).isEqualTo("NEEDS_ATTENTION");
    assertThat(connector.records("rows")).hasSize(6);
  }

  @Test
  void aSpreadsheetThatIsNotSharedIsSaidSo() {
    TestConnector connector = connector("google-sheets", "");
    book.unshare(account);
    book.shareWith("somebody@example.com");

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText()).contains("share it with the account");
  }

  @Test
  void aKeyThatIsNoneIsRefusedAtOnce() {
    Api.Answer answer =
        TestConnector.added(
            api,
            "google-sheets",
            "{\"spreadsheetId\": \"%s\"}".formatted(id),
            credentials("hush-hush"));

    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText())
        .contains("serviceAccountJson")
        .doesNotContain("hush");
  }

  @Test
  void aSheetThatIsEmptiedDoesNotEmptyTheDataset() {
    TestConnector connector = connector("google-sheets", "");
    connector.versions();
    tab.deleteRows(2, 6);

    JsonNode item = connector.sync();

    assertThat(item.get("status").asText()).isEqualTo("failed");
    assertThat(connector.records("rows")).hasSize(6);
  }
}
