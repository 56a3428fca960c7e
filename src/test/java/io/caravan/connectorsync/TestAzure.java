package io.caravan.connectorsync;

import com.azure.core.http.HttpHeaders;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * A service of an Azure storage account as the "Azure Storage REST API" describes it: Shared Key
 * authorisation, account SAS, content with ranges, and errors.
 */
public abstract class TestAzure implements AutoCloseable {
  static final String ACCOUNT = "acmeexports";
  public static final String KEY = key("key-of-the-account");

  static final int PAGE = 2;
  static final String CONTAINER = "exports";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  final StorageSharedKeyCredential credential = new StorageSharedKeyCredential(ACCOUNT, KEY);
  final Map<String, String> contents = new TreeMap<>();

  /** From where contents were asked for. */
  final List<Integer> offsets = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private String breaking;
  int pages;

  TestAzure() {
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

  public synchronized void put(String name, String content) {
    contents.put(name, content);
  }

  synchronized void remove(String name) {
    contents.remove(name);
  }

  /** The next answer with this content ends in its middle. */
  synchronized void breakOff(String name) {
    breaking = name;
  }

  /**
   * @param rest of the connector's config, as JSON without brackets
   */
  String config(String rest) {
    return "{\"account\": \"%s\", \"container\": \"%s\", \"endpoint\": \"%s\", %s}"
        .formatted(ACCOUNT, CONTAINER, url(), rest);
  }

  public String url() {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), ACCOUNT);
  }

  public static String credentials(String key) {
    return "{\"accountKey\": \"%s\"}".formatted(key);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      Map<String, String> parameters =
          UriComponentsBuilder.fromUri(asked).build().getQueryParams().toSingleValueMap();
      parameters.replaceAll((name, value) -> UriUtils.decode(value, StandardCharsets.UTF_8));
      String container = "/" + ACCOUNT + "/" + CONTAINER;
      String path = asked.getPath();
      if (!authorised(exchange, parameters)) {
        error(exchange, 403, "AuthenticationFailed");
      } else if (!path.equals(container) && !path.startsWith(container + "/")) {
        error(exchange, 404, missing());
      } else {
        String name = path.substring(container.length()).replaceFirst("^/", "");
        boolean list = "list".equals(parameters.get("comp"));
        if (!permitted(parameters, list ? "l" : "r")) {
          error(exchange, 403, "AuthorizationPermissionMismatch");
        } else if (list) {
          pages++;
          list(exchange, name, parameters);
        } else {
          get(exchange, name);
        }
      }
    }
  }

  /** What is said when the container is not there. */
  abstract String missing();

  abstract void list(HttpExchange exchange, String name, Map<String, String> asked)
      throws IOException;

  abstract void get(HttpExchange exchange, String name) throws IOException;

  private boolean authorised(HttpExchange exchange, Map<String, String> parameters)
      throws IOException {
    return parameters.containsKey("sig") ? signed(parameters) : signed(exchange);
  }

  /** "Authorize with Shared Key": the vendor's own library makes the signature to compare with. */
  private boolean signed(HttpExchange exchange) throws IOException {
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

  /** "Create an account SAS": what is signed are the parameters, a line each. */
  private boolean signed(Map<String, String> parameters) {
    String lines =
        Stream.of("sp", "ss", "srt", "st", "se", "sip", "spr", "sv", "ses")
            .map(name -> parameters.getOrDefault(name, "") + "\n")
            .collect(Collectors.joining("", ACCOUNT + "\n", ""));
    return credential.computeHmac256(lines).equals(parameters.get("sig"));
  }

  private static boolean permitted(Map<String, String> parameters, String permission) {
    return parameters.getOrDefault("sp", permission).contains(permission);
  }

  static String etag(String content) {
    return "\"0x%X\"".formatted(content.hashCode());
  }

  /** Answers with a content, or with the range of it that is asked for. */
  void content(HttpExchange exchange, String name) throws IOException {
    byte[] bytes = contents.get(name).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("ETag", etag(contents.get(name)));
    exchange.getResponseHeaders().set("Last-Modified", "Mon, 05 Jan 2026 08:30:00 GMT");
    exchange.getResponseHeaders().set("Content-Type", "text/csv");
    exchange.getResponseHeaders().set("x-ms-version", "2025-05-05");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("x-ms-range");
    Matcher asked = RANGE.matcher(range == null ? "bytes=0-" : range);
    if (!asked.matches()) {
      error(exchange, 400, "InvalidHeaderValue");
      return;
    }
    int from = Integer.parseInt(asked.group(1));
    if (range != null && from >= bytes.length) {
      error(exchange, 416, "InvalidRange");
      return;
    }
    int to =
        asked.group(2).isEmpty()
            ? bytes.length
            : (int) Math.min(Long.parseLong(asked.group(2)) + 1, bytes.length);
    offsets.add(from);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, bytes.length));
    byte[] part = Arrays.copyOfRange(bytes, from, to);
    exchange.sendResponseHeaders(range == null ? 200 : 206, part.length == 0 ? -1 : part.length);
    if (name.equals(breaking)) {
      breaking = null;
      exchange.getResponseBody().write(part, 0, part.length / 2);
    } else if (part.length > 0) {
      exchange.getResponseBody().write(part);
    }
  }

  static void error(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getResponseHeaders().set("x-ms-error-code", code);
    xml(exchange, status, "<Error><Code>%s</Code><Message>No.</Message></Error>".formatted(code));
  }

  static void xml(HttpExchange exchange, int status, String element) throws IOException {
    byte[] bytes =
        ("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + element).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.getResponseHeaders().set("x-ms-version", "2025-05-05");
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
