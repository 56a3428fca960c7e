package io.caravan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.connectorsync.ConnectorTest;
import io.caravan.connectorsync.Connectors;
import io.caravan.connectorsync.CronCalls;
import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.RunStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whole syncs of connectors in the whole application, from requests to committed datasets. See
 * bench/README-connectorsync.md.
 */
public final class ConnectorSyncBench {
  private static final int ROUNDS = 5;

  /** A process of Caravan runs for months; the JIT compiler is done after the third round. */
  private static final int WARM_UP = 3;

  private static final int CONNECTORS = 100;
  private static final int PAGES = 10;
  private static final int SMALL_PAGE = 100;
  private static final int DUE = 50;
  private static final int QUEUE_ROUNDS = 501;
  private static final Duration LATENCY = Duration.ofMillis(200);

  private final WholeCaravan caravan;
  private final DataSource database;
  private final JdbcClient jdbc;

  private ConnectorSyncBench(WholeCaravan caravan, DataSource database) {
    this.caravan = caravan;
    this.database = database;
    this.jdbc = JdbcClient.create(database);
  }

  /**
   * @param arguments {@code rest [records]}, {@code due} or {@code queue [connectors]}
   */
  public static void main(String[] arguments) throws Exception {
    int size = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("jit", "off")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        WholeCaravan caravan =
            new WholeCaravan(
                "postgres://postgres@localhost:%d/postgres".formatted(server.getPort()),
                Map.of(
                    "caravan.pipelines.schemasync.cron",
                    "off",
                    "caravan.pipelines.sheetsync.cron",
                    "off",
                    "caravan.pipelines.connectorsync.cron",
                    "off",
                    "caravan.connectorsync.allow-private-addresses",
                    "true"))) {
      ConnectorSyncBench bench = new ConnectorSyncBench(caravan, server.getPostgresDatabase());
      switch (arguments[0]) {
        case "rest" -> bench.rest(size == 0 ? 1_000_000 : size);
        case "due" -> bench.due();
        case "queue" -> bench.queue(size == 0 ? 100_000 : size);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
    // Threads of the application's libraries may outlive it.
    System.exit(0);
  }

  private String add(String name, String baseUrl, int pageSize) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", "records");
    resource.put("path", "/records");
    resource.put("primaryKey", List.of("id"));
    resource.put(
        "paginator", Map.of("type", "page", "parameter", "page", "start", 0, "size", pageSize));
    Connectors connectors = caravan.bean(Connectors.class);
    return connectors
        .add(
            connectors.draft(
                Map.of(
                    "tenantId",
                    "bench",
                    "name",
                    name,
                    "type",
                    "rest",
                    "config",
                    Map.of("baseUrl", baseUrl, "resources", List.of(resource)))),
            new ConnectorTest(true, "", List.of(), null))
        .id()
        .toString();
  }

  private void sync(List<String> connectors) {
    Run run = caravan.run("connectorsync", new RunRequest(connectors, null, false, false, "bench"));
    if (run.status() != RunStatus.SUCCEEDED) {
      throw new IllegalStateException(
          run + " " + jdbc.sql("select error from caravan.run_item").query().listOfRows());
    }
  }

  private long records(String connector) {
    return jdbc.sql(
            "select sum(documents_count) from connectorsync.dataset where connector_id = cast(? as"
                + " uuid)")
        .param(connector)
        .query(Long.class)
        .single();
  }

  /** Pages of a thousand records of 300 bytes, against a binary COPY of the same rows. */
  private void rest(int records) throws Exception {
    Pages[] pages = {new Pages(records, 0), new Pages(records, 1)};
    int[] edition = {0};
    try (BenchServer source = new BenchServer(page -> pages[edition[0]].get(page), Duration.ZERO)) {
      Path rows = warmUp(source, edition);
      double[] limits = new double[ROUNDS];
      double[] batches = new double[ROUNDS];
      double[] firsts = new double[ROUNDS];
      double[] seconds = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        settle();
        limits[round] = Ratio.millis(() -> copyIn(rows));
        String connector = add("Round " + round, source.url("127.0.0.1"), DatasetBench.PAGE);
        edition[0] = 0;
        settle();
        firsts[round] = Ratio.millis(() -> sync(List.of(connector)));
        edition[0] = 1;
        settle();
        seconds[round] = Ratio.millis(() -> sync(List.of(connector)));
        edition[0] = 0;
        if (records(connector) != records) {
          throw new IllegalStateException("Wrong result: " + records(connector));
        }
        drop(connector);
        System.out.printf(
            "round %d: COPY %.0f ms, first %.0f ms, second %.0f ms%n",
            round + 1, limits[round], firsts[round], seconds[round]);
      }
      // Not between ours: the JIT compiler would optimise the parser and the driver for another
      // program, which no Caravan runs beside.
      Path lines = pages[0].lines();
      byBatch(lines);
      for (int round = 0; round < ROUNDS; round++) {
        settle();
        batches[round] = Ratio.millis(() -> byBatch(lines));
      }
      Verdict.head("ms");
      Verdict.atMost(
          "%,d records, request to dataset, against COPY".formatted(records),
          Ratio.median(limits),
          Ratio.median(firsts),
          new Ratio(limits, firsts).median(),
          2.2,
          1.4);
      Verdict.atMost(
          "the same against Spring Batch, chunks of 1 000 from a file",
          Ratio.median(batches),
          Ratio.median(firsts),
          new Ratio(batches, firsts).median(),
          1 / 2.0,
          1 / 4.0);
      Verdict.atMost(
          "second sync, 1 % changed, against the first",
          Ratio.median(firsts),
          Ratio.median(seconds),
          new Ratio(firsts, seconds).median(),
          0.6,
          0.4);
    }
  }

  /** Gives back the rows as a COPY brings them. */
  private Path warmUp(BenchServer source, int[] edition) throws Exception {
    Path rows = null;
    for (int round = 0; round < WARM_UP; round++) {
      String connector = add("Warm " + round, source.url("127.0.0.1"), DatasetBench.PAGE);
      sync(List.of(connector));
      if (rows == null) {
        rows = copyOut(connector);
      }
      edition[0] = 1;
      sync(List.of(connector));
      edition[0] = 0;
      drop(connector);
    }
    return rows;
  }

  /** An edition's pages, in a file: in memory they would keep the garbage collector at work. */
  private static final class Pages {
    private final FileChannel file =
        FileChannel.open(
            Files.createTempFile("caravan-bench-", ".json"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    private final long[] ends;

    Pages(int records, int edition) throws IOException {
      ends = new long[records / DatasetBench.PAGE];
      for (int page = 0; page < ends.length; page++) {
        file.write(ByteBuffer.wrap(DatasetBench.page(page * DatasetBench.PAGE, edition)));
        ends[page] = file.position();
      }
    }

    /** An empty list after the last. */
    byte[] get(int page) {
      if (page >= ends.length) {
        return "[]".getBytes(StandardCharsets.UTF_8);
      }
      long from = page == 0 ? 0 : ends[page - 1];
      ByteBuffer bytes = ByteBuffer.allocate((int) (ends[page] - from));
      try {
        while (bytes.hasRemaining()) {
          file.read(bytes, from + bytes.position());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.array();
    }

    /** The records as a file, one to a line. */
    Path lines() throws IOException {
      Path lines = Files.createTempFile("caravan-bench-", ".ndjson");
      JsonMapper json = new JsonMapper();
      try (Writer out = Files.newBufferedWriter(lines)) {
        for (int page = 0; page < ends.length; page++) {
          for (JsonNode record : json.readTree(get(page))) {
            out.write(record + "\n");
          }
        }
      }
      return lines;
    }
  }

  /** What PostgreSQL does by itself between two syncs is done before the next thing is timed. */
  private void settle() {
    jdbc.sql("vacuum analyze").update();
    jdbc.sql("checkpoint").update();
  }

  private void byBatch(Path lines) throws Exception {
    jdbc.sql("drop table if exists by_batch").update();
    jdbc.sql("create table by_batch (like like_copy, primary key (id))").update();
    SpringBatchLoad.run(database, lines);
  }

  private Path copyOut(String connector) throws Exception {
    String table =
        jdbc.sql(
                "select table_name from connectorsync.dataset where connector_id = cast(? as uuid)")
            .param(connector)
            .query(String.class)
            .single();
    Path file = Files.createTempFile("caravan-bench-", ".copy");
    jdbc.sql(
            "create table like_copy as select id, name, email, total, paid, placed_at, note, city,"
                + " reference from connectorsync.\"%s\" limit 0".formatted(table))
        .update();
    try (Connection connection = database.getConnection();
        OutputStream out = Files.newOutputStream(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(
              "copy (select id, name, email, total, paid, placed_at, note, city, reference from connectorsync.\"%s\") to stdout with (format binary)"
                  .formatted(table),
              out);
    }
    return file;
  }

  private void copyIn(Path rows) throws Exception {
    jdbc.sql("drop table if exists by_copy").update();
    jdbc.sql("create table by_copy (like like_copy, primary key (id))").update();
    try (Connection connection = database.getConnection();
        InputStream in = Files.newInputStream(rows)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy by_copy from stdin with (format binary)", in, 1 << 16);
    }
  }

  private void drop(String connector) {
    caravan.bean(Connectors.class).delete(UUID.fromString(connector));
  }

  /** A hundred that are due at one server, ten pages each, against one after the other. */
  private void due() throws Exception {
    try (BenchServer source = new BenchServer(ConnectorSyncBench::smallPage, LATENCY)) {
      List<String> warm = List.of(add("Warm", source.url("127.0.0.1"), SMALL_PAGE));
      sync(warm);
      drop(warm.getFirst());
      double floor = CONNECTORS * PAGES * LATENCY.toMillis();
      Verdict.head("ms");
      for (int hosts : new int[] {1, 10}) {
        List<String> connectors =
            IntStream.range(0, CONNECTORS)
                .mapToObj(i -> add("c" + i, source.url("127.0.0." + (i % hosts + 1)), SMALL_PAGE))
                .toList();
        source.forget();
        double ours = Ratio.millis(() -> sync(connectors));
        for (String connector : connectors) {
          if (records(connector) != PAGES * SMALL_PAGE - 1) {
            throw new IllegalStateException("Wrong result: " + records(connector));
          }
          drop(connector);
        }
        if (source.asked() != CONNECTORS * PAGES) {
          throw new IllegalStateException(source.asked() + " requests");
        }
        Verdict.atMost(
            "%d connectors of %d hosts, %d requests of one host at once"
                .formatted(CONNECTORS, hosts, source.mostAtOnce()),
            floor,
            ours,
            ours / floor,
            1 / 8.0,
            1 / 40.0);
      }
    }
  }

  /** The last one is short by a record, and so the last. */
  private static byte[] smallPage(int number) {
    int size = number < PAGES - 1 ? SMALL_PAGE : SMALL_PAGE - 1;
    return IntStream.range(0, size)
        .mapToObj(i -> "{\"id\":%d}".formatted(number * SMALL_PAGE + i))
        .collect(Collectors.joining(",", "[", "]"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The fifty that are due of many, against a probe of the index for their rows. */
  private void queue(int connectors) throws Exception {
    jdbc.sql(
            """
            insert into connectorsync.connector_setup (id, tenant_id, name, type, config, last_sync_at, due_at)
            select gen_random_uuid(), 't' || i % 100, 'c' || i, 'rest', '{"baseUrl": "https://api.example.com"}',
                   case when i <= 50 then now() - interval '2 hours' else now() end, now()
              from generate_series(1, ?) i
            """)
        .param(connectors)
        .update();
    jdbc.sql("vacuum analyze connectorsync.connector_setup").update();
    UUID[] ids =
        jdbc.sql("select id from connectorsync.connector_setup where due_at < now()")
            .query(UUID.class)
            .list()
            .toArray(UUID[]::new);
    CronCalls calls = caravan.bean(CronCalls.class);
    JdbcClient ours = JdbcClient.create(caravan.bean(DataSource.class));
    Ratio ratio =
        Ratio.measure(
            QUEUE_ROUNDS,
            () ->
                check(
                    ours.sql("select * from connectorsync.connector_setup where id = any(?)")
                        .param(ids)
                        .query()
                        .listOfRows()
                        .size()),
            () -> check(calls.due(DUE).connectors().size()));
    Verdict.head("ms");
    Verdict.atMost(
        "%d due of %,d".formatted(DUE, connectors),
        Ratio.median(ratio.limit()),
        Ratio.median(ratio.product()),
        ratio.median(),
        5,
        2);
  }

  private static void check(int found) {
    if (found != DUE) {
      throw new IllegalStateException(found + " are due");
    }
  }
}
