package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.SheetsServer;
import io.caravan.sheetsync.TestPairs;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whole syncs from the sandbox's Google Drive. */
@CaravanTest
class GoogleDriveTest {
  private final SheetsServer google = TestPairs.SHEETS;
  private final String folder = "folder-" + UUID.randomUUID();
  private final String account = folder + "@project.iam.gserviceaccount.com";
  private final String key = google.serviceAccount(account);

  private Api api;
  private String first;
  private String second;

  @BeforeEach
  void fill(@LocalServerPort int port) {
    api = new Api(port);
    first = google.addFile(folder, "Plan", account, "Build a shed.");
    second = google.addFile(folder, "Report", account, "It stands.");
    google.addFile(folder, "Scan.pdf", account, null);
    google.addFile("elsewhere", "Other", account, "Other");
    google.addFile(folder, "Somebody's", "somebody@example.com", "Hidden");
  }

  private TestConnector connector(String type, String more) {
    return TestConnector.add(
        api,
        type,
        "{%s}".formatted(more),
        new ObjectMapper().createObjectNode().put("serviceAccountJson", key).toString());
  }

  private TestConnector connector(String more) {
    return connector(
        "google-drive",
        "\"baseUrl\": \"%s\", \"folderId\": \"%s\"%s".formatted(google.apiUrl(), folder, more));
  }

  @Test
  void filesAndTextsBecomeDatasetsAndChangesAreFound() {
    TestConnector connector = connector(", \"includeContent\": true");
    assertThat(connector.versions())
        .extracting(one -> one.get("added").asInt())
        .containsExactly(3, 2);
    google.editFile(first, "Build a barn.");
    google.removeFile(second);

    List<JsonNode> versions = connector.versions();

    assertThat(versions).extracting(one -> one.get("updated").asInt()).containsExactly(1, 1);
    assertThat(versions).extracting(one -> one.get("removed").asInt()).containsExactly(1, 1);
    assertThat(connector.records("documents"))
        .singleElement()
        .satisfies(one -> assertThat(one.get("text").asText()).isEqualTo("Build a barn."));
    assertThat(connector.records("files"))
        .extracting(one -> one.get("name").asText())
        .containsExactlyInAnyOrder("Plan", "Scan.pdf");
  }

  @Test
  void morePagesThanOneAreFetched() {
    for (int i = 0; i < 1_200; i++) {
      google.addFile(folder, "File " + i, account, null);
    }

    assertThat(connector("").versions().getFirst().get("added").asInt()).isEqualTo(1_203);
  }

  @Test
  void aQueryNarrowsWhatIsFetched() {
    TestConnector connector = connector(", \"query\": \"mimeType = 'application/pdf'\"");

    assertThat(connector.test().get("sample")).hasSize(1);
  }

  @Test
  void theSeedsServiceDocsFetchesOneDocument() {
    TestConnector connector =
        connector(
            "GOOGLE",
            "\"serviceType\": \"docs\", \"fileId\": \"%s\", \"options\": {\"baseUrl\": \"%s\"}"
                .formatted(second, google.apiUrl()));

    connector.versions();

    assertThat(connector.records("documents"))
        .singleElement()
        .satisfies(one -> assertThat(one.get("text").asText()).isEqualTo("It stands."));
  }

  @Test
  void aDocumentThatIsTooLargeToExportComesWithoutItsText() {
    google.editFile(first, "x".repeat(10_000_001));
    TestConnector connector = connector(", \"includeContent\": true");

    connector.versions();

    assertThat(connector.records("documents"))
        .hasSize(2)
        .anySatisfy(one -> assertThat(one.path("textMissing").asText()).contains("10 MB"))
        .anySatisfy(one -> assertThat(one.path("text").asText()).isEqualTo("It stands."));
  }

  @Test
  void aDocumentThatReadersMayNotDownloadComesWithoutItsText() {
    google.withholdFile(first);
    TestConnector connector = connector(", \"includeContent\": true");

    connector.versions();

    assertThat(connector.records("documents"))
        .hasSize(2)
        .anySatisfy(
            one -> assertThat(one.path("textMissing").asText()).contains("for this account"));
  }

  @Test
  void aKeyThatWasReplacedNeedsSomebody() {
    TestConnector connector = connector("");
    connector.versions();
    google.serviceAccount(account);
    google.revoke(account);

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText()).contains("credentials.serviceAccountJson");
    assertThat(connector.show().get("status").asText()).isEqualTo("NEEDS_ATTENTION");
    assertThat(connector.records("files")).hasSize(3);
  }
}
