package io.caravan.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The rows of {@code caravan.run}. All times are the database's, so that nodes with different
 * clocks agree.
 */
@Component
class RunStore {
  private final JdbcClient jdbc;

  RunStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param alone whether it excludes other runs of its pipeline although it is over a part
   * @return the new run, or the one that was made with the same key before
   */
  Run insert(
      String pipeline,
      String trigger,
      RunStatus status,
      RunRequest request,
      boolean alone,
      String key,
      UUID parent,
      String reason) {
    UUID id = Ids.next();
    int made =
        jdbc.sql(
                """
                insert into caravan.run (id, pipeline, trigger, status, whole, request, dry_run, idempotency_key,
                                         parent_id, reason, finished_at)
                values (:id, :pipeline, :trigger, :status, :whole, cast(:request as jsonb), :dryRun, :key, :parent,
                        :reason, case when :finished then now() end)
                on conflict (pipeline, idempotency_key) where idempotency_key is not null do nothing
                """)
            .param("id", id)
            .param("pipeline", pipeline)
            .param("trigger", trigger)
            .param("status", status.word())
            .param("whole", alone || request.only().isEmpty() && parent == null)
            .param("request", Json.write(request))
            .param("dryRun", request.dryRun())
            .param("key", key)
            .param("parent", parent)
            .param("reason", reason)
            .param("finished", status.finished())
            .update();
    if (made == 1) {
      return find(id).orElseThrow();
    }
    return jdbc.sql(
            RunRows.SELECT_RUN + "where r.pipeline = :pipeline and r.idempotency_key = :key")
        .param("pipeline", pipeline)
        .param("key", key)
        .query(RunRows::run)
        .single();
  }

  Optional<Run> find(UUID id) {
    return jdbc.sql(RunRows.SELECT_RUN + "where r.id = :id")
        .param("id", id)
        .query(RunRows::run)
        .optional();
  }

  /** Newest first; null narrows nothing. {@code before} is the id of a run: only older ones. */
  List<Run> list(String pipeline, RunStatus status, String trigger, UUID before, int limit) {
    return newestFirst(RunRows.SELECT_RUN, pipeline, status, trigger, before, limit)
        .query(RunRows::run)
        .list();
  }

  /** As {@link #list}, of any trigger. */
  List<RunSummary> summaries(String pipeline, RunStatus status, UUID before, int limit) {
    return newestFirst(RunRows.SELECT_SUMMARY, pipeline, status, null, before, limit)
        .query(RunRows::summary)
        .list();
  }

  private JdbcClient.StatementSpec newestFirst(
      String select, String pipeline, RunStatus status, String trigger, UUID before, int limit) {
    return jdbc.sql(
            select
                + """
                where (cast(:pipeline as text) is null or r.pipeline = :pipeline)
                  and (cast(:status as text) is null or r.status = :status)
                  and (cast(:trigger as text) is null or r.trigger = :trigger)
                  and (cast(:before as uuid) is null or (r.requested_at, r.id) <
                       (select b.requested_at, b.id from caravan.run b where b.id = :before))
                order by r.requested_at desc, r.id desc limit :limit
                """)
        .param("pipeline", pipeline)
        .param("status", status == null ? null : status.word())
        .param("trigger", trigger)
        .param("before", before)
        .param("limit", limit);
  }

  /**
   * Takes a queued run, or one whose lease lapsed.
   *
   * @return empty when somebody else has it or it is finished
   * @throws DuplicateKeyException when another whole run of the pipeline is running
   */
  Optional<Run> take(UUID id, Node node, Duration lease, Duration timeout) {
    return jdbc.sql(
            """
            update caravan.run r
               set status = 'running', node = :node, attempt = attempt + 1,
                   lease_until = now() + make_interval(secs => :lease),
                   started_at = coalesce(started_at, now()),
                   deadline_at = coalesce(deadline_at, now() + make_interval(secs => :timeout)),
                   fruitless_attempts = case when done.items > finished_items_at_attempt or attempt = 0
                                             then 0 else fruitless_attempts + 1 end,
                   finished_items_at_attempt = done.items
              from (select count(*) filter (where state in ('succeeded', 'failed', 'skipped'))::int items
                      from caravan.run_item where run_id = :id) done
             where r.id = :id
               and (r.status = 'queued' or r.status = 'running' and r.lease_until < now())
            returning r.id
            """)
        .param("id", id)
        .param("node", node.name())
        .param("lease", lease.toMillis() / 1000.0)
        .param("timeout", timeout.toMillis() / 1000.0)
        .query(UUID.class)
        .optional()
        .flatMap(this::find);
  }

  int fruitlessAttempts(UUID id) {
    return jdbc.sql("select fruitless_attempts from caravan.run where id = :id")
        .param("id", id)
        .query(Integer.class)
        .single();
  }

  Optional<Run> runningWhole(String pipeline) {
    return jdbc.sql(
            RunRows.SELECT_RUN
                + "where r.pipeline = :pipeline and r.status = 'running' and r.whole")
        .param("pipeline", pipeline)
        .query(RunRows::run)
        .optional();
  }

  /** Ends a run that was queued and never started. */
  void skip(UUID id, String reason) {
    jdbc.sql(
            """
            update caravan.run set status = 'skipped', reason = :reason, finished_at = now()
             where id = :id and status = 'queued'
            """)
        .param("id", id)
        .param("reason", reason)
        .update();
  }

  /** Writes the planned items and marks the run as planned, both or neither. */
  @Transactional
  int plan(UUID runId, String pipeline, List<PlannedItem> items) {
    int first =
        jdbc.sql("update caravan.run set planned_at = now() where id = :id and planned_at is null")
            .param("id", runId)
            .update();
    if (first == 0) {
      return 0;
    }
    int size = items.size();
    return jdbc.sql(
            """
            insert into caravan.run_item (id, run_id, pipeline, position, key, title, lane, not_before, state, payload)
            select p.id, :run, :pipeline, p.position, p.key, p.title, p.lane, p.not_before::timestamptz, 'pending',
                   p.payload::jsonb
              from unnest(:ids, :keys, :titles, :lanes, :notBefore, :payloads)
                   with ordinality as p (id, key, title, lane, not_before, payload, position)
            on conflict (run_id, key) do nothing
            """)
        .param("run", runId)
        .param("pipeline", pipeline)
        .param("ids", array("uuid", size, i -> Ids.next()))
        .param("keys", array("text", size, i -> items.get(i).key()))
        .param("titles", array("text", size, i -> items.get(i).title()))
        .param("lanes", array("text", size, i -> items.get(i).lane()))
        .param(
            "notBefore",
            array(
                "text",
                size,
                i -> items.get(i).notBefore() == null ? null : items.get(i).notBefore().toString()))
        .param("payloads", array("text", size, i -> items.get(i).payload().toString()))
        .update();
  }

  static SqlArrayValue array(
      String type, int size, java.util.function.IntFunction<Object> element) {
    return new SqlArrayValue(
        type, java.util.stream.IntStream.range(0, size).mapToObj(element).toArray());
  }

  /** Makes the failed items of a finished run the items of a new one. */
  int copyFailedItems(UUID from, UUID to) {
    List<PlannedItem> failed =
        jdbc.sql(
                "select key, title, lane, payload from caravan.run_item where run_id = :from and"
                    + " state = 'failed' order by position")
            .param("from", from)
            .query(
                (row, n) ->
                    new PlannedItem(
                        row.getString("key"),
                        row.getString("title"),
                        row.getString("lane"),
                        null,
                        Json.parse(row.getString("payload"))))
            .list();
    String pipeline = find(to).orElseThrow().pipeline();
    return plan(to, pipeline, failed);
  }

  /**
   * Asks a run to end. Items that nobody works on yet are skipped at once; a queued run is over.
   *
   * @return false when it was finished already
   */
  @Transactional
  boolean cancel(UUID id, String reason) {
    int asked =
        jdbc.sql(
                """
                update caravan.run
                   set cancel_requested_at = coalesce(cancel_requested_at, now()), reason = coalesce(reason, :reason),
                       status = case status when 'queued' then 'cancelled' else status end,
                       finished_at = case status when 'queued' then now() end
                 where id = :id and status in ('queued', 'running')
                """)
            .param("id", id)
            .param("reason", reason)
            .update();
    if (asked == 1) {
      skipPending(id, "cancelled");
    }
    return asked == 1;
  }

  void skipPending(UUID runId, String reason) {
    jdbc.sql(
            """
            update caravan.run_item set state = 'skipped', reason = :reason, finished_at = now()
             where run_id = :run and state = 'pending'
            """)
        .param("run", runId)
        .param("reason", reason)
        .update();
  }

  /** Gives back what a node that is gone was working on. */
  void releaseItems(UUID runId) {
    jdbc.sql(
            """
            update caravan.run_item set state = 'pending', node = null, lease_until = null
             where run_id = :run and state = 'running' and lease_until < now()
            """)
        .param("run", runId)
        .update();
  }

  boolean cancelRequested(UUID id) {
    return jdbc.sql("select cancel_requested_at is not null from caravan.run where id = :id")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /**
   * Ends a run that this node holds.
   *
   * @return false when it does not hold it any more
   */
  boolean close(
      UUID id,
      Node node,
      RunStatus status,
      Counts counts,
      JsonNode report,
      String reason,
      FailureKind kind,
      String error) {
    return jdbc.sql(
                """
                update caravan.run
                   set status = :status, finished_at = now(), lease_until = null, total = :total,
                       succeeded = :succeeded, failed = :failed, skipped = :skipped, report = cast(:report as json),
                       reason = coalesce(:reason, reason), error_kind = :kind, error = :error
                 where id = :id and status = 'running' and node = :node
                """)
            .param("id", id)
            .param("node", node.name())
            .param("status", status.word())
            .param("total", counts.total())
            .param("succeeded", counts.succeeded())
            .param("failed", counts.failed())
            .param("skipped", counts.skipped())
            .param("report", Json.text(report))
            .param("reason", reason)
            .param("kind", kind == null ? null : kind.name())
            .param("error", error)
            .update()
        == 1;
  }

  /**
   * Runs that nobody works on: lapsed leases, and queued ones that no node picked up. Oldest first.
   */
  List<UUID> orphans(int limit) {
    return jdbc.sql(
            """
            select id from caravan.run
             where status = 'running' and lease_until < now()
                or status = 'queued' and requested_at < now() - interval '3 seconds'
             order by requested_at limit :limit
            """)
        .param("limit", limit)
        .query(UUID.class)
        .list();
  }

  /** On a database that nobody else uses, whatever is leased belongs to a process that is gone. */
  void expireLeases() {
    jdbc.sql("update caravan.run set lease_until = '-infinity' where status = 'running'").update();
    jdbc.sql("update caravan.run_item set lease_until = '-infinity' where state = 'running'")
        .update();
  }

  /** Lets go of a run that this node cannot finish; after {@code wait} the recovery takes it up. */
  void giveBack(UUID id, Node node, Duration wait) {
    jdbc.sql(
            """
            update caravan.run set lease_until = now() + make_interval(secs => :wait)
             where id = :id and node = :node and status = 'running'
            """)
        .param("wait", wait.toMillis() / 1000.0)
        .param("id", id)
        .param("node", node.name())
        .update();
  }

  /**
   * Renews the lease of the runs that this node works on.
   *
   * @return those it still holds
   */
  List<UUID> renew(Node node, List<UUID> runs, Duration lease) {
    return jdbc.sql(
            """
            update caravan.run set lease_until = now() + make_interval(secs => :lease)
             where id = any(:ids) and node = :node and status = 'running' returning id
            """)
        .param("lease", lease.toMillis() / 1000.0)
        .param("ids", array("uuid", runs.size(), runs::get))
        .param("node", node.name())
        .query(UUID.class)
        .list();
  }

  /** Which of these runs somebody wants to end. */
  List<UUID> cancelRequested(List<UUID> runs) {
    return jdbc.sql(
            "select id from caravan.run where id = any(:ids) and cancel_requested_at is not null")
        .param("ids", array("uuid", runs.size(), runs::get))
        .query(UUID.class)
        .list();
  }

  int deleteFinishedBefore(Duration age) {
    return jdbc.sql(
            "delete from caravan.run where finished_at < now() - make_interval(secs => :age)")
        .param("age", (double) age.toSeconds())
        .update();
  }
}
