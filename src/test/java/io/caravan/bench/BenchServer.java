package io.caravan.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Answers pages by number, each after a while, and counts how many are asked for at once. */
final class BenchServer implements AutoCloseable {
  private final HttpServer server;
  private final IntFunction<byte[]> pages;
  private final Duration latency;
  private final Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  BenchServer(IntFunction<byte[]> pages, Duration latency) throws IOException {
    this.pages = pages;
    this.latency = latency;
    server = HttpServer.create(new InetSocketAddress(0), 0);
    server.createContext("/records", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Every address of the loopback network leads here. */
  String url(String host) {
    return "http://%s:%d".formatted(host, server.getAddress().getPort());
  }

  void forget() {
    asked.set(0);
    mostAtOnce.set(0);
  }

  int asked() {
    return asked.get();
  }

  /** Of one host. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    AtomicInteger ofHost =
        busy.computeIfAbsent(
            exchange.getRequestHeaders().getFirst("Host"), host -> new AtomicInteger());
    mostAtOnce.accumulateAndGet(ofHost.incrementAndGet(), Math::max);
    asked.incrementAndGet();
    try (exchange) {
      LockSupport.parkNanos(latency.toNanos());
      String query = exchange.getRequestURI().getQuery();
      byte[] page = pages.apply(Integer.parseInt(query.replaceFirst(".*page=(\\d+).*", "$1")));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, page.length);
      ofHost.decrementAndGet();
      exchange.getResponseBody().write(page);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
