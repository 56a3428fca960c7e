package io.caravan.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.failure.Failure;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A stand-in of the Blue API, the source that bluegreen replicates: a talent agency with its
 * boards, talents, portfolios, media and tags under nine paths of JSON. What it holds is computed
 * from its size and the edition, the same on every machine, and written while it is computed, so
 * that a body of any length takes no memory.
 *
 * <p>Every answer carries an {@code ETag} of its path, edition and page, and as {@code
 * Last-Modified} when its edition began; each edition changes every path. A request that names
 * either is answered 304.
 */
public final class BlueServer implements AutoCloseable {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String PROBLEM = "application/problem+json";

  /** As a length, tells the JDK's server that none is known and a body follows in chunks. */
  private static final long CHUNKED = 0;

  private static final long NO_BODY = -1;

  // A body that breaks off has to look like it: nothing closes what is still open.
  private final JsonFactory factory =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);

  private final BlueSize size;
  private final BluePaging paging;
  private final BlueRound round;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Serves at once, on the loopback address only.
   *
   * @param port 0 for any that is free
   * @param advancesByItself whether the next edition follows when all nine paths were read to their
   *     ends; otherwise only {@link #advance()} brings it
   * @throws Failure kind CONFIGURATION when the port is taken
   */
  public BlueServer(int port, BlueSize size, BluePaging paging, boolean advancesByItself) {
    this.size = size;
    this.paging = paging;
    round = new BlueRound(advancesByItself);
    server = Loopback.server(port, "Blue");
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** An agency of the usual size in one body per path, which advances by itself. */
  public static BlueServer forDemo(int port) {
    return new BlueServer(port, BlueSize.demo(), BluePaging.NONE, true);
  }

  /** What stands before each path, without a slash at its end. */
  public String url() {
    return "http://%s:%d"
        .formatted(
            server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort());
  }

  /** The addresses of the nine paths. */
  public List<String> urls() {
    return Stream.of(BluePath.values()).map(path -> url() + path.path()).toList();
  }

  /** The number of the edition that is served, 0 at first. */
  public int edition() {
    return round.edition();
  }

  /**
   * Serves the next edition from the next request on; answers under way end as they began.
   *
   * @return its number
   */
  public int advance() {
    return round.advance();
  }

  /** Stops at once; answers under way break off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<BluePath> path = BluePath.at(exchange.getRequestURI().getPath());
      if (path.isEmpty()) {
        refuse(exchange, 404, "Not Found", "The Blue API has no such path.");
      } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        refuse(exchange, 405, "Method Not Allowed", "Every path is read-only.");
      } else {
        answer(exchange, path.get());
      }
    }
  }

  private void answer(HttpExchange exchange, BluePath path) throws IOException {
    BluePage page;
    try {
      page = BluePage.asked(paging, exchange.getRequestURI().getRawQuery(), round.edition());
    } catch (IllegalArgumentException e) {
      refuse(exchange, 400, "Bad Request", "The query cannot be read: " + e.getMessage() + ".");
      return;
    }
    if (page.first() == 0 && !isHead(exchange)) {
      round.begins(path);
    }
    send(exchange, path, page);
  }

  private void send(HttpExchange exchange, BluePath path, BluePage page) throws IOException {
    try (Stream<BlueElement> all = path.elements(new BlueEdition(page.edition(), size))) {
      if (paging == BluePaging.NONE) {
        write(exchange, path, page, all::iterator, Map.of(), true);
        return;
      }
      // One more than asked for tells whether there is a next page. Elements are made as they are
      // written, so the list is small.
      List<BlueElement> found = all.skip(page.first()).limit(page.limit() + 1L).toList();
      boolean last = found.size() <= page.limit();
      Map<String, String> tail = tail(exchange, path, page, last);
      write(exchange, path, page, last ? found : found.subList(0, page.limit()), tail, last);
    }
  }

  /** Says where to go on, in a header or with fields that follow the array. */
  private Map<String, String> tail(
      HttpExchange exchange, BluePath path, BluePage page, boolean last) {
    String next = url() + path.path() + "?" + page.nextQuery(paging);
    if (paging == BluePaging.LINK_HEADER) {
      if (!last) {
        exchange.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
      }
      return Map.of();
    }
    return paging == BluePaging.CURSOR
        ? Collections.singletonMap("nextCursor", last ? null : page.nextCursor())
        : Collections.singletonMap("next", last ? null : next);
  }

  /**
   * The round is told before the end is sent, or else a quick client would begin its next round in
   * the old edition.
   */
  private void write(
      HttpExchange exchange,
      BluePath path,
      BluePage page,
      Iterable<BlueElement> elements,
      Map<String, String> tail,
      boolean last)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", JSON);
    boolean unchanged = isUnchanged(exchange, path, page);
    if (isHead(exchange)) {
      exchange.sendResponseHeaders(unchanged ? 304 : 200, NO_BODY);
    } else if (unchanged) {
      endRound(path, page, last);
      exchange.sendResponseHeaders(304, NO_BODY);
    } else {
      exchange.sendResponseHeaders(200, CHUNKED);
      try (JsonGenerator json = factory.createGenerator(exchange.getResponseBody())) {
        path.write(json, page.edition(), elements, tail);
        endRound(path, page, last);
      }
    }
  }

  private void endRound(BluePath path, BluePage page, boolean last) {
    if (last) {
      round.ended(path, page.edition());
    }
  }

  private boolean isUnchanged(HttpExchange exchange, BluePath path, BluePage page) {
    BlueValidators validators =
        new BlueValidators(
            "\"%s-%d-%d-%d\""
                .formatted(
                    path.name().toLowerCase(Locale.ROOT),
                    page.edition(),
                    page.first(),
                    page.limit()),
            round.begun(page.edition()));
    validators.writeTo(exchange.getResponseHeaders());
    return validators.knownTo(exchange.getRequestHeaders());
  }

  private static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private void refuse(HttpExchange exchange, int status, String title, String detail)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", PROBLEM);
    if (isHead(exchange)) {
      exchange.sendResponseHeaders(status, NO_BODY);
      return;
    }
    exchange.sendResponseHeaders(status, CHUNKED);
    try (JsonGenerator json = factory.createGenerator(exchange.getResponseBody())) {
      json.writeStartObject();
      json.writeStringField("title", title);
      json.writeNumberField("status", status);
      json.writeStringField("detail", detail);
      json.writeEndObject();
    }
  }
}
