package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.storage.Storage;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.SheetsServer;
import io.caravan.sheetsync.TestPairs;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Connectors of type gcs, from the objects of the sandbox's bucket to the rows of datasets. */
@CaravanTest
class GcsConnectorTest {
  @Autowired private CamelContext camel;

  private final SheetsServer google = TestPairs.SHEETS;
  private final String bucket = "data-" + UUID.randomUUID();
  private final String account = bucket + "@project.iam.gserviceaccount.com";
  private final String key = google.serviceAccount(account);
  private TestConnectors connectors;

  @BeforeEach
  void objects(@LocalServerPort int port) {
    connectors = new TestConnectors(new Api(port));
    google.addBucket(bucket, account);
    google.putObject(bucket, "export/orders-1.csv", "id,name\n1,Chair\n2,Table\n3,Lamp\n");
    google.putObject(bucket, "export/orders-2.csv", "id,name\n4,Desk\n5,Sofa\n6,Bed\n");
    google.putObject(bucket, "export/readme.txt", "nothing");
  }

  private String config(String rest) {
    return "{\"bucket\": \"%s\", \"endpoint\": \"%s\", %s}"
        .formatted(bucket, google.apiUrl(), rest);
  }

  private static String credentials(String key) {
    return new ObjectMapper().createObjectNode().put("serviceAccountJson", key).toString();
  }

  private String orders(String key) {
    return connectors.add(
        "gcs",
        config("\"path\": \"export/orders-*.csv\", \"primaryKey\": \"id\""),
        credentials(key));
  }

  @Test
  void objectsBecomeOneListAndWhatChangedIsWritten() {
    String id = orders(key);
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    assertThat(connectors.sync(id).at("/result/recordsFetched").asInt()).isZero();
    google.putObject(bucket, "export/orders-1.csv", "id,name\n1,Armchair\n7,Shelf\n3,Lamp\n");

    assertThat(connectors.counts(id)).containsExactly(1, 1, 4, 1, 0);

    google.removeObject(bucket, "export/orders-2.csv");
    assertThat(connectors.counts(id)).containsExactly(0, 0, 3, 3, 0);
    assertThat(connectors.rows(id, "orders", "name")).hasSize(3);
  }

  @Test
  void aTestShowsFiveRecordsAndLeavesNothingBehind() {
    JsonNode test = connectors.test(orders(key));

    assertThat(test.get("sample")).as("%s", test).hasSize(5);
    assertThat(camel.getRegistry().findByType(Storage.class)).isEmpty();
    assertThat(camel.getEndpoints().toString()).doesNotContain("google-storage", "-reader");
  }

  @Test
  void objectsOfManyPagesAreAllFound() {
    for (int i = 0; i < 1_005; i++) {
      google.putObject(bucket, "many/part %04d.ndjson".formatted(i), "{\"id\": %d}".formatted(i));
    }
    String id = connectors.add("gcs", config("\"path\": \"many/*.ndjson\""), credentials(key));

    assertThat(connectors.counts(id)).containsExactly(1_005, 0, 0, 0, 0);
  }

  @Test
  void aLargeObjectIsReadToItsEnd() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      lines.append("{\"id\": %d, \"name\": \"%s\"}%n".formatted(i, "x".repeat(100)));
    }
    google.putObject(bucket, "large.ndjson", lines.toString());
    String id = connectors.add("gcs", config("\"path\": \"large.ndjson\""), credentials(key));

    assertThat(connectors.counts(id)).containsExactly(60_000, 0, 0, 0, 0);
  }

  @Test
  void aKeyThatWasReplacedWaitsForSomebodyAndIsNotShown() {
    String id = orders(key);
    google.revoke(account);
    google.serviceAccount(account);

    JsonNode item = connectors.sync(id);

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText())
        .startsWith("Google does not take the service account's key any more")
        .contains("credentials.serviceAccountJson");
    assertThat(item.toString()).doesNotContain("PRIVATE KEY", "ya29.");
    assertThat(connectors.show(id).get("status").asText()).isEqualTo("NEEDS_ATTENTION");
  }

  @Test
  void anAccountThatMayNotReadTheBucketWaitsForSomebody() {
    String id = orders(google.serviceAccount("other-" + account));

    JsonNode item = connectors.sync(id);

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText())
        .startsWith("The store refuses who asks (HTTP 403, forbidden)");
  }

  @Test
  void whatIsNoKeyFileIsRefusedWithoutShowingIt() {
    Api.Answer answer =
        connectors.ask(
            "gcs",
            config("\"path\": \"*.csv\""),
            credentials("{\"type\": \"user\", \"x\": \"hidden\"}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText())
        .startsWith("serviceAccountJson must be the JSON file of a service account")
        .doesNotContain("hidden");
  }

  @Test
  void aBucketOrAnObjectThatIsNotThereIsSaid() {
    String id =
        connectors.add(
            "gcs", config("\"path\": \"x.csv\"").replace("data-", "nothing-"), credentials(key));
    assertThat(connectors.test(id).get("message").asText()).contains("HTTP 404, notFound");

    String empty = connectors.add("gcs", config("\"path\": \"sales/*.csv\""), credentials(key));
    assertThat(connectors.test(empty).get("message").asText())
        .startsWith("No object matches sales/*.csv");
  }

  @Test
  void anObjectThatIsDeletedWhileItIsReadIsSaid() {
    String id = orders(key);
    google.removeObject(bucket, "export/orders-1.csv");
    google.intercept(
        bucket,
        (kind, writes) -> {
          if (kind.equals("storage.objects.get")) {
            google.removeObject(bucket, "export/orders-2.csv");
          }
          return null;
        });

    assertThat(connectors.test(id).get("message").asText()).contains("HTTP 404, notFound");
  }

  @Test
  void anEndpointOfCloudMetadataIsNotReached() {
    Api.Answer answer =
        connectors.ask(
            "gcs",
            "{\"bucket\": \"data\", \"path\": \"*.csv\", \"endpoint\": \"http://169.254.169.254\"}",
            credentials(key));

    assertThat(answer.body().toString()).contains("169.254.169.254 may not be reached");
  }

  @Test
  void theSeedsServiceGcsReadsWhatItsPrefixBegins() {
    String id =
        connectors.add(
            "GOOGLE",
            "{\"serviceType\": \"gcs\", \"bucket\": \"%s\", \"prefix\": \"export/orders-\", \"options\": {\"endpoint\": \"%s\", \"primaryKey\": \"id\"}}"
                .formatted(bucket, google.apiUrl()),
            credentials(key));

    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
  }
}
