package io.caravan.bench;

import io.caravan.run.Run;
import io.caravan.run.RunStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whole runs of valuesync: a long column, a source far away, a column that hangs. See
 * bench/README.md.
 */
public final class RunsBench {
  private static final int ROUNDS = 5;
  private static final Duration ONE_WAY = Duration.ofMillis(25);
  private static final List<String> SMALL = tables("small_", 10);
  private static final List<String> GOOD = tables("good_", 9);

  private final EmbeddedPostgres server;
  private final Connection source;

  private RunsBench(EmbeddedPostgres server, Connection source) {
    this.server = server;
    this.source = source;
  }

  private static List<String> tables(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
  }

  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    long goodRows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 2_000_000;
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("shared_buffers", "2GB")
            .setServerConfig("max_wal_size", "8GB")
            .setServerConfig("fsync", "off")
            .start()) {
      for (String name : List.of("source", "parallel", "serial", "hanging")) {
        execute(server.getPostgresDatabase().getConnection(), "create database " + name);
      }
      try (Connection source = server.getDatabase("postgres", "source").getConnection()) {
        RunsBench bench = new RunsBench(server, source);
        bench.createTables(rows, goodRows);
        Verdict.head("ms");
        if (rows > 0) {
          bench.longColumn(rows);
        }
        bench.farAway();
        bench.hanging();
      }
    }
    // Threads of the application's libraries may outlive it.
    System.exit(0);
  }

  private void createTables(long rows, long goodRows) throws SQLException {
    if (rows > 0) {
      ExtractionTables.createHeap(source, rows);
    }
    for (String table : Stream.concat(SMALL.stream(), GOOD.stream()).toList()) {
      execute(
          source,
          """
          create table %s as
          select 'status ' || lpad((i %% 20)::text, 2, '0') as c20, repeat('x', 40) as rest
            from generate_series(1, %d) i\
          """
              .formatted(table, GOOD.contains(table) ? goodRows : 10_000));
      execute(source, "vacuum analyze " + table);
    }
    execute(
        source,
        "create view hangs as select pg_sleep(600)::text as c20 from generate_series(1, 1000)");
  }

  private void longColumn(long rows) throws Exception {
    String table = "heap_" + rows;
    try (WholeCaravan caravan = parallel()) {
      Customer customer =
          new Customer(caravan, sourceUrl(server.getPort())).searchable(table, "c20");
      Ratio.Timed ours =
          () -> customer.check(customer.read(List.of(table)), RunStatus.SUCCEEDED, 1, table, 20);
      ours.run();
      Ratio ratio = Ratio.measure(ROUNDS, () -> count(table), ours);
      report("one column of %,d rows, against select count(col)".formatted(rows), ratio, 3.0, 2.1);
    }
  }

  private void farAway() throws Exception {
    try (DelayProxy proxy = new DelayProxy(server.getPort(), ONE_WAY);
        WholeCaravan parallel = parallel();
        WholeCaravan serial =
            caravan(
                "serial",
                Map.of(
                    "caravan.pipelines.valuesync.parallel-items", "1",
                    "caravan.pipelines.valuesync.items-per-lane", "1",
                    "caravan.source.connections-per-source", "1"))) {
      Ratio.Timed ours = tenColumns(parallel, proxy);
      Ratio.Timed limit = tenColumns(serial, proxy);
      // Both sides compiled, as in a Caravan that has been up for a while.
      for (int warmUp = 0; warmUp < 5; warmUp++) {
        limit.run();
        ours.run();
      }
      Ratio ratio = Ratio.measure(ROUNDS, limit, ours);
      report("10 columns 50 ms away, against one at a time", ratio, 1 / 6.0, 1 / 9.0);
    }
  }

  private Ratio.Timed tenColumns(WholeCaravan caravan, DelayProxy proxy) {
    Customer customer = new Customer(caravan, sourceUrl(proxy.port()));
    SMALL.forEach(table -> customer.searchable(table, "c20"));
    return () -> customer.check(customer.read(SMALL), RunStatus.SUCCEEDED, 10, SMALL.getLast(), 20);
  }

  private void hanging() throws Exception {
    try (WholeCaravan caravan =
            caravan("hanging", Map.of("caravan.pipelines.valuesync.item-timeout", "2s"));
        HangWatch watch = new HangWatch(server)) {
      Customer customer = new Customer(caravan, sourceUrl(server.getPort()));
      GOOD.forEach(table -> customer.searchable(table, "c20"));
      customer.searchable("hangs", "c20");
      List<String> all = Stream.concat(Stream.of("hangs"), GOOD.stream()).toList();
      Ratio.Timed alone =
          () -> customer.check(customer.read(GOOD), RunStatus.SUCCEEDED, 9, GOOD.getLast(), 20);
      alone.run();
      Ratio ratio =
          Ratio.measure(
              ROUNDS,
              alone,
              () -> {
                Run run = customer.read(all);
                customer.check(run, RunStatus.PARTIAL, 9, GOOD.getLast(), 20);
                watch.note(run);
              });
      report("one that hangs beside nine, against the nine alone", ratio, 1.3, 1.1);
      System.out.printf(
          "the hanging statement was gone from pg_stat_activity %s ms after its limit; must 500%n",
          watch.gone());
    }
  }

  private WholeCaravan parallel() {
    return caravan(
        "parallel",
        Map.of(
            "caravan.pipelines.valuesync.parallel-items", "10",
            "caravan.pipelines.valuesync.items-per-lane", "10",
            "caravan.source.connections-per-source", "10"));
  }

  private WholeCaravan caravan(String database, Map<String, String> settings) {
    return new WholeCaravan(
        "postgres://postgres@localhost:%d/%s".formatted(server.getPort(), database), settings);
  }

  private static String sourceUrl(int port) {
    return "jdbc:postgresql://localhost:%d/source".formatted(port);
  }

  private void count(String table) throws SQLException {
    try (Statement statement = source.createStatement();
        ResultSet row = statement.executeQuery("select count(c20) from " + table)) {
      row.next();
    }
  }

  private static void report(String what, Ratio ratio, double must, double aim) {
    Verdict.atMost(
        what,
        Ratio.median(ratio.limit()),
        Ratio.median(ratio.product()),
        ratio.median(),
        must,
        aim);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
