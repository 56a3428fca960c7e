package io.caravan.valuesync;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Ten million stored values for the autocomplete benchmark: believable names, the same ones in
 * every run.
 */
public final class AutocompleteData implements AutoCloseable {
  private static final String[] SYLLABLES = {
    "ber", "lin", "ham", "burg", "mün", "chen", "düs", "sel", "dorf", "new", "port", "land", "stad",
    "vil", "le", "san", "ta", "ro", "sa", "mar", "ti", "ne", "za", "kra", "kow", "lo", "dz", "ost",
    "wes", "ter", "an", "ger", "mon", "te", "vi", "de", "o", "bra", "ga", "lis", "bon", "fa", "ri",
    "qu", "ex", "chi", "ca", "go", "tor", "on", "wal", "den"
  };

  private final Caravans caravan;
  public final UUID source;
  public final int smallColumns;
  public final int bigValues;

  public AutocompleteData(DataSource database, int smallColumns, int bigValues)
      throws SQLException, IOException {
    caravan = new Caravans(database);
    this.smallColumns = smallColumns;
    this.bigValues = bigValues;
    var existing =
        caravan
            .jdbc
            .sql("select id from caravan.data_sources where name = 'complete'")
            .query(UUID.class)
            .optional();
    source = existing.isPresent() ? existing.get() : caravan.dataSource();
    if (existing.isEmpty()) {
      build(database);
    }
  }

  /** Values of a column, the most frequent first. Column 0 is the big one. */
  public List<ValueCount> values(int column) {
    int n = column == 0 ? bigValues : 1000;
    Random random = new Random(column);
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < n) {
      names.add(name(random));
    }
    List<ValueCount> values = new ArrayList<>(n);
    int rank = 1;
    for (String name : names) {
      values.add(new ValueCount(name, 1 + 10_000_000 / rank++));
    }
    return RankedValues.of(values);
  }

  public SearchResult search(int column, String q, int limit) {
    return caravan.search.search(source, "public", "t" + column, "name", q, limit);
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int words = 1 + random.nextInt(3); words > 0; words--) {
      int start = name.length();
      for (int syllables = 2 + random.nextInt(3); syllables > 0; syllables--) {
        // Squared, so that some syllables are far more frequent than others.
        double skew = random.nextDouble();
        name.append(SYLLABLES[(int) (skew * skew * SYLLABLES.length)]);
      }
      name.setCharAt(start, Character.toUpperCase(name.charAt(start)));
      name.append(words > 1 ? " " : "");
    }
    return name.toString();
  }

  private void build(DataSource database) throws SQLException, IOException {
    caravan.columns.replace(
        source,
        IntStream.rangeClosed(0, Math.min(smallColumns, 19_999))
            .mapToObj(
                i -> new SearchableColumn("shop", "public", "t" + i, "name", "text", 1_000_000))
            .toList());
    var big = caravan.columns.forSync(source, "public", "t0", "name").getFirst();
    List<ValueCount> bigList = values(0);
    long start = System.nanoTime();
    caravan.stored.replace(big.id(), bigList, Caravans.complete(bigList));
    System.out.printf(
        "stored the column of %d values in %.1f s%n", bigValues, (System.nanoTime() - start) / 1e9);
    start = System.nanoTime();
    try (Connection connection = database.getConnection()) {
      for (int first = 1; first <= smallColumns; first += 100) {
        copyColumns(connection, first, Math.min(first + 99, smallColumns));
      }
    }
    caravan.jdbc.sql("vacuum (analyze) valuesync.stored_value").update();
    caravan.jdbc.sql("vacuum (analyze)").update();
    caravan
        .jdbc
        .sql("update caravan.data_sources set name = 'complete' where id = ?")
        .param(source)
        .update();
    System.out.printf(
        "copied %d columns of 1000 values in %.1f s%n",
        smallColumns, (System.nanoTime() - start) / 1e9);
  }

  /** What StoredValues would have written, for a hundred columns at a time. */
  private void copyColumns(Connection connection, int first, int last)
      throws SQLException, IOException {
    List<String> lines = new ArrayList<>();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      // Ten million rows of known columns need no check that their column exists.
      statement.execute("set local session_replication_role = replica");
    }
    try (PreparedStatement column =
            connection.prepareStatement(
                """
                update valuesync.searchable_column
                set list_version = nextval('valuesync.list_version'), stored_values_status = 'success', complete = true,
                    stored_values_count = 1000, total_distinct = 1000, last_synced_at = now()
                where data_source_id = ? and table_name = ?
                returning column_no
                """);
        PreparedStatement list =
            connection.prepareStatement(
                "insert into valuesync.value_list (column_no, packed) values (?, ?)")) {
      for (int i = first; i <= last; i++) {
        column.setObject(1, source);
        column.setString(2, "t" + i);
        var row = column.executeQuery();
        row.next();
        int columnNo = row.getInt(1);
        List<ValueCount> values = values(i);
        for (int no = 0; no < values.size(); no++) {
          lines.add(
              columnNo
                  + "\t"
                  + (no + 1)
                  + "\t"
                  + CopyRows.escaped(values.get(no).value())
                  + "\t"
                  + values.get(no).count());
        }
        list.setInt(1, columnNo);
        list.setBytes(2, ValueList.pack(values));
        list.addBatch();
      }
      list.executeBatch();
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "copy valuesync.stored_value (column_no, value_no, value, count) from stdin",
            new CopyRows<>(lines, line -> line));
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  public void close() {
    caravan.close();
  }
}
