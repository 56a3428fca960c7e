package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Every write, planned before it is made and marked when it is done (requirements of sheetsync,
 * section 4 item 2). What stays planned may have happened or not, which the next sync finds out.
 */
@Component
class ChangeJournal {
  private final JdbcClient jdbc;

  ChangeJournal(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes down what is going to be done, all of it.
   *
   * @return the ids in the order of the changes
   */
  List<Long> plan(UUID config, UUID run, long cycle, List<Change> changes) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (Change change : changes) {
      ObjectNode row =
          rows.addObject()
              .put("side", change.side().word())
              .put("action", change.action().word())
              .put("record_id", change.recordId())
              .put("row_number", change.rowNumber());
      row.set("cells", change.cells());
    }
    return jdbc.sql(
            """
            insert into sheetsync.change (sync_config_id, run_id, cycle, side, action, record_id, row_number, cells, state)
            select ?, ?, ?, side, action, record_id, row_number, cells, 'planned'
              from rows from (jsonb_to_recordset(cast(? as jsonb)) as
                   (side text, action text, record_id text, row_number integer, cells jsonb))
                   with ordinality as planned (side, action, record_id, row_number, cells, place)
             order by place
            returning id
            """)
        .params(config, run, cycle, rows.toString())
        .query(Long.class)
        .list();
  }

  /**
   * Marks what was done, or why it was not.
   *
   * @param reason null when it was done
   */
  void settle(Collection<Long> ids, String state, String reason) {
    if (!ids.isEmpty()) {
      jdbc.sql(
              """
              update sheetsync.change set state = ?, reason = ?, settled_at = now()
               where id = any(?) and state = 'planned'
              """)
          .params(state, reason, ids.toArray(Long[]::new))
          .update();
    }
  }

  /** A record was made: its id is known from now on. */
  void created(long id, String recordId) {
    jdbc.sql(
            """
            update sheetsync.change set state = 'done', record_id = ?, settled_at = now()
             where id = ? and state = 'planned'
            """)
        .params(recordId, id)
        .update();
  }

  /** What an earlier sync meant to do and did not mark as done, oldest first. */
  List<Change> open(UUID config) {
    return jdbc.sql(
            "select * from sheetsync.change where sync_config_id = ? and state = 'planned' order by"
                + " id")
        .param(config)
        .query(ChangeJournal::change)
        .list();
  }

  /** What a run did to one config's sides, oldest first. */
  List<Change> done(UUID run, UUID config) {
    return jdbc.sql(
            """
            select * from sheetsync.change where run_id = ? and sync_config_id = ? and state = 'done' order by id
            """)
        .params(run, config)
        .query(ChangeJournal::change)
        .list();
  }

  /** How many records or rows a run wrote for a config, whichever of its attempts did. */
  Statistics.Counts counts(UUID run, UUID config, Side side) {
    Map<String, Integer> counts = new HashMap<>();
    jdbc.sql(
            """
            select action, count(*) as changes from sheetsync.change
             where run_id = ? and sync_config_id = ? and side = ? and state = 'done' group by action
            """)
        .params(run, config, side.word())
        .query(
            row -> {
              counts.put(row.getString("action"), row.getInt("changes"));
            });
    return new Statistics.Counts(
        counts.getOrDefault(Change.Action.CREATE.word(), 0),
        counts.getOrDefault(Change.Action.UPDATE.word(), 0),
        counts.getOrDefault(Change.Action.DELETE.word(), 0));
  }

  /** The configs that a run wrote for. */
  List<UUID> configs(UUID run) {
    return jdbc.sql(
            "select distinct sync_config_id from sheetsync.change where run_id = ? and state ="
                + " 'done'")
        .param(run)
        .query(UUID.class)
        .list();
  }

  /** What a run did was taken back, but for what somebody has edited since. */
  void undone(UUID run, UUID config) {
    jdbc.sql(
            """
            update sheetsync.change set state = 'undone', settled_at = now()
             where run_id = ? and sync_config_id = ? and state = 'done'
            """)
        .params(run, config)
        .update();
  }

  /** What a run wrote, or meant to, oldest first. */
  List<Change> ofRun(UUID run, Long after, int limit) {
    return jdbc.sql(
            """
            select * from sheetsync.change where run_id = ? and id > coalesce(cast(? as bigint), 0)
             order by id limit ?
            """)
        .params(run, after, limit)
        .query(ChangeJournal::change)
        .list();
  }

  /**
   * The writes of the last cycles, for the loop brake.
   *
   * @param cycle the last one that counts
   */
  List<LoopBrake.Write> recent(UUID config, long cycle, int cycles) {
    List<LoopBrake.Write> writes = new ArrayList<>();
    jdbc.sql(
            """
            select c.record_id, c.cycle, cell ->> 'field' as field, cell -> 'value' as value,
                   cell -> 'was' as was
              from sheetsync.change c, jsonb_array_elements(c.cells) cell
             where c.sync_config_id = ? and c.cycle > ? and c.action = 'update' and c.state = 'done' and jsonb_exists(cell, 'was')
            """)
        .params(config, cycle - cycles)
        .query(
            row -> {
              writes.add(
                  new LoopBrake.Write(
                      row.getString("record_id"),
                      row.getString("field"),
                      row.getLong("cycle"),
                      Value.ofJson(SyncConfigs.tree(row.getString("was"))),
                      Value.ofJson(SyncConfigs.tree(row.getString("value")))));
            });
    return writes;
  }

  private static Change change(ResultSet row, int number) throws SQLException {
    return new Change(
        row.getLong("id"),
        row.getString("side").equals("airtable") ? Side.AIRTABLE : Side.SHEETS,
        Change.Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
        row.getString("record_id"),
        row.getObject("row_number", Integer.class),
        SyncConfigs.tree(row.getString("cells")),
        row.getString("state"),
        row.getString("reason"),
        SyncConfigs.instant(row, "planned_at"));
  }
}
