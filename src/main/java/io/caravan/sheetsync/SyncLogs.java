package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.uuid.Generators;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One row for each sync (TS-07), and what the config shows of its last one (TS-06). */
@Component
class SyncLogs {
  private static final int LONGEST_MESSAGE = 1_000;

  private final JdbcClient jdbc;

  SyncLogs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The seed's row.
   *
   * @param triggeredBy {@code scheduled}, {@code manual} or {@code initial}
   */
  public record SyncLog(
      UUID id,
      UUID syncConfigId,
      UUID runId,
      String status,
      int recordsSynced,
      int recordsFailed,
      JsonNode errors,
      Instant startedAt,
      Instant completedAt,
      String triggeredBy,
      String direction) {}

  @Transactional
  void add(
      SyncConfig config, UUID runId, SyncResult result, Instant startedAt, String triggeredBy) {
    jdbc.sql(
            """
            insert into sheetsync.sync_log
              (id, sync_config_id, run_id, status, records_synced, records_failed, errors, started_at, completed_at,
               triggered_by, direction)
            values (?, ?, ?, ?, ?, ?, cast(? as jsonb), ?, now(), ?, ?)
            """)
        .params(
            Generators.timeBasedEpochGenerator().generate(),
            config.id(),
            runId,
            result.logStatus(),
            result.synced(),
            result.failed(),
            result.errorsAsJson().toString(),
            startedAt.atOffset(ZoneOffset.UTC),
            triggeredBy,
            config.syncDirection().name())
        .update();
    String error = result.errors().isEmpty() ? null : result.errors().getFirst().message();
    jdbc.sql(
            """
            update sheetsync.sync_config
               set last_sync_at = :started, last_sync_status = :status,
                   last_error_at = case when cast(:error as text) is null then last_error_at else now() end,
                   last_error_message = coalesce(:error, last_error_message)
             where id = :id
            """)
        .param("started", startedAt.atOffset(ZoneOffset.UTC))
        .param("status", result.configStatus())
        .param(
            "error",
            error == null ? null : error.substring(0, Math.min(error.length(), LONGEST_MESSAGE)))
        .param("id", config.id())
        .update();
  }

  /** The newest rows of a config. */
  List<SyncLog> list(UUID config, int limit) {
    return jdbc.sql(
            "select * from sheetsync.sync_log where sync_config_id = ? order by started_at desc, id"
                + " desc limit ?")
        .params(config, limit)
        .query(
            (row, number) ->
                new SyncLog(
                    row.getObject("id", UUID.class),
                    row.getObject("sync_config_id", UUID.class),
                    row.getObject("run_id", UUID.class),
                    row.getString("status"),
                    row.getInt("records_synced"),
                    row.getInt("records_failed"),
                    SyncConfigs.tree(row.getString("errors")),
                    SyncConfigs.instant(row, "started_at"),
                    SyncConfigs.instant(row, "completed_at"),
                    row.getString("triggered_by"),
                    row.getString("direction")))
        .list();
  }
}
