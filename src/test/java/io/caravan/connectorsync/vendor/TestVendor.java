package io.caravan.connectorsync.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * A vendor's API over HTTP, with one list of records. Subclasses know the vendor's rules; whoever
 * breaks one gets the vendor's refusal.
 */
abstract class TestVendor implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** When the first record was changed; the others a minute later each. */
  static final Instant LONG_AGO = Instant.parse("2025-03-01T10:00:00Z");

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<Long, ObjectNode> records = new TreeMap<>();
  private final Map<Long, Instant> changes = new TreeMap<>();
  private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
  private final Deque<Instant> recent = new ArrayDeque<>();

  TestVendor() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** A request. */
  record Asked(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    String parameter(String name) {
      return query.getOrDefault(name, "");
    }
  }

  /** An answer; headers by name. */
  record Answer(int status, JsonNode body, Map<String, String> headers) {
    Answer(int status, JsonNode body) {
      this(status, body, Map.of());
    }
  }

  /** What the vendor answers to who breaks a rule. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Answer answer;

    Refused(int status, String body) {
      this(status, body, Map.of());
    }

    Refused(int status, String body, Map<String, String> headers) {
      super(body, null, false, false);
      answer = new Answer(status, tree(body), headers);
    }
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the vendor says.
   *
   * @throws Refused when a rule was broken
   */
  abstract Answer answer(Asked request);

  /** The record as the vendor shows it. */
  abstract ObjectNode shown(long id, String name, Instant changed);

  /** What the vendor says to who asks too often. */
  abstract Refused tooMany();

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  List<Asked> asked() {
    return asked;
  }

  /** Adds so many records, from 1 on, each changed a minute after the one before. */
  synchronized void fill(int count) {
    for (long id = 1; id <= count; id++) {
      put(id, "Record " + id, LONG_AGO.plus(id, ChronoUnit.MINUTES));
    }
  }

  synchronized void put(long id, String name, Instant changed) {
    records.put(id, shown(id, name, changed));
    changes.put(id, changed);
  }

  synchronized void remove(long id) {
    records.remove(id);
    changes.remove(id);
  }

  /** The next request gets this, whatever it asks for. */
  void answerNext(Refused refused) {
    next.add(refused.answer);
  }

  /** Records that were changed then or later, in the order of their ids. */
  synchronized List<ObjectNode> since(Instant from) {
    return records.entrySet().stream()
        .filter(one -> !changes.get(one.getKey()).isBefore(from))
        .map(Map.Entry::getValue)
        .toList();
  }

  static ArrayNode list(Collection<ObjectNode> records) {
    return JSON.createArrayNode().addAll(records);
  }

  /** Refuses who asks more often than so many times within the window. */
  synchronized void pace(int most, Duration window) {
    Instant now = Instant.now();
    while (!recent.isEmpty() && recent.peekFirst().isBefore(now.minus(window))) {
      recent.removeFirst();
    }
    if (recent.size() >= most) {
      throw tooMany();
    }
    recent.addLast(now);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Asked request = read(exchange);
      asked.add(request);
      Answer planned = next.poll();
      Answer answer;
      try {
        answer = planned == null ? answer(request) : planned;
      } catch (Refused e) {
        answer = e.answer;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      byte[] bytes = JSON.writeValueAsBytes(answer.body());
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Asked read(HttpExchange exchange) throws IOException {
    Map<String, String> query = new TreeMap<>();
    UriComponentsBuilder.fromUri(exchange.getRequestURI())
        .build()
        .getQueryParams()
        .forEach((name, values) -> query.put(decoded(name), decoded(values.getFirst())));
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Asked(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query,
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return UriUtils.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
