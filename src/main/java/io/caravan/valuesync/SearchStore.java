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

/** Reads the lists of the searched columns, one round trip for one column. */
@Component
class SearchStore {
  private static final int SECONDS = 5;
  private static final int ROWS_AT_A_TIME = 50;

  private final JdbcTemplate jdbc;
  private final ListCache cache = new ListCache(16 << 20);

  SearchStore(DataSource dataSource) {
    jdbc = new JdbcTemplate(dataSource);
  }

  /** @param lastSyncedAt null when never */
  record SearchedColumn(int columnNo, boolean complete, long totalDistinct, Instant lastSyncedAt) {}

  /**
   * @param matches gets the best matches of each column
   * @return the columns that were searched
   * @throws NotFoundException no such data source
   */
  List<SearchedColumn> search(SearchScope scope, SearchQuery query, Consumer<List<Match>> matches) {
    Map<Long, ValueList> held = scope.isOneColumn() ? cache.held(scope) : Map.of();
    return jdbc.execute(
        (Connection connection) -> {
          // Without a transaction the driver would read all lists of a wide search into memory at once.
          connection.setAutoCommit(scope.isOneColumn());
          try (PreparedStatement statement = connection.prepareStatement(sql(scope))) {
            statement.setQueryTimeout(SECONDS);
            statement.setFetchSize(scope.isOneColumn() ? 0 : ROWS_AT_A_TIME);
            bind(statement, scope, held);
            return read(statement.executeQuery(), scope, query, held, matches);
          } finally {
            connection.setAutoCommit(true);
          }
        });
  }

  private List<SearchedColumn> read(
      ResultSet row, SearchScope scope, SearchQuery query, Map<Long, ValueList> held, Consumer<List<Match>> matches)
      throws SQLException {
    List<SearchedColumn> columns = new ArrayList<>();
    Map<Long, ValueList> valid = new HashMap<>();
    boolean sourceSeen = false;
    boolean changed = false;
    while (row.next()) {
      sourceSeen = true;
      int columnNo = row.getInt(1);
      if (row.wasNull()) {
        continue;
      }
      long version = row.getLong(2);
      Timestamp synced = row.getTimestamp(5);
      columns.add(
          new SearchedColumn(
              columnNo, row.getBoolean(3), row.getLong(4), synced == null ? null : synced.toInstant()));
      byte[] packed = row.getBytes(6);
      ValueList list = packed == null ? held.get(version) : ValueList.unpack(packed);
      changed |= packed != null;
      if (list != null) {
        matches.accept(list.search(query));
        if (scope.isOneColumn()) {
          valid.put(version, list);
        }
      }
    }
    if (!sourceSeen) {
      throw new NotFoundException("No data source " + scope.dataSourceId());
    }
    if (changed && scope.isOneColumn()) {
      cache.keep(scope, valid);
    }
    return columns;
  }

  private static void bind(PreparedStatement statement, SearchScope scope, Map<Long, ValueList> held)
      throws SQLException {
    int i = 1;
    for (String name : new String[] {scope.schema(), scope.table(), scope.column()}) {
      if (name != null) {
        statement.setString(i++, name);
      }
    }
    statement.setObject(i++, held.keySet().stream().mapToLong(Long::longValue).toArray());
    statement.setObject(i, scope.dataSourceId());
  }

  /** Only the given names stand in the statement, so that a prepared plan uses the index for them. */
  private static String sql(SearchScope scope) {
    return """
    select c.column_no, c.list_version, c.complete, c.total_distinct, c.last_synced_at, l.packed
    from caravan.data_sources d
    left join valuesync.searchable_column c on c.data_source_id = d.id and c.deleted_at is null\
    """
        + (scope.schema() == null ? "" : " and c.schema_name = ?")
        + (scope.table() == null ? "" : " and c.table_name = ?")
        + (scope.column() == null ? "" : " and c.column_name = ?")
        + """

    left join valuesync.value_list l on l.column_no = c.column_no and c.list_version <> all (?)
    where d.id = ? and d.deleted_at is null
    """;
  }
}
