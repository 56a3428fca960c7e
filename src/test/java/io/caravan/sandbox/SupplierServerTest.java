package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The supplier of the demo. */
class SupplierServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-05T08:00:00Z"));
  private final InstantSource source = now::get;
  private final SupplierServer server = SupplierServer.start(0, clock());

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return source.instant();
      }
    };
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .header("Authorization", "Bearer " + token)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private List<JsonNode> orders(String query) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      HttpResponse<String> answer =
          get(
              "/api/orders?limit=500" + query + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
              SupplierServer.TOKEN);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode page = JSON.readTree(answer.body());
      page.get("data").forEach(all::add);
      cursor = page.get("next_cursor").textValue();
    }
    return all;
  }

  @Test
  void ordersComeInAndMoveOn() throws Exception {
    List<JsonNode> first = orders("");
    assertThat(first)
        .hasSize(5_000)
        .extracting(order -> order.get("id").asInt())
        .doesNotHaveDuplicates();
    Instant begun = now.get();
    now.set(begun.plus(Duration.ofSeconds(65)));

    List<JsonNode> changed = orders("&updated_since=" + begun.plusSeconds(1));

    assertThat(changed).hasSize(6);
    assertThat(changed).extracting(order -> order.get("status").asText()).containsOnly("placed");
    now.set(begun.plus(Duration.ofMinutes(2)));
    assertThat(orders("&updated_since=" + begun.plusSeconds(1)))
        .extracting(order -> order.get("status").asText())
        .contains("placed", "packed");
  }

  @Test
  void strangersAndWrongQueriesAreRefused() throws Exception {
    assertThat(get("/api/orders", "another").statusCode()).isEqualTo(401);
    assertThat(get("/api/orders?limit=501", SupplierServer.TOKEN).statusCode()).isEqualTo(400);
    assertThat(get("/api/orders?updated_since=soon", SupplierServer.TOKEN).statusCode())
        .isEqualTo(400);
    assertThat(get("/api/invoices", SupplierServer.TOKEN).statusCode()).isEqualTo(404);
  }

  @Test
  void theNewsAreOutOfOrderAtFirst() throws Exception {
    assertThat(get("/news.rss", "").statusCode()).isEqualTo(503);
    now.set(now.get().plus(Duration.ofMinutes(1)));

    assertThat(get("/news.rss", "").body()).contains("<rss", "news-20").doesNotContain("news-21<");
  }

  @Test
  void itsFilesAreThere() throws Exception {
    assertThat(get("/files/prices.csv", "").body().lines())
        .hasSize(801)
        .first()
        .isEqualTo("sku,name,price,currency");
    assertThat(get("/files/stock.parquet", "").body()).startsWith("PAR1");
  }
}
