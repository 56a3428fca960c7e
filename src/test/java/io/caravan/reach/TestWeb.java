package io.caravan.reach;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.util.unit.DataSize;

/** A server on loopback that answers as a test says, and remembers what it was asked. */
public final class TestWeb implements AutoCloseable {
  /** Answers one path. */
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** What a request brought along. */
  public record Asked(String method, URI uri, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : String.join(", ", values);
    }
  }

  /** Generous bounds, and loopback allowed. */
  public static final ReachProperties BOUNDS =
      new ReachProperties(
          true,
          DataSize.ofMegabytes(50),
          200,
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  public TestWeb() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** A client that may ask this server. */
  public static Reach reach() {
    return reach(BOUNDS);
  }

  static Reach reach(ReachProperties bounds) {
    return new Reach(bounds, new Hosts(bounds));
  }

  static Hosts hosts(boolean allowPrivate) {
    return new Hosts(allowPrivate, SystemDefaultDnsResolver.INSTANCE);
  }

  public TestWeb on(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          asked.add(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders(),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          try (exchange) {
            answer.to(exchange);
          }
        });
    return this;
  }

  /** Answers JSON. */
  public static Answer json(String body) {
    return text(200, "application/json", body);
  }

  /** Answers this, with headers by turns name and value. */
  public static Answer text(int status, String type, String body, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      exchange.getResponseHeaders().set("Content-Type", type);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    };
  }

  static Answer redirect(int status, String to) {
    return text(status, "text/plain", "", "Location", to);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
