package io.caravan.connectorsync;

import com.azure.core.http.HttpHeaders;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A container of Azure Blob Storage as the "Azure Storage REST API" describes it: Shared Key
 * authorisation, List Blobs in pages (here of two) with NextMarker, Get Blob with ranges, and its
 * error codes.
 */
final class TestContainer implements AutoCloseable {
  static final String ACCOUNT = "acmeexports";
  static final String KEY = key("key-of-the-account");

  private static final int PAGE = 2;
  private static final String CONTAINER = "exports";

  private final Map<String, String> blobs = new TreeMap<>();
  private final StorageSharedKeyCredential credential =
      new StorageSharedKeyCredential(ACCOUNT, KEY);
  private final HttpServer server;
  int pages;

  TestContainer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  static String key(String words) {
    return Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
  }

  synchronized void put(String name, String content) {
    blobs.put(name, content);
  }

  synchronized void remove(String name) {
    blobs.remove(name);
  }

  /**
   * @param rest of the connector's config, as JSON without brackets
   */
  String config(String rest) {
    return "{\"account\": \"%s\", \"container\": \"%s\", \"endpoint\": \"%s\", %s}"
        .formatted(ACCOUNT, CONTAINER, url(), rest);
  }

  String url() {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), ACCOUNT);
  }

  static String credentials(String key) {
    return "{\"accountKey\": \"%s\"}".formatted(key);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      String container = "/" + ACCOUNT + "/" + CONTAINER;
      var parameters = UriComponentsBuilder.fromUri(asked).build().getQueryParams();
      if (!authorised(exchange)) {
        error(exchange, 403, "AuthenticationFailed");
      } else if (!asked.getPath().startsWith(container)) {
        error(exchange, 404, "ContainerNotFound");
      } else if ("list".equals(parameters.getFirst("comp"))) {
        list(exchange, parameters.toSingleValueMap());
      } else {
        get(exchange, blobs.get(asked.getPath().substring(container.length() + 1)));
      }
    }
  }

  /** "Authorize with Shared Key": the vendor's own library makes the signature to compare with. */
  private boolean authorised(HttpExchange exchange) throws IOException {
    HttpHeaders headers = new HttpHeaders();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.set(name, String.join(",", values)));
    URI whole =
        URI.create("http://" + exchange.getRequestHeaders().getFirst("Host"))
            .resolve(exchange.getRequestURI());
    return credential
        .generateAuthorizationHeader(whole.toURL(), exchange.getRequestMethod(), headers, false)
        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void list(HttpExchange exchange, Map<String, String> asked) throws IOException {
    pages++;
    String prefix = decoded(asked.getOrDefault("prefix", ""));
    int from = Integer.parseInt(asked.getOrDefault("marker", "0"));
    List<String> names = blobs.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    int to = Math.min(from + PAGE, names.size());
    String listed =
        names.subList(from, to).stream()
            .map(
                name ->
                    "<Blob><Name>%s</Name><Properties><Etag>%s</Etag><Content-Length>%d</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>"
                        .formatted(name, etag(blobs.get(name)), blobs.get(name).length()))
            .collect(Collectors.joining());
    send(
        exchange,
        200,
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"%s\" ContainerName=\"%s\"><Blobs>%s</Blobs><NextMarker>%s</NextMarker></EnumerationResults>"
            .formatted(url(), CONTAINER, listed, to < names.size() ? to : ""));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String etag(String content) {
    return "\"0x%X\"".formatted(content.hashCode());
  }

  private void get(HttpExchange exchange, String content) throws IOException {
    if (content == null) {
      error(exchange, 404, "BlobNotFound");
      return;
    }
    exchange.getResponseHeaders().set("ETag", etag(content));
    exchange.getResponseHeaders().set("x-ms-blob-type", "BlockBlob");
    exchange.getResponseHeaders().set("Last-Modified", "Mon, 05 Jan 2026 08:30:00 GMT");
    String range = exchange.getRequestHeaders().getFirst("x-ms-range");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length()));
      exchange.sendResponseHeaders(200, -1);
    } else if (range != null && content.isEmpty()) {
      error(exchange, 416, "InvalidRange");
    } else {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes 0-%d/%d".formatted(content.length() - 1, content.length()));
      send(exchange, range == null ? 200 : 206, "text/csv", content);
    }
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getResponseHeaders().set("x-ms-error-code", code);
    send(
        exchange,
        status,
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>%s</Code><Message>No.</Message></Error>"
            .formatted(code));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("x-ms-version", "2025-07-05");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
