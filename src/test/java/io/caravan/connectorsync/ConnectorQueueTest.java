package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.Api;
import io.caravan.CaravanTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Many connectors at once: whose turn it is, and how many are at work (CN-14, section 4 item 5).
 */
@CaravanTest
class ConnectorQueueTest {
  private static final int HOSTS = 50;
  private static final int CONNECTORS = 500;
  private static final Duration LONG_ENOUGH = Duration.ofMillis(20);

  private final Crowd crowd = new Crowd();

  @Autowired private DueQueue queue;
  private TestConnectors connectors;
  private Api cron;

  @BeforeEach
  void nobodyElse(@LocalServerPort int port) {
    connectors = new TestConnectors(port);
    connectors.close();
    cron = new Api(port, CaravanTest.CRON_SECRET);
  }

  @AfterEach
  void close() {
    connectors.close();
    crowd.close();
  }

  /** A server on many addresses of the loopback network, each for Caravan a host of its own. */
  private static final class Crowd implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    final AtomicInteger mostOfAHost = new AtomicInteger();
    final AtomicInteger mostOfAll = new AtomicInteger();

    Crowd() {
      try {
        server = HttpServer.create(new InetSocketAddress(0), 0);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      server.createContext("/", this::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
    }

    String config(int connector) {
      return """
      {"baseUrl": "http://127.0.1.%d:%d", "resources": [{"name": "things", "path": "/%d", "primaryKey": ["id"]}]}
      """
          .formatted(connector % HOSTS + 1, server.getAddress().getPort(), connector);
    }

    private void answer(HttpExchange exchange) throws IOException {
      String host = exchange.getRequestHeaders().getFirst("Host");
      AtomicInteger ofHost = busy.computeIfAbsent(host, any -> new AtomicInteger());
      int here = ofHost.incrementAndGet();
      int everywhere = all.incrementAndGet();
      mostOfAHost.accumulateAndGet(here, Math::max);
      mostOfAll.accumulateAndGet(everywhere, Math::max);
      // So that there are several at once, if that is allowed.
      LockSupport.parkNanos(LONG_ENOUGH.toNanos());
      asked.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
      byte[] body = "[{\"id\": 1}]".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      // Before the last byte: after it the next request may be here already.
      ofHost.decrementAndGet();
      all.decrementAndGet();
      exchange.getResponseBody().write(body);
      exchange.close();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  /** As the API would add it, and due for {@code late} intervals of an hour. */
  private void add(String tenant, String name, String config, double late) {
    connectors
        .jdbc
        .sql(
            """
            insert into connectorsync.connector_setup (id, tenant_id, name, type, config, created_at, due_at)
            values (gen_random_uuid(), ?, ?, 'rest', cast(? as json), now() - make_interval(secs => ?), now())
            """)
        .params(tenant, name, config, late * 3600)
        .update();
  }

  @Test
  void fiveHundredThatAreDueAreSyncedOnceEachTheLatestFirst() {
    IntStream.range(0, CONNECTORS)
        .forEach(i -> add("crowd", "c%03d".formatted(i), crowd.config(i), CONNECTORS - i));

    JsonNode answer = cron.post("/api/connectors/sync", "{\"limit\": 500}").body();

    assertThat(answer.get("successful").asInt()).as("%s", answer).isEqualTo(CONNECTORS);
    assertThat(answer.get("failed").asInt()).isZero();
    assertThat(crowd.asked).hasSize(CONNECTORS);
    assertThat(crowd.asked.values()).containsOnly(1);
    assertThat(crowd.mostOfAHost.get()).isLessThanOrEqualTo(2);
    assertThat(crowd.mostOfAll.get()).isBetween(2, 16);
    List<Map<String, Object>> items =
        connectors
            .jdbc
            .sql(
                "select title, position, started_at from caravan.run_item where run_id = cast(? as"
                    + " uuid)")
            .param(answer.get("runId").asText())
            .query()
            .listOfRows();
    assertThat(items).hasSize(CONNECTORS);
    items.sort(Comparator.comparing(row -> (Integer) row.get("position")));
    assertThat(items).extracting(row -> (String) row.get("title")).isSorted();
    assertThat(cron.get("/api/connectors/sync?limit=500").body().get("connectors")).isEmpty();
  }

  /** D7: lateness counts in intervals, and no limit cuts before the order is known. */
  @Test
  void whoIsLateByMoreIntervalsComesFirst() {
    add("a", "an hour late of an hour", crowd.config(0), 1);
    add("a", "two hours late of a day", crowd.config(1), 2);
    connectors
        .jdbc
        .sql(
            "update connectorsync.connector_setup set sync_interval = 86400 where name = 'two hours"
                + " late of a day'")
        .update();

    assertThat(queue.due(null))
        .extracting(Connector::name)
        .containsExactly("an hour late of an hour", "two hours late of a day");
    assertThat(queue.due(1)).extracting(Connector::name).containsExactly("an hour late of an hour");
  }

  /** One with many connectors does not keep the others waiting. */
  @Test
  void whereALimitLeavesSomeOutEveryTenantHasItsShare() {
    for (int i = 0; i < 30; i++) {
      add("many", "many-" + i, crowd.config(i), 10);
    }
    add("few", "few", crowd.config(31), 1);

    assertThat(queue.due(4)).extracting(Connector::tenantId).containsOnly("many", "few").hasSize(4);
    assertThat(queue.due(null)).hasSize(31).last().extracting(Connector::name).isEqualTo("few");
  }

  /** Those added together for one server are mixed with the others, always in the same way. */
  @Test
  void whoIsEquallyLateIsMixed() {
    UUID first = new UUID(0, 1);
    for (int i = 1; i <= 20; i++) {
      connectors
          .jdbc
          .sql(
              """
              insert into connectorsync.connector_setup (id, tenant_id, name, type, config, created_at, due_at)
              values (?, 'a', ?, 'rest', '{}', '2026-01-01Z', now())
              """)
          .params(new UUID(first.getMostSignificantBits(), i), "c%02d".formatted(i))
          .update();
    }
    List<String> order = queue.due(null).stream().map(Connector::name).toList();

    assertThat(order).isNotEqualTo(order.stream().sorted().toList());
    assertThat(queue.due(null).stream().map(Connector::name).toList()).isEqualTo(order);
    Set<String> all = new HashSet<>(order);
    assertThat(all).hasSize(20);
  }

  @Test
  void whatIsBeingSyncedOutsideItsHoursOrSwitchedOffIsNotDue() {
    add("a", "now", crowd.config(0), 1);
    add("a", "outside", crowd.config(1), 1);
    add("a", "off", crowd.config(2), 1);
    connectors
        .jdbc
        .sql(
            """
            update connectorsync.connector_setup
               set allowed_from = (now() at time zone 'UTC')::time + interval '2 hours',
                   allowed_until = (now() at time zone 'UTC')::time + interval '3 hours'
             where name = 'outside'
            """)
        .update();
    connectors
        .jdbc
        .sql("update connectorsync.connector_setup set auto_sync = false where name = 'off'")
        .update();

    assertThat(queue.due(null)).extracting(Connector::name).containsExactly("now");
  }
}
