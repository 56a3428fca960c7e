package io.caravan.connectorsync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A shop's API: products in pages of ten by number, for whoever has the token. It can be told to
 * answer with another status.
 */
final class TestShop implements AutoCloseable {
  static final String TOKEN = "token-of-the-shop";

  private static final int PAGE = 10;

  final AtomicInteger requests = new AtomicInteger();

  /** What the last request brought along, by lower-case name. */
  volatile Set<String> headers = Set.of();

  private final Map<Integer, String> products = new TreeMap<>();
  private final HttpServer server;
  private volatile int status = 200;
  private volatile String token = TOKEN;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile Duration patience = Duration.ofMinutes(1);

  TestShop() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/products", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** A connector to it, as somebody would add it. */
  String connector() {
    return connector("shop", "Shop");
  }

  /** The same for a tenant, by another name. */
  String connector(String tenant, String name) {
    return """
    {"tenantId": "%s", "name": "%s", "type": "rest",
     "config": {"baseUrl": "%s", "auth": {"type": "bearer"}, "resources": [
       {"name": "products", "path": "/products", "recordPath": "/items", "primaryKey": ["id"],
        "paginator": {"type": "page", "parameter": "page", "start": 0, "size": 10}}]},
     "credentials": {"token": "%s"}}
    """
        .formatted(tenant, name, url(), TOKEN);
  }

  synchronized void put(int id, String name) {
    products.put(id, name);
  }

  synchronized void remove(int id) {
    products.remove(id);
  }

  void answerWith(int now) {
    status = now;
  }

  void renewToken(String now) {
    token = now;
  }

  /** From now on answers wait for {@link #letGo}. */
  void hold() {
    held = new CountDownLatch(1);
  }

  /** From now on each answer takes so long. */
  void slow(Duration each) {
    hold();
    patience = each;
  }

  synchronized Map<Integer, String> products() {
    return Map.copyOf(products);
  }

  void letGo() {
    held.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    if (!exchange.getRequestMethod().equals("GET")) {
      send(exchange, 405, "{}");
      return;
    }
    headers =
        exchange.getRequestHeaders().keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    try {
      if (!held.await(patience.toMillis(), TimeUnit.MILLISECONDS) && patience.toSeconds() > 30) {
        throw new IOException("nobody let go");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String query = exchange.getRequestURI().getQuery();
    int page = query == null ? 0 : Integer.parseInt(query.replaceFirst(".*page=", ""));
    boolean known =
        ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    send(exchange, known ? status : 401, known && status == 200 ? page(page) : "{}");
  }

  private synchronized String page(int number) {
    return products.entrySet().stream()
        .skip((long) number * PAGE)
        .limit(PAGE)
        .map(one -> "{\"id\":%d,\"name\":\"%s\"}".formatted(one.getKey(), one.getValue()))
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
  }
}
