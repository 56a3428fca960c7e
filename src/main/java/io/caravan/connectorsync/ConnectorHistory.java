package io.caravan.connectorsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.NotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The syncs of a connector, which are items of the run ledger (CN-10). */
@Component
public class ConnectorHistory {
  private static final int USUAL = 50;

  private final JdbcClient jdbc;
  private final Connectors connectors;
  private final ObjectMapper json;

  ConnectorHistory(JdbcClient jdbc, Connectors connectors, ObjectMapper json) {
    this.jdbc = jdbc;
    this.connectors = connectors;
    this.json = json;
  }

  /**
   * The seed's ConnectorSync row.
   *
   * @param status PENDING, IN_PROGRESS, COMPLETED, PARTIAL or FAILED
   */
  public record Sync(
      UUID id,
      UUID connectorId,
      UUID runId,
      String status,
      Instant startedAt,
      Instant completedAt,
      long recordsFetched,
      long recordsProcessed,
      String errorMessage,
      JsonNode metadata) {}

  /**
   * Newest first.
   *
   * @param status of those that are listed (CN-12); null for any
   * @param limit null for 50
   * @throws NotFoundException when there is no such connector
   */
  public List<Sync> list(UUID connector, String status, Integer limit) {
    connectors.get(connector);
    return jdbc.sql(
            """
            select * from connectorsync.connector_sync
             where connector_id = :connector and (cast(:status as text) is null or status = :status)
             order by started_at desc nulls first limit :limit
            """)
        .param("connector", connector)
        .param("status", status)
        .param("limit", limit == null ? USUAL : limit)
        .query(this::sync)
        .list();
  }

  private Sync sync(ResultSet row, int number) throws SQLException {
    return new Sync(
        row.getObject("id", UUID.class),
        row.getObject("connector_id", UUID.class),
        row.getObject("run_id", UUID.class),
        row.getString("status"),
        instant(row, "started_at"),
        instant(row, "completed_at"),
        row.getLong("records_fetched"),
        row.getLong("records_processed"),
        row.getString("error_message"),
        Connectors.tree(json, row.getString("metadata")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
