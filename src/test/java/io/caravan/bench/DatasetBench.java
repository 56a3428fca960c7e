package io.caravan.bench;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.connectorsync.dataset.DatasetLoad;
import io.caravan.connectorsync.dataset.DatasetProperties;
import io.caravan.connectorsync.dataset.DatasetVersion;
import io.caravan.connectorsync.dataset.Datasets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/**
 * Pages of JSON to a committed dataset, against PostgreSQL's binary COPY of the same rows into a
 * table of the same columns with its primary key. See bench/README-connectorsync.md.
 */
public final class DatasetBench {
  static final int PAGE = 1_000;
  private static final int ROUNDS = 5;
  private static final String[] WORDS =
      "summer winter board cover fitness beauty street studio campaign portrait".split(" ");

  private final DataSource database;
  private final Datasets datasets;
  private final Path rows = Path.of("target/bench-dataset.copy");

  private DatasetBench(DataSource database) {
    this.database = database;
    this.datasets = new Datasets(database, new DatasetProperties(DataSize.ofMegabytes(10)));
  }

  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", arguments.length > 1 ? arguments[1] : "on")
            .setServerConfig("jit", "off")
            .setServerConfig("max_wal_size", "4GB")
            .start()) {
      DataSource database = server.getPostgresDatabase();
      Flyway.configure().dataSource(database).locations("classpath:db/migration").load().migrate();
      DatasetBench bench = new DatasetBench(database);
      if (arguments.length > 2) {
        bench.memory(records);
      } else {
        bench.speed(records);
      }
    }
  }

  /**
   * The heap that is left after a collection while a load is under way, at a tenth and at all. How
   * much is on its way just then differs from look to look, so both are looked at as often.
   */
  private void memory(int records) throws Exception {
    double small = 0;
    for (int load = 0; load < 10; load++) {
      small = Math.max(small, greatest(records / 10));
    }
    double big = greatest(records);
    Verdict.head("MB");
    Verdict.atMost(
        "live heap at %,d records".formatted(records), small, big, big / small, 1.15, 1.05);
  }

  private double greatest(int records) throws Exception {
    UUID connector = UUID.randomUUID();
    AtomicLong greatest = new AtomicLong();
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    watch.scheduleAtFixedRate(
        () -> {
          System.gc();
          Runtime runtime = Runtime.getRuntime();
          greatest.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
        },
        1,
        2,
        TimeUnit.SECONDS);
    for (int edition = 0; edition < 2; edition++) {
      try (DatasetLoad load = begin(connector)) {
        for (int from = 0; from < records; from += PAGE) {
          load.records(new ByteArrayInputStream(page(from, edition)), JsonPointer.empty());
        }
        check(load.commit(true, null).version(), records, edition);
      }
    }
    watch.shutdownNow();
    datasets.delete(connector);
    return greatest.get() / 1e6;
  }

  private void speed(int records) throws Exception {
    byte[][][] pages = new byte[2][(records + PAGE - 1) / PAGE][];
    for (int edition = 0; edition < 2; edition++) {
      for (int page = 0; page < pages[edition].length; page++) {
        pages[edition][page] = page(page * PAGE, edition);
      }
    }
    double[] limits = new double[ROUNDS];
    double[] firsts = new double[ROUNDS];
    double[] seconds = new double[ROUNDS];
    UUID connector = UUID.randomUUID();
    load(connector, pages[0], records, 0);
    prepare(connector);
    datasets.delete(connector);
    StolenTime stolen = new StolenTime();
    for (int round = 0; round < ROUNDS; round++) {
      execute("drop table if exists by_copy");
      execute("checkpoint");
      limits[round] = Ratio.millis(this::copy);
      UUID fresh = UUID.randomUUID();
      execute("checkpoint");
      firsts[round] = Ratio.millis(() -> load(fresh, pages[0], records, 0));
      execute("checkpoint");
      seconds[round] = Ratio.millis(() -> load(fresh, pages[1], records, 1));
      datasets.delete(fresh);
      System.out.printf(
          "round %d: COPY %.0f ms, first load %.0f ms, second load %.0f ms; %d %% stolen%n",
          round + 1, limits[round], firsts[round], seconds[round], stolen.percent());
    }
    Ratio first = new Ratio(limits, firsts);
    Ratio second = new Ratio(firsts, seconds);
    Verdict.head("ms");
    Verdict.atMost(
        "%,d records, first load against COPY".formatted(records),
        Ratio.median(limits),
        Ratio.median(firsts),
        first.median(),
        2.2,
        1.4);
    Verdict.atMost(
        "second load, 1 % changed, against the first",
        Ratio.median(firsts), Ratio.median(seconds), second.median(), 0.6, 0.4);
    System.out.println("COPY " + Arrays.toString(limits));
  }

  private DatasetLoad begin(UUID connector) {
    return datasets.begin(connector, "Bench", "records", List.of("id"), UUID.randomUUID(), false);
  }

  private void load(UUID connector, byte[][] pages, int records, int edition) throws Exception {
    try (DatasetLoad load = begin(connector)) {
      for (byte[] page : pages) {
        load.records(new ByteArrayInputStream(page), JsonPointer.empty());
      }
      check(load.commit(true, null).version(), records, edition);
    }
  }

  private static void check(DatasetVersion did, int records, int edition) {
    long changed = (records + 99) / 100;
    boolean right =
        edition == 0
            ? did.added() == records && did.setAside() == 0
            : did.updated() == changed
                && did.unchanged() == records - changed
                && did.added() + did.removed() == 0;
    if (!right) {
      throw new IllegalStateException("Wrong result: " + did);
    }
  }

  /** Writes the rows of the dataset to a file, as COPY wants them. */
  private void prepare(UUID connector) throws Exception {
    String table = datasets.get(connector, "records").tableName();
    execute(
        "create view to_copy as select id, name, email, total, paid, placed_at, note, city, reference from connectorsync.\"%s\""
            .formatted(table));
    execute("create table like_copy as select * from to_copy limit 0");
    try (Connection connection = database.getConnection();
        OutputStream out = Files.newOutputStream(rows)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (select * from to_copy) to stdout with (format binary)", out);
    }
    execute("drop view to_copy");
  }

  private void copy() throws Exception {
    try (Connection connection = database.getConnection();
        InputStream in = Files.newInputStream(rows)) {
      connection
          .createStatement()
          .execute("create table by_copy (like like_copy, primary key (id))");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy by_copy from stdin with (format binary)", in, 1 << 16);
    }
  }

  private void execute(String sql) {
    JdbcClient.create(database).sql(sql).update();
  }

  /** In the second edition every hundredth record differs. */
  static byte[] page(int from, int edition) {
    StringBuilder json = new StringBuilder(PAGE * 320).append('[');
    for (int i = from; i < from + PAGE; i++) {
      long mixed = (i + 1) * 0x9E3779B97F4A7C15L;
      json.append(i == from ? "" : ",")
          .append(
              "{\"id\":\"ord_%012d\",\"name\":\"Åsa Nr %d\",\"email\":\"person.%d@example.org\""
                  .formatted(i, i, i))
          .append(",\"total\":%d.%02d,\"paid\":%b".formatted(i % 900, i % 90 + 1, i % 3 == 0))
          .append(",\"placed_at\":\"2026-01-%02dT08:%02d:00Z\"".formatted(1 + i % 28, i % 60))
          .append(
              ",\"note\":\"%s".formatted(edition == 1 && i % 100 == 0 ? "changed" : "as it was"));
      for (int word = 0; word < 8; word++) {
        json.append(' ').append(WORDS[(int) (mixed >>> 7 * word & 63) % WORDS.length]);
      }
      json.append("\",\"city\":\"Malmö\",\"reference\":\"%016x%016x\"}".formatted(mixed, ~mixed));
    }
    return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }
}
