package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import software.amazon.awssdk.services.s3.S3Client;

/** Connectors of type s3, from a bucket's objects to the rows of datasets. */
@CaravanTest
class S3ConnectorTest {
  @Autowired private CamelContext camel;

  private final TestBucket bucket = new TestBucket();
  private TestConnectors connectors;

  @BeforeEach
  void objects(@LocalServerPort int port) {
    connectors = new TestConnectors(new Api(port));
    bucket.put("export/orders-1.csv", "id,name\n1,Chair\n2,Table\n3,Lamp\n");
    bucket.put("export/orders-2.csv", "id,name\n4,Desk\n5,Sofa\n6,Bed\n");
    bucket.put("export/readme.txt", "nothing");
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  private String orders() {
    return connectors.add(
        "s3",
        bucket.config("\"path\": \"export/orders-*.csv\", \"primaryKey\": \"id\""),
        bucket.credentials());
  }

  @Test
  void objectsBecomeOneListAndWhatChangedIsWritten() {
    String id = orders();
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    assertThat(connectors.sync(id).at("/result/recordsFetched").asInt()).isZero();
    bucket.put("export/orders-1.csv", "id,name\n1,Armchair\n7,Shelf\n3,Lamp\n");

    assertThat(connectors.counts(id)).containsExactly(1, 1, 4, 1, 0);

    bucket.remove("export/orders-2.csv");
    assertThat(connectors.counts(id)).containsExactly(0, 0, 3, 3, 0);
    assertThat(connectors.rows(id, "orders", "name")).hasSize(3);
  }

  @Test
  void aTestShowsFiveRecordsAndLeavesNothingBehind() {
    JsonNode test = connectors.test(orders());

    assertThat(test.get("sample")).hasSize(5);
    assertThat(camel.getRegistry().findByType(S3Client.class)).isEmpty();
    assertThat(camel.getEndpointRegistry().toString()).doesNotContain("aws2-s3");
    assertThat(camel.getEndpoints().toString()).doesNotContain("aws2-s3", TestBucket.SECRET);
  }

  @Test
  void objectsOfManyPagesAreAllFound() {
    for (int i = 0; i < 1_005; i++) {
      bucket.put("many/part-%04d.ndjson".formatted(i), "{\"id\": %d}".formatted(i));
    }
    String id =
        connectors.add("s3", bucket.config("\"path\": \"many/*.ndjson\""), bucket.credentials());

    assertThat(connectors.counts(id)).containsExactly(1_005, 0, 0, 0, 0);
  }

  @Test
  void aWrongSecretWaitsForSomebodyAndIsNotShown() {
    String id =
        connectors.add(
            "s3",
            bucket.config("\"path\": \"export/*.csv\""),
            bucket.credentials("another-secret"));

    JsonNode item = connectors.sync(id);

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText())
        .startsWith("The store refuses who asks (HTTP 403, SignatureDoesNotMatch)");
    assertThat(item.toString()).doesNotContain("another-secret");
    assertThat(connectors.show(id).get("status").asText()).isEqualTo("NEEDS_ATTENTION");
  }

  @Test
  void aBucketOrAnObjectThatIsNotThereIsSaid() {
    String id =
        connectors.add(
            "s3",
            bucket.config("\"path\": \"x.csv\"").replaceFirst("data-", "nothing-"),
            bucket.credentials());
    assertThat(connectors.test(id).get("message").asText()).contains("HTTP 404, NoSuchBucket");

    String empty =
        connectors.add("s3", bucket.config("\"path\": \"sales/*.csv\""), bucket.credentials());
    assertThat(connectors.test(empty).get("message").asText())
        .startsWith("No object matches sales/*.csv");
  }

  @Test
  void anEndpointOfCloudMetadataIsNotReached() {
    Api.Answer answer =
        connectors.ask(
            "s3",
            "{\"bucket\": \"data\", \"path\": \"*.csv\", \"endpoint\": \"http://169.254.169.254\"}",
            bucket.credentials());

    assertThat(answer.body().toString()).contains("169.254.169.254 may not be reached");
  }
}
