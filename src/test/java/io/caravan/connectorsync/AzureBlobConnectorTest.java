package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Connectors of type azure-blob, from a container's blobs to the rows of datasets. */
@CaravanTest
class AzureBlobConnectorTest {
  private final TestContainer container = new TestContainer();
  private TestConnectors connectors;

  @BeforeEach
  void blobs(@LocalServerPort int port) {
    connectors = new TestConnectors(new Api(port));
    container.put("export/orders-1.csv", "id,name\n1,Chair\n2,Table\n");
    container.put("export/orders-2.csv", "id,name\n3,Lamp\n4,Desk\n");
    container.put("export/orders-3.csv", "id,name\n5,Sofa\n6,Bed\n");
    container.put("export/readme.txt", "nothing");
  }

  @AfterEach
  void close() {
    container.close();
  }

  private String orders(String key) {
    return connectors.add(
        "azure-blob",
        container.config("\"path\": \"export/orders-*.csv\", \"primaryKey\": \"id\""),
        TestContainer.credentials(key));
  }

  @Test
  void blobsOfAllPagesBecomeOneListAndWhatChangedIsWritten() {
    String id = orders(TestContainer.KEY);
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    assertThat(container.pages).isGreaterThan(1);
    assertThat(connectors.sync(id).at("/result/recordsFetched").asInt()).isZero();
    container.put("export/orders-1.csv", "id,name\n1,Armchair\n7,Shelf\n");
    container.remove("export/orders-3.csv");

    assertThat(connectors.counts(id)).containsExactly(1, 1, 2, 3, 0);
  }

  @Test
  void aTestShowsFiveRecords() {
    assertThat(connectors.test(orders(TestContainer.KEY)).get("sample")).hasSize(5);
  }

  @Test
  void aWrongKeyWaitsForSomebodyAndIsNotShown() {
    String wrong = TestContainer.key("another-key");
    String id = orders(wrong);

    JsonNode item = connectors.sync(id);

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText())
        .startsWith("The store refuses who asks (HTTP 403, AuthenticationFailed)");
    assertThat(item.toString()).doesNotContain(wrong);
    assertThat(connectors.show(id).get("status").asText()).isEqualTo("NEEDS_ATTENTION");
  }

  @Test
  void aContainerThatIsNotThereIsSaid() {
    String id =
        connectors.add(
            "azure-blob",
            container.config("\"path\": \"x.csv\"").replace("\"exports\"", "\"nothing\""),
            TestContainer.credentials(TestContainer.KEY));

    assertThat(connectors.test(id).get("message").asText()).contains("404", "ContainerNotFound");
  }
}
