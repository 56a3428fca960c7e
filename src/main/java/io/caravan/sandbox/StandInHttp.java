package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of a stand-in: reads requests, counts them, lets faults happen to them, sends the
 * answers. Thread-safe.
 */
final class StandInHttp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandInHttp.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long NO_BODY = -1;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Requests requests = new Requests();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final Function<Integer, JsonNode> faultBody;
  private final Map<String, Interceptor> interceptors = new ConcurrentHashMap<>();
  private volatile Duration latency = Duration.ZERO;

  /**
   * Listens on the loopback address, but answers nothing before {@link #start()}.
   *
   * @param port 0 for any that is free
   * @param name of the stand-in, for messages
   * @param faultBody the vendor's body of an error of a status
   * @throws io.caravan.failure.Failure kind CONFIGURATION when the port is taken
   */
  StandInHttp(int port, String name, Function<Integer, JsonNode> faultBody) {
    this.faultBody = faultBody;
    server = Loopback.server(port, name);
    server.setExecutor(threads);
  }

  /**
   * Answers requests below a path.
   *
   * @param route what a request asks for; throws {@link Refusal} when there is no such thing
   */
  void api(String path, Function<StandInCall, StandInOperation> route) {
    server.createContext(path, exchange -> serve(exchange, route));
  }

  /** Answers requests for tokens, which are neither counted nor made to fail. */
  void tokens(String path, Function<StandInCall, StandInAnswer> answer) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            send(exchange, attempt(() -> answer.apply(read(exchange))));
          }
        });
  }

  /** Leaves everything below a path to a handler. */
  void page(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  void start() {
    server.start();
  }

  /** Where it listens, without a slash at its end. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Requests requests() {
    return requests;
  }

  /** Lets the fault happen to the next requests of its kind. */
  synchronized void fail(int times, Fault fault) {
    faults.addAll(Collections.nCopies(times, fault));
  }

  /** Lets somebody act before each request whose path names the target. */
  void intercept(String target, Interceptor interceptor) {
    interceptors.put(target, interceptor);
  }

  /** Every request from now on takes at least so long. */
  void latency(Duration atLeast) {
    latency = atLeast;
  }

  /** Stops at once; answers under way break off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange, Function<StandInCall, StandInOperation> route)
      throws IOException {
    try (exchange) {
      StandInCall call = read(exchange);
      StandInOperation operation;
      try {
        operation = route.apply(call);
      } catch (Refusal e) {
        send(exchange, e.answer());
        return;
      }
      requests.received(operation.kind(), operation.writes());
      pause(latency);
      Fault intercepted = intercepted(call, operation);
      Fault fault = intercepted == null ? nextFault(operation.writes()) : intercepted;
      StandInAnswer answer =
          fault == null || fault.applied() ? attempt(() -> operation.run().get()) : null;
      if (fault == null) {
        send(exchange, answer);
      } else {
        pause(fault.after());
        fail(exchange, fault);
      }
    }
  }

  /** Closing an exchange that was not answered ends the connection. */
  private void fail(HttpExchange exchange, Fault fault) throws IOException {
    if (fault.status() != 0) {
      send(exchange, new StandInAnswer(fault.status(), faultBody.apply(fault.status())));
    }
  }

  /** A method may stand behind the target and a colon. */
  private Fault intercepted(StandInCall call, StandInOperation operation) {
    return call.path().stream()
        .map(segment -> interceptors.get(segment.split(":", 2)[0]))
        .filter(Objects::nonNull)
        .findFirst()
        .map(interceptor -> interceptor.before(operation.kind(), operation.writes()))
        .orElse(null);
  }

  private synchronized Fault nextFault(boolean writes) {
    for (Iterator<Fault> each = faults.iterator(); each.hasNext(); ) {
      Fault fault = each.next();
      if (fault.happensTo(writes)) {
        each.remove();
        return fault;
      }
    }
    return null;
  }

  private static StandInCall read(HttpExchange exchange) {
    try {
      return StandInCall.read(exchange);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StandInAnswer attempt(Supplier<StandInAnswer> work) {
    try {
      return work.get();
    } catch (Refusal e) {
      return e.answer();
    } catch (RuntimeException e) {
      // Or else the caller would see a connection that ends, as after a fault.
      LOG.error("A stand-in could not answer.", e);
      return new StandInAnswer(500, faultBody.apply(500));
    }
  }

  private static void pause(Duration time) {
    if (time.isPositive()) {
      try {
        Thread.sleep(time);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void send(HttpExchange exchange, StandInAnswer answer) throws IOException {
    if (answer.status() == StandInAnswer.TOO_MANY_REQUESTS) {
      requests.limited();
    }
    if (answer.body() == null && answer.text() == null) {
      exchange.sendResponseHeaders(answer.status(), NO_BODY);
      return;
    }
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type",
            answer.text() == null ? "application/json; charset=utf-8" : "text/plain");
    byte[] bytes =
        answer.text() == null
            ? JSON.writeValueAsBytes(answer.body())
            : answer.text().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
