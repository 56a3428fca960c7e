package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The rows about datasets; the records themselves are in tables of their own. */
final class DatasetStore {
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SELECT =
      """
      select id, connector_id, resource, name, status, documents_count, metadata, primary_key,
             table_name, cursor_state, version, created_at, updated_at
        from connectorsync.dataset
      """;

  private final JdbcClient jdbc;

  DatasetStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One that takes part in whatever a connection is doing. */
  static DatasetStore on(Connection connection) {
    return new DatasetStore(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  /** The dataset of a resource, made when there is none yet. */
  Dataset findOrMake(UUID connector, String connectorName, String resource, List<String> key) {
    UUID id = IDS.generate();
    jdbc.sql(
            """
            insert into connectorsync.dataset (id, connector_id, resource, name, primary_key, table_name)
            values (?, ?, ?, ?, ?, ?)
            on conflict (connector_id, resource) do nothing
            """)
        .params(
            id,
            connector,
            resource,
            connectorName + " - " + resource,
            key.toArray(String[]::new),
            Tables.name(connectorName, resource, id))
        .update();
    return find(connector, resource).orElseThrow();
  }

  Optional<Dataset> find(UUID connector, String resource) {
    return jdbc.sql(SELECT + "where connector_id = ? and resource = ?")
        .params(connector, resource)
        .query(DatasetStore::dataset)
        .optional();
  }

  Optional<Dataset> find(UUID dataset) {
    return jdbc.sql(SELECT + "where id = ?").param(dataset).query(DatasetStore::dataset).optional();
  }

  /** By resource. */
  List<Dataset> of(UUID connector) {
    return jdbc.sql(SELECT + "where connector_id = ? order by resource")
        .param(connector)
        .query(DatasetStore::dataset)
        .list();
  }

  List<Column> columns(UUID dataset) {
    return jdbc.sql(
            """
            select position, field, column_name, type from connectorsync.dataset_column
             where dataset_id = ? order by position
            """)
        .param(dataset)
        .query(
            (row, n) ->
                new Column(
                    row.getInt("position"),
                    row.getString("field"),
                    row.getString("column_name"),
                    ColumnType.ofSql(row.getString("type"))))
        .list();
  }

  /** How many rows the table ever had. */
  int nextRow(UUID dataset) {
    return jdbc.sql("select next_row from connectorsync.dataset where id = ?")
        .param(dataset)
        .query(Integer.class)
        .single();
  }

  void processing(UUID dataset) {
    jdbc.sql("update connectorsync.dataset set status = 'PROCESSING' where id = ?")
        .param(dataset)
        .update();
  }

  /** After a load that was not committed: what was readable before it still is (D9). */
  void notProcessing(UUID dataset) {
    jdbc.sql(
            """
            update connectorsync.dataset
               set status = case when jsonb_exists(metadata, 'syncId') then 'READY' else 'FAILED' end
             where id = :id and status = 'PROCESSING'
            """)
        .param("id", dataset)
        .update();
  }

  /** Forgets it, but not its table. */
  void delete(UUID dataset) {
    jdbc.sql("delete from connectorsync.dataset where id = ?").param(dataset).update();
  }

  static String json(JsonNode node) {
    return node == null ? null : node.toString();
  }

  private static Dataset dataset(ResultSet row, int n) throws SQLException {
    return new Dataset(
        row.getObject("id", UUID.class),
        row.getObject("connector_id", UUID.class),
        row.getString("resource"),
        row.getString("name"),
        DatasetStatus.valueOf(row.getString("status")),
        row.getLong("documents_count"),
        parse(row.getString("metadata")),
        List.of((String[]) row.getArray("primary_key").getArray()),
        row.getString("table_name"),
        parse(row.getString("cursor_state")),
        row.getLong("version"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static JsonNode parse(String text) {
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a dataset's row holds broken JSON", e);
    }
  }
}
