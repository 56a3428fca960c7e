package io.caravan.blue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.CaravanTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * The Blue application: a page with the button in its header, and a server that passes the button's
 * two calls on to Caravan with the API token.
 */
public final class TestBlueSite {
  /** Its origin is the one that the shared context allows. */
  public static final TestBlueSite SITE = new TestBlueSite();

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Blue</title>
        <link rel="icon" href="data:,">
        <style>
          :root { color-scheme: light dark; }
          body { margin: 0; font-family: system-ui, sans-serif; background: Canvas; color: CanvasText; }
          header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 12px;
            padding: 12px 24px; background: #10264d; color: #fff; }
          main { padding: 24px; min-height: 420px; }
        </style>
        <script src="%1$s/embed/sync-button.js" %2$s></script>
      </head>
      <body>
        <header><strong>Blue</strong><caravan-sync-button endpoint="/blue/"></caravan-sync-button></header>
        <main><h1>Boards</h1><p>Everything that editors do, they do here.</p><a href="#">A link</a></main>
      </body>
      </html>
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private volatile String caravan;
  private volatile boolean waits;
  private volatile boolean loses;

  private TestBlueSite() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::page);
    server.createContext("/blue/", this::passOn);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The same site under a name that is another origin to a browser. */
  String otherOrigin() {
    return url().replace("127.0.0.1", "localhost");
  }

  TestBlueSite caravan(int port) {
    caravan = "http://127.0.0.1:" + port;
    waits = false;
    loses = false;
    return this;
  }

  /** Lets its server wait for the end of a sync, as one does that knows nothing of Prefer. */
  void waitsForTheEnd() {
    waits = true;
  }

  /** Lets the answers to requests for a sync get lost, as a proxy does that waits no longer. */
  void losesAnswers() {
    loses = true;
  }

  private void page(HttpExchange exchange) throws IOException {
    String kind =
        "module".equals(exchange.getRequestURI().getQuery()) ? "type=\"module\"" : "defer";
    answer(exchange, 200, "text/html", PAGE.formatted(caravan, kind));
  }

  private void passOn(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestURI().getPath().substring("/blue/".length());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(caravan + "/api/v1/blue/" + call))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + CaravanTest.TOKEN)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody());
    String prefer = exchange.getRequestHeaders().getFirst("Prefer");
    if (prefer != null && !waits) {
      request.header("Prefer", prefer);
    }
    try {
      HttpResponse<String> got =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      boolean lost = loses && call.equals("sync");
      answer(
          exchange,
          lost ? 504 : got.statusCode(),
          got.headers().firstValue("Content-Type").orElse("text/plain"),
          lost ? "" : got.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
