package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.CaravanTest;
import io.caravan.reach.TestWeb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * What sources get wrong, in whole syncs: the dataset stays as it was or holds exactly the good
 * records, the reason is told, and the next time is right.
 */
@CaravanTest
class ConnectorBadInputTest {
  private static final int PAGE = 10;
  private static final int RECORDS = 25;

  private final Source source = new Source();
  private TestConnectors connectors;

  @BeforeEach
  void connect(@LocalServerPort int port) {
    connectors = new TestConnectors(port);
  }

  @AfterEach
  void close() {
    connectors.close();
    source.close();
  }

  /**
   * Five records, at most two at once whatever is asked for; the page after the last is refused.
   */
  @Test
  void aServerWithSmallerPagesIsReadToItsEndAndAskedForNoMoreNextTime() throws IOException {
    try (TestWeb web = new TestWeb()) {
      web.on(
          "/things",
          exchange -> {
            int page =
                Integer.parseInt(exchange.getRequestURI().getQuery().replaceFirst(".*page=", ""));
            String records =
                IntStream.rangeClosed(2 * page - 1, Math.min(2 * page, 5))
                    .mapToObj("{\"id\":%d}"::formatted)
                    .collect(Collectors.joining(",", "[", "]"));
            TestWeb.text(page > 3 ? 404 : 200, "application/json", records).to(exchange);
          });
      String connector =
          connectors.add(
              "rest",
              """
              {"baseUrl": "%s", "resources": [{"name": "things", "path": "/things", "primaryKey": "id",
                "paginator": {"type": "page", "size": 100, "sizeParameter": "n"}}]}
              """
                  .formatted(web.url("")),
              "{}");
      assertThat(connectors.sync(connector).at("/result/recordsProcessed").asInt()).isEqualTo(5);
      int before = web.asked().size();

      JsonNode item = connectors.sync(connector);

      assertThat(item.at("/result/metadata/datasets/0/version/unchanged").asInt()).isEqualTo(5);
      assertThat(web.asked().get(before).uri().getQuery()).contains("n=2");
    }
  }

  @Test
  void aShortListMayEndWithARefusedPage() throws IOException {
    try (TestWeb web = new TestWeb()) {
      web.on(
          "/things",
          exchange ->
              TestWeb.text(
                      exchange.getRequestURI().getQuery().endsWith("page=1") ? 200 : 404,
                      "application/json",
                      "[{\"id\":1}]")
                  .to(exchange));
      JsonNode item =
          connectors.sync(
              connectors.add(
                  "rest",
                  """
                  {"baseUrl": "%s", "resources": [{"name": "things", "path": "/things", "primaryKey": "id",
                    "paginator": {"type": "page", "size": 100, "sizeParameter": "n"}}]}
                  """
                      .formatted(web.url("")),
                  "{}"));

      assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("COMPLETED");
      assertThat(item.at("/result/metadata/datasets/0/version/complete").asBoolean()).isTrue();
    }
  }

  /** What goes wrong from now on. */
  private enum Mischief {
    NONE,
    ERROR_IN_THE_MIDDLE,
    HTML,
    BROKEN_OFF,
    SAME_PAGE,
    BROKEN_UTF8,
    BOMB,
    REDIRECT_TO_METADATA,
    HUGE_RECORD,
    NO_OBJECTS,
    NO_KEYS,
    OTHER_TYPES
  }

  /** Answers 25 records in pages of ten by number. */
  private static final class Source implements AutoCloseable {
    private final HttpServer server;
    volatile Mischief mischief = Mischief.NONE;

    Source() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      server.createContext("/", this::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
    }

    String connector() {
      return """
      {"tenantId": "t", "name": "Source", "type": "rest",
       "config": {"baseUrl": "http://localhost:%d", "resources": [
         {"name": "things", "path": "/things", "recordPath": "/items", "primaryKey": ["id"],
          "paginator": {"type": "page", "parameter": "page", "start": 0, "size": %d}}]}}
      """
          .formatted(server.getAddress().getPort(), PAGE);
    }

    private void answer(HttpExchange exchange) throws IOException {
      int page = Integer.parseInt(exchange.getRequestURI().getQuery().replaceFirst(".*page=", ""));
      try (exchange) {
        switch (page == 1 ? mischief : Mischief.NONE) {
          case ERROR_IN_THE_MIDDLE -> send(exchange, 500, "{}");
          case HTML -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            send(exchange, 200, "<html>Please log in</html>");
          }
          case BROKEN_OFF -> {
            byte[] body = items(page).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length + 100);
            exchange.getResponseBody().write(body, 0, body.length / 2);
          }
          case SAME_PAGE -> send(exchange, 200, items(0));
          case BROKEN_UTF8 ->
              send(
                  exchange,
                  200,
                  "{\"items\":[{\"id\":11,\"name\":\"caf\u00e9\"}]}"
                      .getBytes(StandardCharsets.ISO_8859_1));
          case BOMB -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            send(exchange, 200, bomb());
          }
          case REDIRECT_TO_METADATA -> {
            exchange
                .getResponseHeaders()
                .set("Location", "http://169.254.169.254/latest/meta-data/");
            send(exchange, 302, "");
          }
          case HUGE_RECORD ->
              send(
                  exchange,
                  200,
                  items(page).replace("\"Thing 15\"", "\"" + "x".repeat(11 * 1024 * 1024) + "\""));
          case NO_OBJECTS ->
              send(
                  exchange,
                  200,
                  items(page).replace("{\"id\":15,\"name\":\"Thing 15\",\"size\":15}", "15"));
          case NO_KEYS -> send(exchange, 200, items(page).replace("\"id\":15", "\"no\":15"));
          case OTHER_TYPES ->
              send(exchange, 200, items(page).replace("\"size\":15", "\"size\":\"large\""));
          case NONE -> send(exchange, 200, items(page));
        }
      }
    }

    private static String items(int page) {
      return IntStream.rangeClosed(1, RECORDS)
          .skip((long) page * PAGE)
          .limit(PAGE)
          .mapToObj("{\"id\":%1$d,\"name\":\"Thing %1$d\",\"size\":%1$d}"::formatted)
          .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    private static byte[] bomb() throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(packed)) {
        byte[] zeros = new byte[1 << 20];
        for (int megabyte = 0; megabyte < 100; megabyte++) {
          out.write(zeros);
        }
      }
      return packed.toByteArray();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
      send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
      if (!exchange.getResponseHeaders().containsKey("Content-Type")) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
      }
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR_IN_THE_MIDDLE, transient, 500",
    "HTML, data, JSON",
    "BROKEN_OFF, transient, localhost",
    "SAME_PAGE, data, twice",
    "BROKEN_UTF8, data, UTF-8",
    "BOMB, data, times as large",
    "REDIRECT_TO_METADATA, configuration, 169.254.169.254"
  })
  void aSourceThatGoesWrongInTheMiddleChangesNothing(Mischief what, String kind, String word) {
    String connector = connectors.add(source.connector());
    connectors.sync(connector);
    List<Map<String, Object>> before = connectors.rows(connector, "id, name, _version");
    String lastSyncAt = connectors.show(connector).get("lastSyncAt").asText();
    source.mischief = what;

    JsonNode item = connectors.sync(connector);

    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("FAILED");
    assertThat(item.at("/error/kind").asText()).isEqualTo(kind);
    assertThat(item.at("/error/message").asText()).contains(word);
    assertThat(connectors.rows(connector, "id, name, _version")).hasSize(RECORDS).isEqualTo(before);
    JsonNode shown = connectors.show(connector);
    assertThat(shown.get("lastSyncAt").asText()).isEqualTo(lastSyncAt);
    assertThat(shown.get("lastSyncError").asText()).contains(word);
    assertThat(shown.at("/due/reason").asText())
        .startsWith(kind.equals("configuration") ? "It was refused" : "After a failure");
    source.mischief = Mischief.NONE;
    assertThat(connectors.sync(connector).get("status").asText()).isEqualTo("succeeded");
  }

  /** The others are there, the bad one is set aside with the reason. */
  @ParameterizedTest
  @EnumSource(names = {"HUGE_RECORD", "NO_OBJECTS", "NO_KEYS"})
  void aBadRecordIsSetAsideAndTheOthersAreThere(Mischief what) {
    String connector = connectors.add(source.connector());
    source.mischief = what;

    JsonNode item = connectors.sync(connector);

    assertThat(item.get("status").asText()).as("%s", item).isEqualTo("succeeded");
    assertThat(item.at("/result/status").asText()).isEqualTo("PARTIAL");
    assertThat(item.at("/result/recordsFetched").asInt()).isEqualTo(RECORDS);
    assertThat(item.at("/result/recordsProcessed").asInt()).isEqualTo(RECORDS - 1);
    assertThat(connectors.rows(connector, "id"))
        .hasSize(RECORDS - 1)
        .doesNotContain(Map.of("id", 15L));
    assertThat(
            connectors
                .jdbc
                .sql(
                    """
                    select s.position, s.reason from connectorsync.set_aside_record s
                      join connectorsync.dataset d on d.id = s.dataset_id where d.connector_id = ?
                    """)
                .param(UUID.fromString(connector))
                .query()
                .listOfRows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("position")).isEqualTo(15L);
              assertThat((String) row.get("reason")).isNotBlank();
            });
    JsonNode shown = connectors.show(connector);
    assertThat(shown.get("lastSyncStatus").asText()).isEqualTo("PARTIAL");
    assertThat(shown.get("lastSyncError").asText()).contains("1 record");
    assertThat(shown.at("/due/reason").asText()).startsWith("Not before");
  }

  @Test
  void aFieldThatChangesItsTypeWidensItsColumn() {
    String connector = connectors.add(source.connector());
    connectors.sync(connector);
    source.mischief = Mischief.OTHER_TYPES;

    JsonNode item = connectors.sync(connector);

    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("COMPLETED");
    assertThat(item.at("/result/metadata/datasets/0/schemaChanges/0/column").asText())
        .as("%s", item)
        .isEqualTo("size");
    assertThat(connectors.rows(connector, "id, size"))
        .contains(Map.of("id", 14L, "size", "14"), Map.of("id", 15L, "size", "large"));
  }
}
