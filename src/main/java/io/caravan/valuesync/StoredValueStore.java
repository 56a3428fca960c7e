package io.caravan.valuesync;

import io.caravan.failure.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of {@code valuesync.stored_value}. Every method belongs into the caller's transaction.
 */
@Component
class StoredValueStore {
  private final JdbcClient jdbc;
  private final JdbcTemplate template;

  StoredValueStore(DataSource dataSource) {
    template = new JdbcTemplate(dataSource);
    jdbc = JdbcClient.create(template);
  }

  /**
   * @param indexed the search index of the column exists
   */
  record LockedColumn(int columnNo, boolean hasValues, boolean indexed) {}

  /** Rows touched; {@code back} are removed values that were seen again. */
  record Changes(long live, long removed, long counted, long back, long added) {
    boolean any() {
      return removed + counted + back + added > 0;
    }

    ReplaceResult result(long processed) {
      return new ReplaceResult(processed, live - removed, back + added, removed);
    }
  }

  LockedColumn lock(UUID columnId) {
    // Without nested loops: a plan that was made for ten values stays in use for a hundred
    // thousand.
    jdbc.sql(
            """
            select set_config('lock_timeout', '60s', true), set_config('statement_timeout', '240s', true),
                   set_config('enable_nestloop', 'off', true)
            """)
        .query((row, i) -> row.getString(1))
        .single();
    return jdbc.sql(
            """
            select column_no, stored_values_count > 0 as has_values, list_version > 0 as indexed
            from valuesync.searchable_column
            where id = ? and deleted_at is null
            for no key update
            """)
        .param(columnId)
        .query(LockedColumn.class)
        .optional()
        .orElseThrow(() -> new NotFoundException("No searchable column " + columnId));
  }

  String name(UUID columnId) {
    return jdbc.sql(
            """
            select concat_ws('.', database_name, schema_name, table_name, column_name)
            from valuesync.searchable_column
            where id = ?
            """)
        .param(columnId)
        .query(String.class)
        .optional()
        .orElse("Column " + columnId);
  }

  void markSuspect(UUID columnId) {
    jdbc.sql(
            """
            update valuesync.searchable_column
            set stored_values_status = 'suspect',
                stored_values_error = 'The column came back empty; the values from before are kept',
                updated_at = now()
            where id = ?
            """)
        .param(columnId)
        .update();
  }

  /**
   * Streams the values into a temporary table of this session, which empties itself when the
   * transaction ends.
   */
  void copyIncoming(List<ValueCount> values) {
    template.execute(
        """
        create temporary table if not exists incoming_value (value text collate "C" not null, count bigint not null)
        on commit delete rows
        """);
    template.execute((Connection connection) -> copy(connection, values));
  }

  private static Long copy(Connection connection, List<ValueCount> values) throws SQLException {
    try {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy pg_temp.incoming_value (value, count) from stdin",
              new CopyRows<>(values, v -> CopyRows.escaped(v.value()) + '\t' + v.count()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes only the rows that differ from the incoming ones. */
  Changes applyIncoming(int columnNo) {
    long live =
        count(
            "select count(*) from valuesync.stored_value where column_no = ? and removed_at is"
                + " null",
            columnNo);
    long removed =
        jdbc.sql(
                """
                update valuesync.stored_value s
                set removed_at = now()
                where s.column_no = ? and s.removed_at is null
                  and not exists (select from pg_temp.incoming_value i where i.value = s.value)
                """)
            .param(columnNo)
            .update();
    long back =
        jdbc.sql(
                """
                update valuesync.stored_value s
                set removed_at = null, count = i.count
                from pg_temp.incoming_value i
                where s.column_no = ? and s.removed_at is not null and s.value = i.value
                """)
            .param(columnNo)
            .update();
    long counted =
        jdbc.sql(
                """
                update valuesync.stored_value s
                set count = i.count
                from pg_temp.incoming_value i
                where s.column_no = ? and s.value = i.value and s.count <> i.count
                """)
            .param(columnNo)
            .update();
    long added =
        jdbc.sql(
                """
                insert into valuesync.stored_value (column_no, value_no, value, count)
                select :columnNo,
                       (select coalesce(max(value_no), 0) from valuesync.stored_value where column_no = :columnNo)
                         + row_number() over (),
                       i.value, i.count
                from pg_temp.incoming_value i
                where not exists (
                  select from valuesync.stored_value s where s.column_no = :columnNo and s.value = i.value)
                """)
            .param("columnNo", columnNo)
            .update();
    return new Changes(live, removed, counted, back, added);
  }

  void recordSuccess(UUID columnId, long count, ReplaceOptions options) {
    jdbc.sql(
            """
            update valuesync.searchable_column
            set stored_values_status = 'success', stored_values_error = null, stored_values_count = :count,
                complete = :complete, counts_exact = :countsExact,
                total_distinct = greatest(:totalDistinct, :count), table_state = :tableState::jsonb,
                last_synced_at = now(), updated_at = now()
            where id = :id
            """)
        .param("count", count)
        .param("complete", options.complete())
        .param("countsExact", options.countsExact())
        .param("totalDistinct", options.totalDistinct())
        .param("tableState", options.tableState() == null ? null : options.tableState().toString())
        .param("id", columnId)
        .update();
  }

  int purge() {
    int values =
        jdbc.sql("delete from valuesync.stored_value where removed_at < now() - interval '7 days'")
            .update();
    int columns =
        jdbc.sql(
                "delete from valuesync.searchable_column where deleted_at < now() - interval '7"
                    + " days'")
            .update();
    return values + columns;
  }

  private long count(String sql, int columnNo) {
    return jdbc.sql(sql).param(columnNo).query(Long.class).single();
  }
}
