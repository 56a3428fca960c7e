package io.caravan.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A supplier's systems, as connectors meet them: orders behind a REST API with cursors and a token,
 * a price list as CSV, stock as Parquet, and news as RSS. Orders come in and move on while it runs;
 * the news are out of order at first.
 */
public final class SupplierServer implements AutoCloseable {
  /** Whoever sends another one is refused. */
  public static final String TOKEN = "kestrel-demo-token";

  private static final int MOST_ON_A_PAGE = 500;
  private static final int USUAL_ON_A_PAGE = 100;
  private static final Duration OUT_OF_ORDER = Duration.ofSeconds(45);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROBLEM = "application/problem+json";

  private final Clock clock;
  private final Instant begun;
  private final SupplierOrders orders;
  private final SupplierFiles files = SupplierFiles.make();
  private final AtomicReference<Instant> newsAsked = new AtomicReference<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private SupplierServer(int port, Clock clock) {
    this.clock = clock;
    this.begun = clock.instant();
    this.orders = new SupplierOrders(begun);
    server = Loopback.server(port, "supplier");
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Serves at once, on the loopback address only.
   *
   * @param port 0 for any that is free
   * @throws io.caravan.failure.Failure of kind configuration when the port is taken
   */
  public static SupplierServer start(int port, Clock clock) {
    return new SupplierServer(port, clock);
  }

  /** What stands before each path, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Stops at once; answers under way break off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/api/orders" -> orders(exchange);
        case "/files/prices.csv" -> send(exchange, 200, "text/csv", files.prices());
        case "/files/stock.parquet" ->
            send(exchange, 200, "application/vnd.apache.parquet", files.stock());
        case "/news.rss" -> news(exchange);
        default -> refuse(exchange, 404, "There is nothing at this path.");
      }
    }
  }

  private void orders(HttpExchange exchange) throws IOException {
    if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      refuse(exchange, 401, "The token is missing or unknown.");
      return;
    }
    Map<String, String> query = query(exchange.getRequestURI().getQuery());
    int limit;
    Instant since;
    try {
      limit = Integer.parseInt(query.getOrDefault("limit", String.valueOf(USUAL_ON_A_PAGE)));
      since = Instant.parse(query.getOrDefault("updated_since", "1970-01-01T00:00:00Z"));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      refuse(exchange, 400, "limit is a number and updated_since a time.");
      return;
    }
    if (limit < 1 || limit > MOST_ON_A_PAGE) {
      refuse(exchange, 400, "limit is from 1 to %d.".formatted(MOST_ON_A_PAGE));
      return;
    }
    List<SupplierOrders.Order> page =
        orders.changed(since, query.get("cursor"), limit + 1, clock.instant());
    ObjectNode answer = JSON.createObjectNode();
    page.stream().limit(limit).forEach(order -> answer.withArray("data").addPOJO(order.shown()));
    answer.put("next_cursor", page.size() > limit ? page.get(limit - 1).cursor() : null);
    send(exchange, 200, "application/json", JSON.writeValueAsBytes(answer));
  }

  private void news(HttpExchange exchange) throws IOException {
    Instant now = clock.instant();
    if (now.isBefore(
        newsAsked.updateAndGet(first -> first == null ? now : first).plus(OUT_OF_ORDER))) {
      refuse(exchange, 503, "The news are being moved to another server.");
      return;
    }
    send(
        exchange,
        200,
        "application/rss+xml",
        SupplierNews.at(url(), begun, now).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> query(String text) {
    return text == null
        ? Map.of()
        : Stream.of(text.split("&"))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, last) -> last));
  }

  private static void refuse(HttpExchange exchange, int status, String detail) throws IOException {
    send(
        exchange,
        status,
        PROBLEM,
        JSON.writeValueAsBytes(Map.of("status", status, "detail", detail)));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
