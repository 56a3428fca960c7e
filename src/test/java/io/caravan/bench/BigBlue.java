package io.caravan.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.bench.BigRecords.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A big agency's Blue API whose answers were all computed before, so that serving them costs next
 * to nothing: pages of 1 000 records with the address of the next one under {@code next}, or one
 * body a path. No answer has an {@code ETag}.
 */
public final class BigBlue implements AutoCloseable {
  private static final int PAGE = 1_000;
  private static final byte[] ONE_BODY_BEGINS = bytes("{\"data\":[");
  private static final byte[] ONE_BODY_ENDS = bytes("],\"next\":null}");

  static {
    // Or else every short answer waits 40 ms, for the acknowledgement of its own headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final BigRecords records;
  private final boolean paged;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Source, List<Page>> pages = new EnumMap<>(Source.class);

  /**
   * @param from where the records begin in the body
   * @param to where they end
   */
  private record Page(byte[] body, int from, int to) {}

  /**
   * Serves at once, on the loopback address only.
   *
   * @param paged whether in pages; otherwise a path is one body
   */
  BigBlue(BigRecords records, boolean paged) throws IOException {
    this.records = records;
    this.paged = paged;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    for (Source source : Source.values()) {
      pages.put(source, make(source));
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * For the scripts in bench/: writes its address and where the entity file is in one line, and
   * lives until its standard input ends.
   */
  public static void main(String[] arguments) throws Exception {
    try (BigBlue blue =
        new BigBlue(new BigRecords(Long.parseLong(arguments[0])), GreenCaravan.readsPages())) {
      System.out.println(blue.url() + " " + GreenCaravan.entityFile().toUri());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<Page> make(Source source) {
    List<Page> made = new ArrayList<>();
    long all = records.records(source);
    for (long first = 0; first < all; first += PAGE) {
      long next = Math.min(first + PAGE, all);
      StringBuilder elements = new StringBuilder(400 * PAGE);
      for (long i = first; i < next; i++) {
        elements.append(i == first ? "" : ",").append(records.json(source, i));
      }
      byte[] head = bytes("{\"data\":[");
      byte[] middle = bytes(elements.toString());
      String address = "%s%s?page=%d".formatted(url(), source.path(), made.size() + 1);
      byte[] tail = bytes(next == all ? "],\"next\":null}" : "],\"next\":\"" + address + "\"}");
      byte[] body = new byte[head.length + middle.length + tail.length];
      System.arraycopy(head, 0, body, 0, head.length);
      System.arraycopy(middle, 0, body, head.length, middle.length);
      System.arraycopy(tail, 0, body, head.length + middle.length, tail.length);
      made.add(new Page(body, head.length, head.length + middle.length));
    }
    return made;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The bodies of a path, in their order. */
  Stream<byte[]> bodies(Source source) {
    return pages.get(source).stream().map(Page::body);
  }

  /** The addresses under which a path is read to its end. */
  List<String> addresses(Source source) {
    return Stream.iterate(0, page -> page + 1)
        .limit(paged ? pages.get(source).size() : 1)
        .map(page -> url() + source.path() + (page == 0 ? "" : "?page=" + page))
        .toList();
  }

  /** Writes another edition into every record, while nobody reads. */
  void edition(int number) {
    byte[] digits = bytes("%05d".formatted(number));
    for (Source source : Source.values()) {
      bodies(source).forEach(body -> mark(body, digits));
    }
  }

  private static void mark(byte[] body, byte[] digits) {
    for (int i = 0; i < body.length; i++) {
      if (body[i] == BigRecords.MARK) {
        System.arraycopy(digits, 0, body, i + 1, digits.length);
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Page> found =
          Stream.of(Source.values())
              .filter(source -> source.path().equals(exchange.getRequestURI().getPath()))
              .map(pages::get)
              .findFirst()
              .orElseThrow();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (paged) {
        String query = exchange.getRequestURI().getQuery();
        byte[] body =
            found.get(query == null ? 0 : Integer.parseInt(query.replace("page=", ""))).body();
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      } else {
        sendAll(exchange, found);
      }
    }
  }

  private static void sendAll(HttpExchange exchange, List<Page> all) throws IOException {
    long length = ONE_BODY_BEGINS.length + ONE_BODY_ENDS.length + all.size() - 1L;
    for (Page page : all) {
      length += page.to() - page.from();
    }
    exchange.sendResponseHeaders(200, length);
    OutputStream out = exchange.getResponseBody();
    out.write(ONE_BODY_BEGINS);
    for (int i = 0; i < all.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(all.get(i).body(), all.get(i).from(), all.get(i).to() - all.get(i).from());
    }
    out.write(ONE_BODY_ENDS);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
