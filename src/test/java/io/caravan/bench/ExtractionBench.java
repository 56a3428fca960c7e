package io.caravan.bench;

import io.caravan.failure.StopSignal;
import io.caravan.source.SourceSession;
import io.caravan.source.SourceType;
import io.caravan.valuesync.ColumnExtractor;
import io.caravan.valuesync.ColumnRef;
import io.caravan.valuesync.Extraction;
import io.caravan.valuesync.ExtractionLimits;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Predicate;

/**
 * How long the values of one column take, against what a person would have typed. See
 * bench/README.md.
 */
public final class ExtractionBench {
  private static final int ROUNDS = 5;

  private final Connection limit;
  private final Connection product;

  private ExtractionBench(Connection limit, Connection product) {
    this.limit = limit;
    this.product = product;
  }

  /** One line of the table; must and aim are product over limit. */
  private record Case(
      String title,
      String table,
      String column,
      String limitSql,
      Predicate<Extraction> right,
      double must,
      double aim) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "20 values, no index", "heap", "c20", "select count(c20) from %s", all(20), 3.0, 2.1),
          new Case(
              "5 000 values, no index",
              "heap",
              "c5k",
              distinct("c5k"),
              manyOf("city "),
              1 / 20.0,
              1 / 200.0),
          new Case(
              "4 million values, no index",
              "heap",
              "c4m",
              distinct("c4m"),
              manyOf("user"),
              1 / 20.0,
              1 / 200.0),
          new Case(
              "skewed values, no index",
              "heap",
              "zipf",
              distinct("zipf"),
              skewed(),
              1 / 20.0,
              1 / 200.0),
          new Case(
              "20 values, index",
              "indexed",
              "c20",
              "select distinct c20 from %s",
              all(20),
              1 / 50.0,
              1 / 200.0),
          new Case("sorted by the column", "sorted", "c20", aggregate("c20"), all(20), 2.5, 2.0),
          new Case(
              "99.9 % null", "heap", "mostly_null", aggregate("mostly_null"), all(15), 2.5, 2.0));

  private static String distinct(String column) {
    return "select distinct " + column + " from %s limit 1001";
  }

  private static String aggregate(String column) {
    return "select " + column + ", count(*) from %s group by 1";
  }

  private static Predicate<Extraction> all(int values) {
    return found ->
        found.complete() && found.values().size() == values && found.totalDistinct() == values;
  }

  private static Predicate<Extraction> manyOf(String prefix) {
    return found ->
        !found.complete()
            && found.values().size() == 1000
            && found.totalDistinct() > 1000
            && found.values().stream().allMatch(v -> v.value().startsWith(prefix));
  }

  /**
   * The most frequent hundred must be there: of a log-uniform column these are the terms 1 to 100.
   */
  private static Predicate<Extraction> skewed() {
    return manyOf("term ")
        .and(
            found ->
                found.values().stream()
                        .filter(v -> Integer.parseInt(v.value().substring(5)) <= 50)
                        .count()
                    == 50);
  }

  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    if (arguments.length > 1) {
      run(arguments[1], rows);
      return;
    }
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("shared_buffers", "2GB")
            .setServerConfig("max_wal_size", "8GB")
            .setServerConfig("fsync", "off")
            .start()) {
      run(server.getJdbcUrl("postgres", "postgres"), rows);
    }
  }

  private static void run(String url, long rows) throws Exception {
    try (Connection limit = DriverManager.getConnection(url);
        Connection product = DriverManager.getConnection(url)) {
      long[] sizes = {rows / 10, rows * 3 / 10, rows};
      for (long size : sizes) {
        if (!exists(limit, "heap_" + size)) {
          ExtractionTables.create(limit, size);
        }
      }
      product.setReadOnly(true);
      product.setAutoCommit(false);
      new ExtractionBench(limit, product).report(sizes);
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (ResultSet found = connection.getMetaData().getTables(null, "public", table, null)) {
      return found.next();
    }
  }

  private void report(long[] sizes) throws Exception {
    System.out.printf(
        "%-28s %10s %10s %8s %7s %7s %6s %6s %6s  %s%n",
        "column", "limit ms", "ours ms", "ratio", "must", "aim", "", "temp", "slope", "way");
    for (Case measured : CASES) {
      double[] times = new double[sizes.length];
      for (int i = 0; i < sizes.length - 1; i++) {
        times[i] = growth(measured, sizes[i]);
      }
      report(measured, sizes, times);
    }
  }

  private double growth(Case measured, long size) throws Exception {
    double[] times = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      times[i] = Ratio.millis(() -> extract(measured, size));
    }
    return Ratio.median(times);
  }

  private void report(Case measured, long[] sizes, double[] times) throws Exception {
    long size = sizes[sizes.length - 1];
    Extraction warm = extract(measured, size);
    long temporary = temporaryBytes();
    extract(measured, size);
    long written = temporaryBytes() - temporary;
    Ratio ratio =
        Ratio.measure(
            ROUNDS,
            () -> query(measured.limitSql().formatted(measured.table() + "_" + size)),
            () -> extract(measured, size));
    times[sizes.length - 1] = Ratio.median(ratio.product());
    double[] grown = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      grown[i] = sizes[i];
    }
    double median = ratio.median();
    System.out.printf(
        "%-28s %10.1f %10.1f %8s %7s %7s %6s %6d %6.2f  %s%n",
        measured.title(),
        Ratio.median(ratio.limit()),
        Ratio.median(ratio.product()),
        shown(median),
        shown(measured.must()),
        shown(measured.aim()),
        median <= measured.aim() ? "aim" : median <= measured.must() ? "must" : "MISSED",
        written,
        Ratio.slope(grown, times),
        warm.way());
  }

  private static String shown(double ratio) {
    return ratio >= 0.5 ? "%.2f".formatted(ratio) : "1/%.0f".formatted(1 / ratio);
  }

  private void query(String sql) throws SQLException {
    try (Statement statement = limit.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }

  private Extraction extract(Case measured, long size) throws SQLException {
    Extraction found =
        new ColumnExtractor()
            .extract(
                new SourceSession(SourceType.POSTGRESQL, product),
                new ColumnRef(
                    null, "public", measured.table() + "_" + size, measured.column(), null),
                ExtractionLimits.DEFAULT,
                new StopSignal());
    product.rollback();
    if (!measured.right().test(found)) {
      throw new IllegalStateException(
          "Wrong result for %s of %d rows: %d values, complete %s, %s"
              .formatted(
                  measured.title(), size, found.values().size(), found.complete(), found.way()));
    }
    return found;
  }

  private long temporaryBytes() throws SQLException {
    try (Statement statement = product.createStatement()) {
      statement.execute("select pg_stat_force_next_flush()");
      product.commit();
      try (ResultSet row =
          statement.executeQuery(
              "select temp_bytes from pg_stat_database where datname = current_database()")) {
        row.next();
        long bytes = row.getLong(1);
        product.rollback();
        return bytes;
      }
    }
  }
}
