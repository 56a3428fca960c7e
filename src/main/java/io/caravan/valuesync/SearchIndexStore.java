package io.caravan.valuesync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a column's values are searched through, derived from them as a whole. Part of the caller's
 * transaction.
 */
@Component
class SearchIndexStore {
  /** Up to here one pass over the whole list is faster than anything cleverer. */
  private static final int MOST_IN_LIST = 2_000;

  private static final int MOST_BYTES_IN_LIST = 512 << 10;

  private final JdbcTemplate template;
  private final JdbcClient jdbc;

  SearchIndexStore(DataSource dataSource) {
    template = new JdbcTemplate(dataSource);
    jdbc = JdbcClient.create(template);
  }

  /**
   * @param ranked all searchable values of the column, in the order of suggestions
   */
  void rebuild(int columnNo, List<ValueCount> ranked) {
    for (String table : List.of("value_list", "large_value", "large_gram", "large_word")) {
      jdbc.sql("delete from valuesync." + table + " where column_no = ?").param(columnNo).update();
    }
    byte[] packed = ranked.size() > MOST_IN_LIST ? null : ValueList.pack(ranked);
    boolean large = packed == null || packed.length > MOST_BYTES_IN_LIST;
    long version = newVersion(columnNo, large);
    if (large) {
      writeLarge(columnNo + "\t" + version + "\t", columnNo, version, ranked);
    } else {
      jdbc.sql("insert into valuesync.value_list (column_no, packed) values (?, ?)")
          .param(columnNo)
          .param(packed)
          .update();
    }
  }

  private long newVersion(int columnNo, boolean large) {
    return jdbc.sql(
            """
            update valuesync.searchable_column
            set list_version = nextval('valuesync.list_version'), large = ?
            where column_no = ?
            returning list_version
            """)
        .param(large)
        .param(columnNo)
        .query(Long.class)
        .single();
  }

  private void writeLarge(String key, int columnNo, long version, List<ValueCount> ranked) {
    List<String> texts = ranked.stream().map(v -> FoldedText.ofValue(v.value())).toList();
    copy(
        "copy valuesync.large_value (column_no, list_version, rank, value, count, text) from stdin",
        IntStream.range(0, ranked.size()).boxed().toList(),
        rank -> {
          ValueCount value = ranked.get(rank);
          return key
              + rank
              + '\t'
              + CopyRows.escaped(value.value())
              + '\t'
              + value.count()
              + '\t'
              + CopyRows.escaped(texts.get(rank));
        });
    Grams grams = new Grams();
    for (int rank = 0; rank < texts.size(); rank++) {
      grams.add(rank, texts.get(rank));
    }
    copy(
        """
        copy valuesync.large_gram
          (column_no, list_version, gram, inside_count, starts, words, inside, all_starts, all_words, all_inside)
        from stdin
        """,
        grams.entries(),
        entry ->
            key
                + CopyRows.escaped(entry.getKey())
                + '\t'
                + entry.getValue().inside().size()
                + '\t'
                + String.join("\t", entry.getValue().literals()));
    jdbc.sql("insert into valuesync.large_word (column_no, list_version, packed) values (?, ?, ?)")
        .params(columnNo, version, WordList.pack(texts))
        .update();
  }

  private <T> void copy(String sql, Iterable<T> rows, Function<T, String> line) {
    template.execute(
        (Connection connection) -> {
          try {
            return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(sql, new CopyRows<>(rows, line));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
