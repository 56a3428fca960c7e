package io.caravan.bluegreen;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * A source that answers whatever a test says, right or wrong, and remembers who asked for what. A
 * path that no test spoke about answers 404.
 *
 * <pre>{@code
 * trouble
 *     .answer("/api/v1/public/boards", status(503), json("[]"))
 *     .answer("/api/v1/public/talents", hangAfter("[{\"id\":\"t1\"}]", 8));
 * }</pre>
 */
public final class BlueTrouble implements AutoCloseable {
  private static final String JSON = "application/json";

  /** As a length, tells the JDK's server that none is known and a body follows in chunks. */
  private static final long CHUNKED = 0;

  private static final long NO_BODY = -1;

  static {
    // Or else every short answer waits 40 ms, for the acknowledgement of its own headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final Map<String, List<Request>> requests = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** Listens at once, on the loopback address and any free port. */
  public BlueTrouble() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** What was asked, with the headers as they came. */
  public record Request(String method, String path, String query, Headers headers) {}

  /** Writes an answer. One that throws has its connection closed where it stands. */
  @FunctionalInterface
  public interface Answer {
    /**
     * @param closed is counted down when the server closes, for answers that wait
     */
    void send(HttpExchange exchange, CountDownLatch closed)
        throws IOException, InterruptedException;
  }

  /** What stands before each path, without a slash at its end. */
  public String url() {
    return "http://%s:%d"
        .formatted(
            server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort());
  }

  /**
   * The first request for a path gets the first answer, the next one the next; the last answer is
   * kept for all further requests. Takes the place of what was said about the path before.
   */
  public BlueTrouble answer(String path, Answer first, Answer... next) {
    Deque<Answer> inOrder = new ArrayDeque<>(List.of(next));
    inOrder.addFirst(first);
    answers.put(path, inOrder);
    return this;
  }

  /** The requests for a path so far, in order. */
  public List<Request> requests(String path) {
    return List.copyOf(requests.getOrDefault(path, List.of()));
  }

  /** How often a path was asked for. */
  public int count(String path) {
    return requests(path).size();
  }

  /** Ends what hangs or waits, by closing its connection. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /** Status 200 with this text as JSON, whether it is or not. */
  public static Answer json(String text) {
    return body(200, JSON, text);
  }

  public static Answer html(int status, String text) {
    return body(status, "text/html; charset=utf-8", text);
  }

  /** A status without a body. */
  public static Answer status(int status) {
    return (exchange, closed) -> {
      exchange.sendResponseHeaders(status, NO_BODY);
      exchange.close();
    };
  }

  public static Answer body(int status, String contentType, String text) {
    return (exchange, closed) -> {
      byte[] bytes = bytes(text);
      exchange.getResponseHeaders().set("Content-Type", contentType);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? NO_BODY : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
      exchange.close();
    };
  }

  /** The connection breaks after the first bytes of a body in chunks, without its last chunk. */
  public static Answer cutOff(String json, int bytes) {
    return (exchange, closed) -> {
      sendFirst(exchange, json, bytes);
      throw new IOException("cut off on purpose");
    };
  }

  /** Silence after the first bytes of a body in chunks, the connection stays open. */
  public static Answer hangAfter(String json, int bytes) {
    return (exchange, closed) -> {
      sendFirst(exchange, json, bytes);
      closed.await();
      throw new IOException("hung on purpose");
    };
  }

  /** The connection is closed without a word. */
  public static Answer hangUp() {
    return (exchange, closed) -> {
      throw new IOException("hung up on purpose");
    };
  }

  /**
   * A {@code Content-Length} that is not the body's: with a larger one the connection breaks before
   * its end, with a smaller one the body seems to end in its midst. It says beforehand that the
   * connection is closed, or else a client that took the body for whole would use it once more.
   */
  public static Answer wrongLength(String json, int declared) {
    return (exchange, closed) -> {
      byte[] bytes = bytes(json);
      exchange.getResponseHeaders().set("Content-Type", JSON);
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(200, declared);
      exchange.getResponseBody().write(bytes, 0, Math.min(declared, bytes.length));
      exchange.getResponseBody().flush();
      throw new IOException("wrong length on purpose");
    };
  }

  /** JSON in gzip, whether the client can read that or not. */
  public static Answer gzip(String json) {
    return (exchange, closed) -> {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream packing = new GZIPOutputStream(packed)) {
        packing.write(bytes(json));
      }
      exchange.getResponseHeaders().set("Content-Type", JSON);
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(200, packed.size());
      packed.writeTo(exchange.getResponseBody());
      exchange.close();
    };
  }

  /**
   * A body of any length, made while it is sent: {@code prefix}, then {@code element} so many times
   * with commas in between, then {@code suffix}. The text <code>{n}</code> in the element becomes
   * its number, from 0.
   */
  public static Answer repeat(String prefix, String element, long times, String suffix) {
    return (exchange, closed) -> {
      List<byte[]> parts =
          List.of(element.split("\\{n}", -1)).stream().map(BlueTrouble::bytes).toList();
      exchange.getResponseHeaders().set("Content-Type", JSON);
      exchange.sendResponseHeaders(200, CHUNKED);
      OutputStream body = exchange.getResponseBody();
      body.write(bytes(prefix));
      for (long number = 0; number < times; number++) {
        if (number > 0) {
          body.write(',');
        }
        writeNumbered(body, parts, number);
      }
      body.write(bytes(suffix));
      exchange.close();
    };
  }

  public static Answer redirect(int status, String location) {
    return with("Location", location, status(status));
  }

  /** Another header on top of an answer's own. */
  public static Answer with(String header, String value, Answer answer) {
    return (exchange, closed) -> {
      exchange.getResponseHeaders().set(header, value);
      answer.send(exchange, closed);
    };
  }

  /** The answer, but nothing of it before the delay is over. */
  public static Answer delayed(Duration delay, Answer answer) {
    return (exchange, closed) -> {
      if (closed.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("closed while waiting");
      }
      answer.send(exchange, closed);
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    remember(path, exchange);
    try {
      next(path).send(exchange, closed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void remember(String path, HttpExchange exchange) {
    Headers headers = new Headers();
    headers.putAll(exchange.getRequestHeaders());
    requests
        .computeIfAbsent(path, any -> new CopyOnWriteArrayList<>())
        .add(
            new Request(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestURI().getRawQuery(),
                headers));
  }

  private Answer next(String path) {
    Deque<Answer> inOrder = answers.get(path);
    if (inOrder == null) {
      return status(404);
    }
    synchronized (inOrder) {
      return inOrder.size() > 1 ? inOrder.poll() : inOrder.peek();
    }
  }

  private static void sendFirst(HttpExchange exchange, String json, int bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", JSON);
    exchange.sendResponseHeaders(200, CHUNKED);
    exchange.getResponseBody().write(bytes(json), 0, bytes);
    exchange.getResponseBody().flush();
  }

  private static void writeNumbered(OutputStream body, List<byte[]> parts, long number)
      throws IOException {
    body.write(parts.getFirst());
    for (byte[] part : parts.subList(1, parts.size())) {
      body.write(bytes(Long.toString(number)));
      body.write(part);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
