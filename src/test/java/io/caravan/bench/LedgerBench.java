package io.caravan.bench;

import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.RunStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;

/**
 * Items a second through the ledger and the real splitter, against the same rows by hand and
 * against pg-boss. See bench/README.md.
 */
public final class LedgerBench {
  private static final int ROUNDS = 5;

  private final WholeCaravan caravan;
  private final Connection connection;
  private final PgBoss boss;

  private LedgerBench(WholeCaravan caravan, Connection connection, PgBoss boss) {
    this.caravan = caravan;
    this.connection = connection;
    this.boss = boss;
  }

  public static void main(String[] arguments) throws Exception {
    int items = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    String fsync = arguments.length > 1 ? arguments[1] : "on";
    String parallel = arguments.length > 2 ? arguments[2] : "100";
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", fsync)
            .setServerConfig("jit", "off")
            .setServerConfig("shared_buffers", "512MB")
            .setServerConfig("max_wal_size", "4GB")
            .start()) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database ledger");
        statement.execute("create database boss");
      }
      String ledger = server.getJdbcUrl("postgres", "ledger");
      PgBoss boss =
          new PgBoss(
              Path.of("target/pg-boss"),
              "postgres://postgres@localhost:%d/boss".formatted(server.getPort()));
      try (WholeCaravan caravan =
              new WholeCaravan(
                  ledger,
                  Map.of(
                      "caravan.pipelines.emptysync.title",
                      "Nothing",
                      "caravan.pipelines.emptysync.parallel-items",
                      parallel));
          Connection connection = server.getDatabase("postgres", "ledger").getConnection()) {
        System.out.printf("fsync %s, %s items at a time%n", fsync, parallel);
        new LedgerBench(caravan, connection, boss).report(items);
      }
      // Threads of the application's libraries may outlive it.
    }
    System.exit(0);
  }

  private void report(int items) throws Exception {
    for (int i = 0; i < 3; i++) {
      System.out.printf("warming up: %.0f items/s%n", ours(items));
    }
    long before = commits();
    ours(items);
    double entries = 2.0 * items / (commits() - before);
    int batch = Math.max(1, (int) Math.round(entries / 2));
    System.out.printf(
        "a commit holds %.1f claims and ends: raw JDBC claims and completes by %d%n",
        entries, batch);
    RawLedger raw = new RawLedger(connection, batch);
    raw(raw, items);

    double[] ours = new double[ROUNDS];
    double[] raws = new double[ROUNDS];
    double[] bosses = new double[ROUNDS];
    StolenTime stolen = new StolenTime();
    for (int round = 0; round < ROUNDS; round++) {
      raws[round] = raw(raw, items);
      ours[round] = ours(items);
      bosses[round] = perSecond(items, boss.fetchAndComplete(items));
      System.out.printf(
          "round %d: raw %.0f, ours %.0f, pg-boss %.0f items/s; %d %% stolen%n",
          round + 1, raws[round], ours[round], bosses[round], stolen.percent());
    }
    Verdict.head("items/s");
    line("through the ledger, against raw JDBC", raws, ours, 0.3, 0.6);
    line("through the ledger, against pg-boss by 100", bosses, ours, 1.5, 4);
    growth(items);
  }

  private void line(String what, double[] limit, double[] ours, double must, double aim) {
    Verdict.atLeast(
        what, Ratio.median(limit), Ratio.median(ours), new Ratio(limit, ours).median(), must, aim);
  }

  private void growth(int items) throws Exception {
    double[] sizes = {items, 3.0 * items, 10.0 * items};
    double[] times = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      double[] rounds = new double[3];
      for (int round = 0; round < rounds.length; round++) {
        rounds[round] = sizes[i] / ours((int) sizes[i]) * 1000;
      }
      times[i] = Ratio.median(rounds);
      System.out.printf(
          "%.0f items: %.0f ms, %.0f items/s%n", sizes[i], times[i], sizes[i] / times[i] * 1000);
    }
    System.out.printf(
        "slope of log time over log items: %.2f %s%n",
        Ratio.slope(sizes, times), Arrays.toString(times));
  }

  /**
   * @return items a second from opening the run to its close
   */
  private double ours(int items) throws Exception {
    empty();
    WholeCaravan.EMPTY_ITEMS.size(items);
    long start = System.nanoTime();
    Run run = caravan.run("emptysync", RunRequest.everything());
    double millis = (System.nanoTime() - start) / 1e6;
    if (run.status() != RunStatus.SUCCEEDED || run.counts().succeeded() != items) {
      throw new IllegalStateException("Wrong result: " + run);
    }
    return perSecond(items, millis);
  }

  private double raw(RawLedger raw, int items) throws Exception {
    empty();
    var ids = raw.fill(items);
    double millis = Ratio.millis(() -> raw.claimAndComplete(ids));
    return perSecond(items, millis);
  }

  private static double perSecond(int items, double millis) {
    return items / millis * 1000;
  }

  private void empty() throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate caravan.run cascade");
      statement.execute("checkpoint");
    }
  }

  private long commits() throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select xact_commit from pg_stat_database where datname = current_database()")) {
      row.next();
      return row.getLong(1);
    }
  }
}
