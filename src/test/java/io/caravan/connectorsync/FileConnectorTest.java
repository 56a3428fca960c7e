package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.reach.TestWeb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Connectors of type file, from files to the rows of datasets. */
@CaravanTest
class FileConnectorTest {
  private final String folder = "test-" + UUID.randomUUID();
  private final Path disk = Path.of("target", "connector-files", folder);
  private TestConnectors connectors;

  @BeforeEach
  void folder(@LocalServerPort int port) throws IOException {
    connectors = new TestConnectors(new Api(port));
    Files.createDirectories(disk);
    write("orders-1.csv", "id,name,ordered\n1,Chair,2026-01-05\n2,Table,2026-01-06\n");
    write("orders-2.csv", "id,name,ordered\n3,Lamp,2026-01-07\n4,Desk,\n5,Sofa,\n6,Bed,\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(disk.resolve(name), text);
  }

  private String orders() {
    return connectors.add(
        "file", "{\"path\": \"%s/orders-*.csv\", \"primaryKey\": \"id\"}".formatted(folder), "{}");
  }

  @Test
  void filesBecomeOneListAndWhatChangedIsWritten() throws IOException {
    String id = orders();
    assertThat(connectors.counts(id)).containsExactly(6, 0, 0, 0, 0);
    assertThat(connectors.rows(id, "orders", "id, name, ordered::text"))
        .hasSize(6)
        .first()
        .isEqualTo(Map.of("id", 1L, "name", "Chair", "ordered", "2026-01-05"));
    write("orders-1.csv", "id,name,ordered\n1,Armchair,2026-01-05\n7,Shelf,\n");

    assertThat(connectors.counts(id)).containsExactly(1, 1, 4, 1, 0);

    Files.delete(disk.resolve("orders-2.csv"));
    assertThat(connectors.counts(id)).containsExactly(0, 0, 2, 4, 0);
  }

  @Test
  void filesThatHaveNotChangedAreNotReadAgain() throws IOException {
    String id = orders();
    connectors.sync(id);

    JsonNode item = connectors.sync(id);

    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("COMPLETED");
    assertThat(item.at("/result/recordsFetched").asInt()).isZero();
    assertThat(connectors.rows(id, "orders", "id")).hasSize(6);

    Files.setLastModifiedTime(disk.resolve("orders-1.csv"), FileTime.fromMillis(1));
    assertThat(connectors.sync(id).at("/result/recordsFetched").asInt()).isEqualTo(6);
  }

  @Test
  void aTestShowsFiveRecords() {
    JsonNode test = connectors.test(orders());

    assertThat(test.get("ok").asBoolean()).as("%s", test).isTrue();
    assertThat(test.get("sample")).hasSize(5);
    assertThat(test.at("/sample/0/name").asText()).isEqualTo("Chair");
  }

  @Test
  void eachFileCanBeAListOfItsOwn() {
    String id =
        connectors.add(
            "file", "{\"path\": \"%s/*.csv\", \"mode\": \"each\"}".formatted(folder), "{}");

    connectors.sync(id);

    assertThat(connectors.rows(id, "orders-1", "name")).hasSize(2);
    assertThat(connectors.rows(id, "orders-2", "name")).hasSize(4);
  }

  @Test
  void raggedRowsMakeASyncPartialAndTheirReasonIsKept() throws IOException {
    write("orders-1.csv", "id,name,ordered\n1,Chair,2026-01-05\n2,Table\n");
    String id = orders();

    JsonNode item = connectors.sync(id);

    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("PARTIAL");
    assertThat(item.at("/result/metadata/datasets/0/version/setAside").asInt()).isEqualTo(1);
    assertThat(connectors.rows(id, "orders", "id")).hasSize(5);
  }

  @Test
  void whenNoFileMatchesTheDatasetStays() throws IOException {
    String id = orders();
    connectors.sync(id);
    Files.delete(disk.resolve("orders-1.csv"));
    Files.delete(disk.resolve("orders-2.csv"));

    JsonNode item = connectors.sync(id);

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("data");
    assertThat(item.at("/error/message").asText()).startsWith("No file matches");
    assertThat(connectors.rows(id, "orders", "id")).hasSize(6);
  }

  @Test
  void aBrokenFileLeavesTheDatasetAsItWas() throws IOException {
    write("stock.json", "{\"data\": [{\"id\": 1}, {\"id\": 2}]}");
    String id =
        connectors.add(
            "file",
            "{\"path\": \"%s/stock.json\", \"options\": {\"recordPath\": \"/data\"}}"
                .formatted(folder),
            "{}");
    assertThat(connectors.counts(id)).containsExactly(2, 0, 0, 0, 0);
    write("stock.json", "{\"data\": [{\"id\": 3}, oops]}");

    JsonNode item = connectors.sync(id);

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("data");
    assertThat(item.at("/error/message").asText()).contains("stock.json: The page is no JSON");
    assertThat(connectors.rows(id, "stock", "id")).hasSize(2);
  }

  @Test
  void whatLiesOutsideTheFoldersCannotEvenBeAdded() {
    Api.Answer answer = connectors.ask("file", "{\"path\": \"/etc/passwd\"}", "{}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("caravan.connectorsync.folders");
    assertThat(connectors.ask("file", "{\"path\": \"x.csv\", \"mode\": \"some\"}", "{}").status())
        .isEqualTo(400);
  }

  @Test
  void aFileBehindAnAddressIsFetchedOnlyWhenItHasChanged() throws IOException {
    AtomicReference<String> csv = new AtomicReference<>("id,name\n1,Chair\n");
    AtomicReference<String> token = new AtomicReference<>("secret-token");
    try (TestWeb web = new TestWeb()) {
      web.on(
          "/export/products.csv",
          exchange -> {
            String etag = "\"%d\"".formatted(csv.get().hashCode());
            exchange.getResponseHeaders().add("ETag", etag);
            byte[] body = csv.get().getBytes(StandardCharsets.UTF_8);
            if (!("Bearer " + token.get())
                .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
              exchange.sendResponseHeaders(401, -1);
            } else if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
              exchange.sendResponseHeaders(304, -1);
            } else {
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
            }
          });
      String id =
          connectors.add(
              "file",
              "{\"path\": \"%s?key=x\", \"primaryKey\": \"id\"}"
                  .formatted(web.url("/export/products.csv")),
              "{\"token\": \"secret-token\"}");
      assertThat(connectors.counts(id)).containsExactly(1, 0, 0, 0, 0);
      assertThat(connectors.sync(id).at("/result/recordsFetched").asInt()).isZero();
      assertThat(web.asked().getLast().header("If-none-match")).isNotNull();
      csv.set("id,name\n1,Armchair\n2,Table\n");
      assertThat(connectors.counts(id)).containsExactly(1, 1, 0, 0, 0);
      token.set("another");

      JsonNode refused = connectors.sync(id);

      assertThat(refused.at("/error/kind").asText()).as("%s", refused).isEqualTo("authorisation");
      assertThat(refused.toString()).doesNotContain("secret-token", "key=x");
      assertThat(connectors.show(id).get("status").asText()).isEqualTo("NEEDS_ATTENTION");
      assertThat(connectors.rows(id, "products", "name")).hasSize(2);
    }
  }
}
