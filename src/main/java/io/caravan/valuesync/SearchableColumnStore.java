package io.caravan.valuesync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.caravan.failure.NotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of {@code valuesync.searchable_column}. */
@Component
class SearchableColumnStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private static final String ELIGIBLE =
      """
      select c.*
      from valuesync.searchable_column c
      join caravan.data_sources d on d.id = c.data_source_id
      join caravan.organizations o on o.id = d.organization_id
      where c.deleted_at is null and d.deleted_at is null and o.deleted_at is null and d.onboarding_completed
      """;

  private final JdbcClient jdbc;

  SearchableColumnStore(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
  }

  void requireDataSource(UUID id) {
    find(id, "");
  }

  /** Two lists for one data source are written one after the other. */
  void lockDataSource(UUID id) {
    find(id, "for no key update");
  }

  private void find(UUID id, String lock) {
    jdbc.sql("select 1 from caravan.data_sources where id = ? and deleted_at is null " + lock)
        .param(id)
        .query(Integer.class)
        .optional()
        .orElseThrow(() -> new NotFoundException("No data source " + id));
  }

  /**
   * Set-based, so that ten thousand columns are one statement. The list of the API wins over the
   * datasets' where both name a column.
   */
  void replace(UUID dataSourceId, List<SearchableColumn> columns, String origin) {
    // How many columns are given is unknown to the planner, and a nested loop over all pairs takes
    // a minute.
    jdbc.sql("select set_config('enable_nestloop', 'off', true)").query(String.class).single();
    jdbc.sql(
            """
            with given as (
              select *
              from unnest(:ids::uuid[], :databases::text[], :schemas::text[], :tables::text[], :columns::text[],
                          :types::text[], :maxValues::int[])
                   as g (id, database_name, schema_name, table_name, column_name, column_type, max_values)
            ), gone as (
              update valuesync.searchable_column c
              set deleted_at = now(), updated_at = now()
              where c.data_source_id = :dataSourceId and c.origin = :origin and c.deleted_at is null
                and not exists (
                  select from given g
                  where (g.database_name, g.schema_name, g.table_name, g.column_name)
                      = (c.database_name, c.schema_name, c.table_name, c.column_name))
            )
            insert into valuesync.searchable_column as c
              (id, data_source_id, database_name, schema_name, table_name, column_name, column_type, max_values, origin)
            select g.id, :dataSourceId, g.database_name, g.schema_name, g.table_name, g.column_name, g.column_type,
                   g.max_values, :origin
            from given g
            on conflict (data_source_id, schema_name, table_name, column_name, database_name) do update
            set column_type = excluded.column_type, max_values = excluded.max_values, origin = excluded.origin,
                -- Another size of list has to be read even if the table is unchanged.
                table_state = case when c.max_values = excluded.max_values then c.table_state end,
                deleted_at = null, updated_at = now()
            where (excluded.origin = 'api' or c.origin = 'dataset' or c.deleted_at is not null)
              and (c.column_type, c.max_values, c.origin, c.deleted_at)
                  is distinct from (excluded.column_type, excluded.max_values, excluded.origin, null)
            """)
        .param("ids", columns.stream().map(c -> IDS.generate().toString()).toArray(String[]::new))
        .param("databases", texts(columns, SearchableColumn::databaseName))
        .param("schemas", texts(columns, SearchableColumn::schemaName))
        .param("tables", texts(columns, SearchableColumn::tableName))
        .param("columns", texts(columns, SearchableColumn::columnName))
        .param("types", texts(columns, SearchableColumn::columnType))
        .param(
            "maxValues",
            columns.stream().map(SearchableColumn::maxValuesOrDefault).toArray(Integer[]::new))
        .param("dataSourceId", dataSourceId)
        .param("origin", origin)
        .update();
  }

  private static String[] texts(
      List<SearchableColumn> columns, Function<SearchableColumn, String> part) {
    return columns.stream().map(part).toArray(String[]::new);
  }

  List<SearchableColumnState> list(UUID dataSourceId) {
    return jdbc.sql(
            """
            select *
            from valuesync.searchable_column
            where data_source_id = ? and deleted_at is null
            order by database_name, schema_name, table_name, column_name
            """)
        .param(dataSourceId)
        .query(
            (row, i) ->
                new SearchableColumnState(
                    row.getString("database_name"),
                    row.getString("schema_name"),
                    row.getString("table_name"),
                    row.getString("column_name"),
                    row.getString("column_type"),
                    row.getInt("max_values"),
                    row.getObject("id", UUID.class),
                    row.getString("origin"),
                    row.getString("stored_values_status"),
                    row.getString("stored_values_error"),
                    row.getLong("stored_values_count"),
                    row.getBoolean("complete"),
                    instant(row, "last_synced_at")))
        .list();
  }

  List<ColumnToSync> forSync(UUID dataSourceId, String schema, String table, String column) {
    return jdbc.sql(
            ELIGIBLE
                + """
                  and (:dataSourceId::uuid is null or c.data_source_id = :dataSourceId)
                  and (:schema::text is null or c.schema_name = :schema)
                  and (:table::text is null or c.table_name = :table)
                  and (:column::text is null or c.column_name = :column)
                order by c.data_source_id, c.database_name, c.schema_name, c.table_name, c.column_name
                """)
        .param("dataSourceId", dataSourceId)
        .param("schema", schema)
        .param("table", table)
        .param("column", column)
        .query(SearchableColumnStore::columnToSync)
        .list();
  }

  Optional<ColumnToSync> forSync(UUID columnId) {
    return jdbc.sql(ELIGIBLE + " and c.id = ?")
        .param(columnId)
        .query(SearchableColumnStore::columnToSync)
        .optional();
  }

  void markFailed(UUID columnId, String error) {
    jdbc.sql(
            """
            update valuesync.searchable_column
            set stored_values_status = 'failed', stored_values_error = ?, updated_at = now()
            where id = ?
            """)
        .params(error, columnId)
        .update();
  }

  void markUnchanged(UUID columnId, JsonNode tableState) {
    jdbc.sql(
            """
            update valuesync.searchable_column
            set stored_values_status = 'success', stored_values_error = null,
                table_state = coalesce(?::jsonb, table_state), last_synced_at = now(), updated_at = now()
            where id = ?
            """)
        .param(tableState == null ? null : tableState.toString())
        .param(columnId)
        .update();
  }

  private static ColumnToSync columnToSync(ResultSet row, int i) throws SQLException {
    return new ColumnToSync(
        row.getObject("id", UUID.class),
        row.getObject("data_source_id", UUID.class),
        row.getString("database_name"),
        row.getString("schema_name"),
        row.getString("table_name"),
        row.getString("column_name"),
        row.getString("column_type"),
        row.getInt("max_values"),
        row.getString("stored_values_status"),
        json(row.getString("table_state")),
        instant(row, "last_synced_at"),
        instant(row, "last_read_at"));
  }

  private static JsonNode json(String text) {
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL handed out jsonb that is no JSON", e);
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    var timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }

  /** What the view {@code caravan.broken_columns} says of the column. */
  Optional<String> broken(UUID columnId) {
    return jdbc.sql(
            """
            select b.message
              from valuesync.searchable_column c
              join caravan.broken_columns b on b.data_source_id = c.data_source_id
             where c.id = ?
               and lower(b.table_name) = lower(c.table_name)
               and (b.column_name is null or lower(b.column_name) = lower(c.column_name))
               and (b.schema_name = '' or c.schema_name = '' or lower(b.schema_name) = lower(c.schema_name))
             limit 1
            """)
        .param(columnId)
        .query(String.class)
        .optional();
  }
}
