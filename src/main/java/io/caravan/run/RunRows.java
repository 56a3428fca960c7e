package io.caravan.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

/** How rows of the ledger become objects. */
final class RunRows {
  private static final String COLUMNS =
      """
      select r.id, r.pipeline, r.trigger, r.status, r.dry_run, r.requested_at, r.started_at, r.finished_at,
             r.reason, r.error,
      """;

  /**
   * Counts come from the items while the run is not finished, and from the run's own row
   * afterwards.
   */
  private static final String COUNTS =
      """
             coalesce(c.total, r.total) total, coalesce(c.succeeded, r.succeeded) succeeded,
             coalesce(c.failed, r.failed) failed, coalesce(c.skipped, r.skipped) skipped
        from caravan.run r
        left join lateral (
          select count(*)::int total,
                 count(*) filter (where i.state = 'succeeded')::int succeeded,
                 count(*) filter (where i.state = 'failed')::int failed,
                 count(*) filter (where i.state = 'skipped')::int skipped
            from caravan.run_item i where i.run_id = r.id) c on r.status = 'running'
      """;

  static final String SELECT_RUN =
      COLUMNS
          + "r.node, r.attempt, r.deadline_at, r.planned_at, r.report, r.parent_id, r.request,\n"
          + COUNTS;

  /** Without the report, which is as long as the run is large. */
  static final String SELECT_SUMMARY = COLUMNS + COUNTS;

  static final String SELECT_ITEM =
      """
      select id, key, title, state, attempts, started_at, finished_at, result, reason, error_kind, error, payload
        from caravan.run_item
      """;

  private RunRows() {}

  static Run run(ResultSet row, int number) throws SQLException {
    return new Run(
        row.getObject("id", UUID.class),
        row.getString("pipeline"),
        row.getString("trigger"),
        RunStatus.of(row.getString("status")),
        row.getString("node"),
        row.getInt("attempt"),
        row.getBoolean("dry_run"),
        instant(row, "requested_at"),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        counts(row),
        Json.parse(row.getString("report")),
        row.getString("reason"),
        row.getString("error"),
        row.getObject("parent_id", UUID.class),
        Json.read(row.getString("request"), RunRequest.class),
        row.getObject("planned_at") != null,
        instant(row, "deadline_at"));
  }

  static RunSummary summary(ResultSet row, int number) throws SQLException {
    return new RunSummary(
        row.getObject("id", UUID.class),
        row.getString("pipeline"),
        row.getString("trigger"),
        RunStatus.of(row.getString("status")),
        row.getBoolean("dry_run"),
        instant(row, "requested_at"),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        counts(row),
        row.getString("reason"),
        row.getString("error"));
  }

  private static Counts counts(ResultSet row) throws SQLException {
    return new Counts(
        row.getInt("total"), row.getInt("succeeded"), row.getInt("failed"), row.getInt("skipped"));
  }

  static RunItem item(ResultSet row, int number) throws SQLException {
    String kind = row.getString("error_kind");
    return new RunItem(
        row.getObject("id", UUID.class),
        row.getString("key"),
        row.getString("title"),
        ItemState.of(row.getString("state")),
        row.getInt("attempts"),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        Json.parse(row.getString("result")),
        row.getString("reason"),
        kind == null
            ? null
            : new RunItem.ItemError(kind.toLowerCase(Locale.ROOT), row.getString("error")),
        Json.parse(row.getString("payload")));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
