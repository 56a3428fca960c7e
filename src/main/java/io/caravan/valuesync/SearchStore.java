package io.caravan.valuesync;

import io.caravan.failure.NotFoundException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Searches the lists and large columns in scope; one round trip for one column, unless typing
 * errors are to be forgiven.
 */
@Component
class SearchStore {
  private static final int SECONDS = 5;
  private static final int ROWS_AT_A_TIME = 50;

  private final JdbcTemplate jdbc;
  private final ListCache cache = new ListCache(16 << 20);
  private final LargeColumnSpelling spelling = new LargeColumnSpelling();

  SearchStore(DataSource dataSource) {
    jdbc = new JdbcTemplate(dataSource);
  }

  /**
   * @param lastSyncedAt null when never
   * @param databaseName where the column is in its source
   */
  record SearchedColumn(
      int columnNo,
      long version,
      boolean large,
      boolean complete,
      long totalDistinct,
      Instant lastSyncedAt,
      String databaseName) {}

  /**
   * @param matches gets the best matches of each column
   * @return the columns that were searched
   * @throws NotFoundException no such data source
   */
  List<SearchedColumn> search(SearchScope scope, SearchQuery query, Consumer<List<Match>> matches) {
    return jdbc.execute(
        (Connection connection) -> {
          if (scope.isOneColumn()) {
            return read(connection, scope, query, matches);
          }
          // Without a transaction the driver would read all lists of a wide search into memory at
          // once.
          connection.setAutoCommit(false);
          try {
            return read(connection, scope, query, matches);
          } finally {
            connection.setAutoCommit(true);
          }
        });
  }

  private List<SearchedColumn> read(
      Connection connection, SearchScope scope, SearchQuery query, Consumer<List<Match>> matches)
      throws SQLException {
    Map<Long, ValueList> held = scope.isOneColumn() ? cache.held(scope) : Map.of();
    List<SearchedColumn> columns = new ArrayList<>();
    Map<Long, ValueList> lists = new HashMap<>();
    Map<Integer, List<Match>> ofLarge = new HashMap<>();
    boolean sourceSeen = false;
    try (PreparedStatement statement = connection.prepareStatement(sql(scope))) {
      if (!scope.isOneColumn()) {
        // Not for one column: the driver's timer costs as much as the search, which is bounded by
        // its indexes.
        statement.setQueryTimeout(SECONDS);
        statement.setFetchSize(ROWS_AT_A_TIME);
      }
      bind(statement, scope, query, held);
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        sourceSeen = true;
        int columnNo = row.getInt(1);
        if (row.wasNull()) {
          continue;
        }
        if (columns.isEmpty() || columns.getLast().columnNo() != columnNo) {
          columns.add(column(row));
        }
        SearchedColumn column = columns.getLast();
        if (column.large()) {
          addMatch(row, query, ofLarge.computeIfAbsent(columnNo, n -> new ArrayList<>()));
          continue;
        }
        byte[] packed = row.getBytes(7);
        ValueList list = packed == null ? held.get(column.version()) : ValueList.unpack(packed);
        if (list != null) {
          matches.accept(list.search(query));
          lists.put(column.version(), list);
        }
        if (!scope.isOneColumn()) {
          lists.clear();
        }
      }
    }
    if (!sourceSeen) {
      throw new NotFoundException("No data source " + scope.dataSourceId());
    }
    if (!lists.keySet().equals(held.keySet())) {
      cache.keep(scope, lists);
    }
    for (SearchedColumn column : columns) {
      if (column.large()) {
        matches.accept(withSpelling(connection, column, query, ofLarge.get(column.columnNo())));
      }
    }
    return columns;
  }

  private List<Match> withSpelling(
      Connection connection, SearchedColumn column, SearchQuery query, List<Match> found)
      throws SQLException {
    int missing = query.wanted() - found.size();
    if (missing > 0 && query.edits() > 0) {
      found.addAll(
          spelling.search(
              connection, column.columnNo(), column.version(), query, List.copyOf(found), missing));
    }
    return found;
  }

  private static SearchedColumn column(ResultSet row) throws SQLException {
    Timestamp synced = row.getTimestamp(6);
    return new SearchedColumn(
        row.getInt(1),
        row.getLong(2),
        row.getBoolean(3),
        row.getBoolean(4),
        row.getLong(5),
        synced == null ? null : synced.toInstant(),
        row.getString(11));
  }

  private static void addMatch(ResultSet row, SearchQuery query, List<Match> matches)
      throws SQLException {
    int stage = row.getInt(8);
    if (row.wasNull()) {
      return;
    }
    String value = row.getString(9);
    MatchClass matchClass =
        switch (stage) {
          case 1 -> query.whole(value);
          case 2 -> MatchClass.PREFIX;
          case 3 -> MatchClass.WORD_PREFIX;
          default -> MatchClass.CONTAINS;
        };
    matches.add(new Match(matchClass, value, row.getLong(10)));
  }

  private static void bind(
      PreparedStatement statement, SearchScope scope, SearchQuery query, Map<Long, ValueList> held)
      throws SQLException {
    int i = 1;
    for (String name : new String[] {scope.schema(), scope.table(), scope.column()}) {
      if (name != null) {
        statement.setString(i++, name);
      }
    }
    statement.setObject(i++, held.keySet().stream().mapToLong(Long::longValue).toArray());
    statement.setString(i++, query.isEmpty() ? "" : query.prefix());
    statement.setString(i++, query.marked());
    statement.setObject(i++, Grams.ofQuery(query.letters()));
    statement.setInt(i++, query.wanted());
    statement.setObject(i, scope.dataSourceId());
  }

  /**
   * Only the given names stand in the statement, so that a prepared plan uses the index for them.
   */
  private static String sql(SearchScope scope) {
    return """
    select c.column_no, c.list_version, c.large, c.complete, c.total_distinct, c.last_synced_at, l.packed,
           f.match_class, f.found_value, f.found_count, c.database_name
    from caravan.data_sources d
    left join valuesync.searchable_column c on c.data_source_id = d.id and c.deleted_at is null\
    """
        + (scope.schema() == null ? "" : " and c.schema_name = ?")
        + (scope.table() == null ? "" : " and c.table_name = ?")
        + (scope.column() == null ? "" : " and c.column_name = ?")
        + """

        left join valuesync.value_list l on l.column_no = c.column_no and c.list_version <> all (?)
        left join lateral (
          select * from valuesync.search_large(c.column_no, c.list_version, ?, ?, ?, ?) where c.large
        ) f on true
        where d.id = ? and d.deleted_at is null
        """;
  }
}
