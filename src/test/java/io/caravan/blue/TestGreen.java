package io.caravan.blue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.CaravanTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Green's internal API as it is documented: it wants the secret, answers a second call with the
 * task that runs, and knows its tasks. How a task goes is a test's to say.
 */
public final class TestGreen {
  public static final String SECRET = CaravanTest.SYNC_SECRET;

  /** The targets of the shared context, in this order. */
  public static final TestGreen FIRST = new TestGreen();

  public static final TestGreen SECOND = new TestGreen();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORCHESTRATE = "/api/internal/orchestrate-sync-api";
  private static final String STATUS = "/api/internal/task-status/";

  /** What came in. */
  record Request(String method, String path, String secret, String body) {}

  /** Answers a call in another way than Green does. */
  @FunctionalInterface
  interface Trouble {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Deque<String> statuses = new ArrayDeque<>(List.of("succeeded"));
  private int port;
  private HttpServer server;
  private String taskId;
  private Instant startedAt;
  private boolean ended;
  private String error;
  private Trouble onStart;
  private Trouble onStatus;

  TestGreen() {
    open();
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Comes (back) into service, on the port that it had. */
  synchronized void open() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getAddress().getPort();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Goes out of service: connections are refused. */
  synchronized void close() {
    server.stop(0);
  }

  /** As new: serves, knows no task, and tasks succeed after these states. */
  synchronized TestGreen reset(String... next) {
    server.stop(0);
    open();
    requests.clear();
    taskId = null;
    error = null;
    onStart = null;
    onStatus = null;
    return goes(next);
  }

  /** Lets the targets of the shared context refuse connections for as long as something lasts. */
  public static void silent(Runnable during) {
    FIRST.close();
    SECOND.close();
    try {
      during.run();
    } finally {
      FIRST.open();
      SECOND.open();
    }
  }

  /** The task is in these states, one a look; the last one stays. */
  public synchronized TestGreen goes(String... next) {
    statuses.clear();
    statuses.addAll(List.of(next));
    return this;
  }

  synchronized TestGreen error(String text) {
    error = text;
    return this;
  }

  synchronized TestGreen onStart(Trouble trouble) {
    onStart = trouble;
    return this;
  }

  synchronized TestGreen onStatus(Trouble trouble) {
    onStatus = trouble;
    return this;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  long starts() {
    return requests.stream().filter(request -> request.path().equals(ORCHESTRATE)).count();
  }

  String taskId() {
    return taskId;
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String secret = exchange.getRequestHeaders().getFirst("Authorization");
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(new Request(exchange.getRequestMethod(), path, secret, body));
      Trouble trouble = path.equals(ORCHESTRATE) ? onStart : onStatus;
      if (trouble != null) {
        trouble.answer(exchange);
      } else if (secret == null) {
        answer(exchange, 401, "{}");
      } else if (!secret.equals("Bearer " + SECRET)) {
        answer(exchange, 403, "{}");
      } else if (path.equals(ORCHESTRATE) && exchange.getRequestMethod().equals("POST")) {
        answer(exchange, 202, start());
      } else if (taskId != null && path.equals(STATUS + taskId)) {
        answer(exchange, 200, state());
      } else {
        answer(exchange, 404, "{}");
      }
    }
  }

  private synchronized String start() {
    if (taskId == null || ended) {
      taskId = UUID.randomUUID().toString();
      startedAt = Instant.now();
      ended = false;
    }
    return JSON.createObjectNode().put("success", true).put("taskId", taskId).toString();
  }

  private synchronized String state() {
    String status = statuses.size() > 1 ? statuses.removeFirst() : statuses.getFirst();
    ended = !List.of("queued", "running").contains(status);
    ObjectNode state = JSON.createObjectNode();
    state.put("id", taskId).put("type", "orchestrate-sync-api").put("status", status);
    state.put("durationMs", 5).put("startedAt", startedAt.toString());
    state.put("finishedAt", ended ? Instant.now().toString() : null);
    state.putNull("output");
    state.put("error", error);
    return state.toString();
  }
}
