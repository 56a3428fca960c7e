package io.caravan.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of {@code caravan.run_item}. */
@Component
class ItemStore {
  private final JdbcClient jdbc;
  private final Node node;
  private final Duration lease;

  ItemStore(JdbcClient jdbc, Node node, RunProperties properties) {
    this.jdbc = jdbc;
    this.node = node;
    this.lease = properties.lease();
  }

  /** An item waiting to be worked on. */
  record Pending(UUID id, int position, String lane, Instant notBefore) {}

  /** The next items that nobody works on, in the planned order, after {@code position}. */
  List<Pending> pending(UUID runId, int position, int limit) {
    return jdbc.sql(
            """
            select id, position, lane, not_before from caravan.run_item
             where run_id = :run and state = 'pending' and position > :position order by position limit :limit
            """)
        .param("run", runId)
        .param("position", position)
        .param("limit", limit)
        .query(
            (row, n) ->
                new Pending(
                    row.getObject("id", UUID.class),
                    row.getInt("position"),
                    row.getString("lane"),
                    RunRows.instant(row, "not_before")))
        .list();
  }

  /**
   * Takes pending items for this node, as far as their run goes on and nobody works on the same
   * key.
   *
   * @throws org.springframework.dao.DuplicateKeyException when two of them, or one and one taken
   *     elsewhere at the same moment, have the same key; none is taken then
   */
  List<WorkItem> claim(List<UUID> ids) {
    // The casts and the || keep every index but the primary key out of it: what the planner knows
    // of a ledger is often minutes old, and then it reads all of a run's items for each group.
    return jdbc.sql(
            """
            with open_run as materialized (
              select id, dry_run, coalesce((request ->> 'force')::boolean, false) as force
                from caravan.run where status = 'running' and cancel_requested_at is null)
            update caravan.run_item i
               set state = 'running', attempts = attempts + 1, node = :node,
                   started_at = coalesce(i.started_at, clock_timestamp()),
                   lease_until = now() + make_interval(secs => :lease)
              from open_run r
             where i.id = any(:ids) and i.state || '' = 'pending' and i.run_id::text = r.id::text
               and not exists (select from caravan.run_item o
                                where o.pipeline = i.pipeline and o.key = i.key and o.state = 'running')
            returning i.id, i.run_id, i.pipeline, i.key, i.title, i.attempts, i.payload, r.dry_run, r.force,
                      clock_timestamp() as claimed_at
            """)
        .param("node", node.name())
        .param("lease", lease.toMillis() / 1000.0)
        .param("ids", RunStore.array("uuid", ids.size(), ids::get))
        .query(
            (row, n) ->
                new WorkItem(
                    row.getObject("id", UUID.class),
                    row.getObject("run_id", UUID.class),
                    row.getString("pipeline"),
                    row.getString("key"),
                    row.getString("title"),
                    row.getInt("attempts"),
                    RunRows.instant(row, "claimed_at"),
                    row.getBoolean("dry_run"),
                    row.getBoolean("force"),
                    Json.parse(row.getString("payload")),
                    new StopSignal()))
        .list();
  }

  /**
   * Skips an item that cannot be taken because its key is worked on in another run.
   *
   * @return whether that was so
   */
  boolean skipBusy(UUID id) {
    return jdbc.sql(
                """
                update caravan.run_item i
                   set state = 'skipped', finished_at = now(),
                       reason = 'already being worked on in run ' || o.run_id
                  from caravan.run_item o
                 where i.id = :id and i.state = 'pending'
                   and o.pipeline = i.pipeline and o.key = i.key and o.state = 'running'
                """)
            .param("id", id)
            .update()
        == 1;
  }

  /** An item's end, to be written. */
  record Finish(UUID id, int attempts, Outcome outcome) {}

  /**
   * Writes how items ended.
   *
   * @return those that this node still held; of the others nothing is written
   */
  List<UUID> finish(List<Finish> ends) {
    int size = ends.size();
    return jdbc.sql(
            """
            update caravan.run_item i
               set state = e.state, attempts = e.attempts, reason = e.reason, error_kind = e.kind, error = e.error,
                   result = case when e.state <> 'pending' then e.result::jsonb end,
                   payload = case when e.state = 'pending' then coalesce(e.result::jsonb, i.payload)
                                  else i.payload end,
                   not_before = e.not_before::timestamptz, lease_until = null,
                   finished_at = case when e.state <> 'pending' then clock_timestamp() end
              from unnest(:ids, :states, :attempts, :results, :reasons, :kinds, :errors, :notBefore)
                   as e (id, state, attempts, result, reason, kind, error, not_before)
             where i.id = e.id and i.state || '' = 'running' and i.node = :node
            returning i.id
            """)
        .param("node", node.name())
        .param("ids", RunStore.array("uuid", size, i -> ends.get(i).id()))
        .param(
            "states",
            RunStore.array(
                "text", size, i -> ItemState.RUNNING.to(ends.get(i).outcome().state()).word()))
        .param("attempts", RunStore.array("int4", size, i -> ends.get(i).attempts()))
        .param(
            "results", RunStore.array("text", size, i -> Json.text(ends.get(i).outcome().result())))
        .param("reasons", RunStore.array("text", size, i -> ends.get(i).outcome().reason()))
        .param(
            "kinds",
            RunStore.array(
                "text",
                size,
                i ->
                    ends.get(i).outcome().errorKind() == null
                        ? null
                        : ends.get(i).outcome().errorKind().name()))
        .param("errors", RunStore.array("text", size, i -> ends.get(i).outcome().error()))
        .param(
            "notBefore",
            RunStore.array(
                "text",
                size,
                i ->
                    ends.get(i).outcome().notBefore() == null
                        ? null
                        : ends.get(i).outcome().notBefore().toString()))
        .query(UUID.class)
        .list();
  }

  /**
   * Within a transaction: nobody can take the item over before it ends.
   *
   * @return whether this node still holds the item
   */
  boolean lockHeld(UUID id) {
    return jdbc.sql(
            """
            select 1 from caravan.run_item
             where id = :id and node = :node and state = 'running' for share
            """)
        .param("id", id)
        .param("node", node.name())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * Renews the lease of the items that this node works on.
   *
   * @return those it still holds
   */
  List<UUID> renew(List<UUID> ids) {
    return jdbc.sql(
            """
            update caravan.run_item set lease_until = now() + make_interval(secs => :lease)
             where id = any(:ids) and node = :node and state = 'running' returning id
            """)
        .param("lease", lease.toMillis() / 1000.0)
        .param("ids", RunStore.array("uuid", ids.size(), ids::get))
        .param("node", node.name())
        .query(UUID.class)
        .list();
  }

  /** Shows how far a running item is; nothing when this node does not hold it any more. */
  void progress(UUID id, JsonNode result) {
    jdbc.sql(
            """
            update caravan.run_item set result = cast(:result as jsonb)
             where id = :id and node = :node and state = 'running'
            """)
        .param("result", Json.text(result))
        .param("id", id)
        .param("node", node.name())
        .update();
  }

  List<RunItem> list(UUID runId, ItemState state) {
    return list(runId, state, null, Integer.MAX_VALUE);
  }

  /**
   * In the planned order.
   *
   * @param state null for any
   * @param after only what comes after this item; null for the first
   */
  List<RunItem> list(UUID runId, ItemState state, UUID after, int limit) {
    return jdbc.sql(
            RunRows.SELECT_ITEM
                + """
                where run_id = :run and (cast(:state as text) is null or state = :state)
                  and (cast(:after as uuid) is null or position >
                       (select a.position from caravan.run_item a where a.id = :after))
                order by position limit :limit
                """)
        .param("run", runId)
        .param("state", state == null ? null : state.word())
        .param("after", after)
        .param("limit", limit)
        .query(RunRows::item)
        .list();
  }

  /** Items that ended since {@code after}, in the order they did. */
  List<RunItem> finishedSince(UUID runId, Instant after, int limit) {
    return jdbc.sql(
            RunRows.SELECT_ITEM
                + "where run_id = :run and finished_at >= cast(:after as timestamptz) order by"
                + " finished_at limit :limit")
        .param("run", runId)
        .param("after", after.toString())
        .param("limit", limit)
        .query(RunRows::item)
        .list();
  }

  Optional<RunItem> find(UUID id) {
    return jdbc.sql(RunRows.SELECT_ITEM + "where id = :id")
        .param("id", id)
        .query(RunRows::item)
        .optional();
  }
}
