package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Connectors of type azure-files, from a share's files to the rows of datasets. */
@CaravanTest
class AzureFilesConnectorTest {
  private static final String KEY = TestShare.credentials(TestShare.KEY);

  @Autowired private CamelContext camel;

  private final TestShare share = new TestShare();
  private TestConnectors connectors;

  @BeforeEach
  void files(@LocalServerPort int port) {
    connectors = new TestConnectors(new Api(port));
    share.put("export/orders-1.csv", "id,name\n1,Chair\n2,Table\n");
    share.put("export/readme.txt", "nothing");
    share.put("export/2026/orders-2.csv", "id,name\n3,Lamp\n");
    share.put("export/2026/orders-3.csv", "id,name\n4,Desk\n");
    share.put("export/2026/orders-4.csv", "id,name\n5,Sofa\n");
    share.put("export/Möbel & 100% #1/orders-5.csv", "id,name\n6,Bed\n");
    share.put("other/orders-6.csv", "id,name\n7,Carpet\n");
  }

  @AfterEach
  void close() {
    share.close();
  }

  /** Adding it tests it; what the share was asked by that does not count. */
  private String add(String path, String credentials) {
    String id =
        connectors.add(
            "azure-files",
            share.config("\"path\": \"%s\", \"primaryKey\": \"id\"".formatted(path)),
            credentials);
    share.listed.clear();
    share.offsets.clear();
    return id;
  }

  private String orders(String credentials) {
    return add("export/**/orders-*.csv", credentials);
  }

  @Test
  void filesOfAllFoldersAndPagesBecomeOneListAndWhatChangedIsWritten() {
    String id = orders(KEY);
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    assertThat(share.listed)
        .containsExactlyInAnyOrder(
            "export:", "export:", "export/2026:", "export/2026:", "export/Möbel & 100% #1:");
    share.put("export/orders-1.csv", "id,name\n1,Stool\n2,Table\n");
    share.remove("export/2026/orders-4.csv");
    share.put("export/2027/new/orders-1.csv", "id,name\n8,Shelf\n");

    assertThat(connectors.counts(id)).containsExactly(1, 1, 4, 1, 0);
    assertThat(connectors.rows(id, "name"))
        .extracting(row -> row.get("name"))
        .containsExactly("Bed", "Desk", "Lamp", "Shelf", "Stool", "Table");
  }

  @Test
  void aShareThatHasNotChangedIsListedOnly() {
    String id = orders(KEY);
    connectors.sync(id);
    share.offsets.clear();
    share.listed.clear();

    assertThat(connectors.sync(id).at("/result/recordsFetched").asInt()).isZero();
    assertThat(share.offsets).isEmpty();
    assertThat(share.listed).isNotEmpty();
  }

  @Test
  void onlyFoldersThatMayHoldAMatchAreListedAndNamesByTheirBeginning() {
    share.put("export/orders-old/orders-9.csv", "id,name\n9,Rug\n");
    String id = add("export/orders-*.csv", KEY);

    assertThat(connectors.counts(id)).containsExactly(2, 0, 0, 0, 0);
    assertThat(share.listed).containsExactly("export:orders-");

    connectors.counts(add("*/orders-6.csv", KEY));
    assertThat(share.listed)
        .contains(":", "other:", "export:")
        .doesNotContain("export/2026:", "export/orders-old:");
  }

  @Test
  void aFileThatBreaksOffIsReadOnFromThere() {
    share.put(
        "large.ndjson",
        IntStream.range(0, 60_000)
            .mapToObj(i -> "{\"id\": %d, \"name\": \"%s\"}%n".formatted(i, "x".repeat(100)))
            .collect(Collectors.joining()));
    String id = add("large.ndjson", KEY);
    share.breakOff("large.ndjson");

    assertThat(connectors.counts(id)).containsExactly(60_000, 0, 0, 0, 0);
    assertThat(share.offsets).hasSize(2).first().isEqualTo(0);
    assertThat(share.offsets.getLast()).isPositive();
  }

  @Test
  void anEmptyFileHasNoRecords() {
    share.put("export/2026/orders-0.csv", "");

    assertThat(connectors.counts(orders(KEY))).containsExactly(6, 0, 0, 0, 0);
  }

  @Test
  void aTestShowsFiveRecordsAndLeavesNothingBehind() {
    JsonNode test = connectors.test(orders(KEY));

    assertThat(test.get("sample")).as("%s", test).hasSize(5);
    assertThat(camel.getEndpoints().toString()).doesNotContain("connector-client");
  }

  @Test
  void aSharedAccessSignatureThatMayListAndReadDoes() {
    String id = orders("{\"sasToken\": \"%s\"}".formatted(share.sas("rl")));
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);

    String blind = orders("{\"sasToken\": \"%s\"}".formatted(share.sas("r")));
    assertThat(connectors.test(blind).get("message").asText())
        .startsWith(
            "The store refuses who asks (HTTP 403, AuthorizationPermissionMismatch); check"
                + " credentials");
  }

  @Test
  void aWrongKeyWaitsForSomebodyAndIsNotShown() {
    String wrong = TestShare.key("another-key");
    String id = orders(TestShare.credentials(wrong));

    JsonNode item = connectors.sync(id);

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText())
        .startsWith("The store refuses who asks (HTTP 403, AuthenticationFailed)");
    assertThat(item.toString()).doesNotContain(wrong);
    assertThat(connectors.show(id).get("status").asText()).isEqualTo("NEEDS_ATTENTION");
    assertThat(connectors.show(id).toString()).doesNotContain(wrong);
  }

  @Test
  void credentialsAreAskedFor() {
    Api.Answer answer =
        connectors.ask("azure-files", share.config("\"path\": \"orders.csv\""), "{}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("credentials");
  }

  @Test
  void aFileThatSomebodyHasOpenMayBeTriedAgain() {
    share.lock("export/orders-1.csv");

    JsonNode test = connectors.test(add("export/orders-1.csv", KEY));

    assertThat(test.get("message").asText())
        .startsWith("The store says that an object is in use, or not ready (HTTP 409, Sharing");
  }

  @Test
  void aShareOrAFolderThatIsNotThereIsSaid() {
    String share = this.share.config("\"path\": \"x.csv\"").replace("\"exports\"", "\"nothing\"");
    assertThat(connectors.test(connectors.add("azure-files", share, KEY)).get("message").asText())
        .contains("HTTP 404, ShareNotFound");

    assertThat(connectors.test(add("sales/*.csv", KEY)).get("message").asText())
        .startsWith("No object matches sales/*.csv");
  }
}
