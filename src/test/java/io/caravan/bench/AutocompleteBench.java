package io.caravan.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.caravan.valuesync.AutocompleteData;
import io.caravan.valuesync.FoundValue;
import io.caravan.valuesync.SearchResult;
import io.caravan.valuesync.ValueCount;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Autocomplete over ten million stored values against fetching the same rows by primary key on a
 * prepared statement. Described in bench/README-autocomplete.md.
 */
public final class AutocompleteBench {
  private static final int ROUNDS = 5;
  private static final int QUERIES = 200;
  private static final int LIMIT = 10;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private enum Kind {
    NOTHING_TYPED,
    EXACT,
    PREFIX_1,
    PREFIX_2,
    PREFIX_3,
    PREFIX_5,
    WORD_PREFIX,
    CONTAINS,
    TYPING_ERROR,
    NO_MATCH
  }

  private record Query(Kind kind, int column, String q, int columnNo, int[] valueNos) {}

  private final AutocompleteData data;
  private final Connection probes;
  private final PreparedStatement probe;
  private final Random random = new Random(11);
  private Map<String, Integer> bigNumbers = Map.of();

  private AutocompleteBench(AutocompleteData data, Connection probes) throws SQLException {
    this.data = data;
    this.probes = probes;
    probe =
        probes.prepareStatement(
            "select value, count from valuesync.stored_value where column_no = ? and value_no = any"
                + " (?)");
  }

  public static void main(String[] args) throws Exception {
    int columns = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int big = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    File directory = new File("target/bench-autocomplete-" + columns + "-" + big);
    directory.mkdirs();
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("fsync", "off")
                .start();
        HikariDataSource pool = pool(server.getPostgresDatabase())) {
      Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
      try (AutocompleteData data = new AutocompleteData(pool, columns, big);
          Connection connection = server.getPostgresDatabase().getConnection()) {
        new AutocompleteBench(data, connection).run();
      }
    }
  }

  private static HikariDataSource pool(DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }

  private void run() throws SQLException {
    Map<String, List<Query>> byKind = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      byKind.put(kind + " small", queries(kind, false));
      byKind.put(kind + " big", queries(kind, true));
    }
    System.out.println("results checked");
    measure(byKind);
    Map<String, List<double[]>> rounds = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      measure(byKind)
          .forEach((kind, row) -> rounds.computeIfAbsent(kind, k -> new ArrayList<>()).add(row));
    }
    System.out.printf(
        "%-22s %10s %10s %7s %10s %10s %7s%n",
        "query", "p50 µs", "probe p50", "ratio", "p99 µs", "probe p99", "ratio");
    rounds.forEach(
        (kind, rows) ->
            System.out.printf(
                "%-22s %10.0f %10.0f %7.2f %10.0f %10.0f %7.2f%n",
                kind,
                median(rows, 0),
                median(rows, 1),
                median(rows, 2),
                median(rows, 3),
                median(rows, 4),
                median(rows, 5)));
  }

  private static double median(List<double[]> rows, int column) {
    return rows.stream()
        .mapToDouble(r -> r[column])
        .sorted()
        .skip(rows.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  /** Every search is followed by its probe, so that both meet the same moment of the machine. */
  private Map<String, double[]> measure(Map<String, List<Query>> byKind) throws SQLException {
    Map<String, List<long[]>> times = new LinkedHashMap<>();
    for (int i = 0; i < QUERIES; i++) {
      for (var entry : byKind.entrySet()) {
        Query query = entry.getValue().get(i);
        long start = System.nanoTime();
        SearchResult found = data.search(query.column(), query.q(), LIMIT);
        long searched = System.nanoTime();
        probe(query.columnNo(), query.valueNos());
        long probed = System.nanoTime();
        if (found.values().size() != Math.min(LIMIT, query.valueNos().length)) {
          throw new IllegalStateException("Another answer than before for " + query);
        }
        long[] pair = {searched - start, probed - searched};
        times.computeIfAbsent(entry.getKey(), k -> new ArrayList<>()).add(pair);
        times.computeIfAbsent("ALL", k -> new ArrayList<>()).add(pair);
      }
    }
    Map<String, double[]> rows = new LinkedHashMap<>();
    times.forEach((kind, pairs) -> rows.put(kind, row(pairs)));
    rows.put("ALL", rows.remove("ALL"));
    return rows;
  }

  private static double[] row(List<long[]> pairs) {
    double p50 = percentile(pairs, 0, 0.5);
    double probe50 = percentile(pairs, 1, 0.5);
    double p99 = percentile(pairs, 0, 0.99);
    double probe99 = percentile(pairs, 1, 0.99);
    return new double[] {p50, probe50, p50 / probe50, p99, probe99, p99 / probe99};
  }

  private static double percentile(List<long[]> pairs, int which, double share) {
    long[] sorted = pairs.stream().mapToLong(p -> p[which]).sorted().toArray();
    return sorted[(int) (share * (sorted.length - 1))] / 1000.0;
  }

  private int probe(int columnNo, int[] valueNos) throws SQLException {
    probe.setInt(1, columnNo);
    probe.setObject(2, valueNos);
    int rows = 0;
    try (ResultSet row = probe.executeQuery()) {
      while (row.next()) {
        rows += row.getString(1).isEmpty() && row.getLong(2) < 0 ? 0 : 1;
      }
    }
    return rows;
  }

  private List<Query> queries(Kind kind, boolean big) throws SQLException {
    List<Query> queries = new ArrayList<>();
    List<ValueCount> values = big ? data.values(0) : null;
    List<String> folded = big ? foldAll(values) : null;
    for (int i = 0; i < QUERIES; i++) {
      int column = big ? 0 : 1 + random.nextInt(data.smallColumns);
      List<ValueCount> here = big ? values : data.values(column);
      List<String> texts = big ? folded : foldAll(here);
      String value;
      do {
        value = here.get(random.nextInt(here.size())).value();
      } while (value.length() < 6);
      String q = typed(kind, value).strip();
      SearchResult found = data.search(column, q, LIMIT);
      check(kind, q, value, here, texts, found);
      queries.add(query(kind, column, q, found));
    }
    return queries;
  }

  private String typed(Kind kind, String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    int lastWord = lower.lastIndexOf(' ') + 1;
    return switch (kind) {
      case NOTHING_TYPED -> "";
      case EXACT -> value;
      case PREFIX_1 -> lower.substring(0, 1);
      case PREFIX_2 -> lower.substring(0, 2);
      case PREFIX_3 -> lower.substring(0, 3);
      case PREFIX_5 -> lower.substring(0, Math.min(5, lower.length()));
      case WORD_PREFIX ->
          lower.substring(lastWord, Math.min(lastWord + 2 + random.nextInt(4), lower.length()));
      case CONTAINS -> {
        int from = 1 + random.nextInt(Math.max(1, lower.length() - 4));
        yield lower.substring(from, Math.min(from + 2 + random.nextInt(4), lower.length())).strip();
      }
      case TYPING_ERROR -> misspelt(lower);
      case NO_MATCH ->
          lower.substring(0, Math.min(4, lower.length())) + "xqvk" + random.nextInt(10);
    };
  }

  private String misspelt(String lower) {
    StringBuilder q =
        new StringBuilder(
            lower.substring(0, Math.min(lower.length(), 5 + random.nextInt(8))).strip());
    int at = random.nextInt(q.length() - 1);
    switch (random.nextInt(3)) {
      case 0 ->
          q.deleteCharAt(q.length() > 4 ? at : q.length() - 1).append(q.length() < 4 ? "w" : "");
      case 1 -> q.setCharAt(at, 'w');
      default -> {
        char c = q.charAt(at);
        q.setCharAt(at, q.charAt(at + 1));
        q.setCharAt(at + 1, c);
      }
    }
    return q.toString();
  }

  /**
   * Compares with a plain pass over all values, written without the product's own folding and
   * indexes.
   */
  private static void check(
      Kind kind,
      String q,
      String value,
      List<ValueCount> values,
      List<String> texts,
      SearchResult found) {
    String folded = fold(q);
    List<FoundValue> better = new ArrayList<>();
    for (int rankClass = 0; rankClass < 5 && better.size() < LIMIT; rankClass++) {
      for (int i = 0; i < values.size() && better.size() < LIMIT; i++) {
        if (matchClass(texts.get(i), folded, values.get(i).value().equals(q)) == rankClass) {
          better.add(new FoundValue(values.get(i).value(), values.get(i).count()));
        }
      }
    }
    List<FoundValue> answered =
        found.values().subList(0, Math.min(better.size(), found.values().size()));
    if (!answered.equals(better)) {
      throw new IllegalStateException(
          kind + " '" + q + "' answered " + found.values() + ", wanted " + better);
    }
    if (kind == Kind.TYPING_ERROR
        && !found.truncated()
        && found.values().stream().noneMatch(v -> v.value().equals(value))) {
      throw new IllegalStateException("'" + q + "' did not find " + value);
    }
  }

  private static int matchClass(String text, String q, boolean same) {
    if (text.equals(q)) {
      return same ? 0 : 1;
    }
    int at = text.indexOf(q);
    if (at < 0) {
      return 9;
    }
    if (at == 0) {
      return 2;
    }
    return text.contains(" " + q) ? 3 : 4;
  }

  private static List<String> foldAll(List<ValueCount> values) {
    return values.stream().map(v -> fold(v.value())).toList();
  }

  private static String fold(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  private Query query(Kind kind, int column, String q, SearchResult found) throws SQLException {
    Map<String, Integer> numbers =
        column == 0 && !bigNumbers.isEmpty() ? bigNumbers : numbers(column);
    if (column == 0) {
      bigNumbers = numbers;
    }
    int[] valueNos =
        found.values().stream().mapToInt(v -> numbers.get(v.value())).sorted().toArray();
    int columnNo = numbers.get("");
    if (probe(columnNo, valueNos) != valueNos.length) {
      throw new IllegalStateException("The probe does not read the rows that the search found");
    }
    return new Query(kind, column, q, columnNo, valueNos);
  }

  /**
   * Number of each value of a column; of the empty text, which is no value here, the number of the
   * column.
   */
  private Map<String, Integer> numbers(int column) throws SQLException {
    Map<String, Integer> numbers = new HashMap<>();
    try (PreparedStatement statement =
        probes.prepareStatement(
            """
            select c.column_no, s.value, s.value_no
            from valuesync.searchable_column c
            join valuesync.stored_value s using (column_no)
            where c.data_source_id = ? and c.table_name = ?
            """)) {
      statement.setObject(1, data.source);
      statement.setString(2, "t" + column);
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        numbers.put("", row.getInt(1));
        numbers.put(row.getString(2), row.getInt(3));
      }
    }
    return numbers;
  }
}
