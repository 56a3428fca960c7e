package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a config remembers from one sync to the next. Time is the database's. */
@Component
class SyncStore {
  private final JdbcClient jdbc;

  SyncStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What both sides last agreed on, by record id. */
  Map<String, Snapshot> base(UUID config) {
    Map<String, Snapshot> base = new HashMap<>();
    jdbc.sql("select record_id, snapshot from sheetsync.record_base where sync_config_id = ?")
        .param(config)
        .query(
            row -> {
              base.put(
                  row.getString("record_id"),
                  Snapshot.ofJson(SyncConfigs.tree(row.getString("snapshot"))));
            });
    return base;
  }

  /** Puts these snapshots in the place of the old ones. */
  void keep(UUID config, Map<String, Snapshot> snapshots) {
    if (snapshots.isEmpty()) {
      return;
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    snapshots.forEach((record, snapshot) -> all.set(record, snapshot.toJson()));
    jdbc.sql(
            """
            insert into sheetsync.record_base (sync_config_id, record_id, snapshot)
            select ?, key, value from jsonb_each(cast(? as jsonb))
            on conflict (sync_config_id, record_id) do update set snapshot = excluded.snapshot
            """)
        .params(config, all.toString())
        .update();
  }

  void forget(UUID config, Collection<String> records) {
    if (!records.isEmpty()) {
      jdbc.sql("delete from sheetsync.record_base where sync_config_id = ? and record_id = any(?)")
          .params(config, records.toArray(String[]::new))
          .update();
    }
  }

  /** Records that the loop brake left out and nobody has released. */
  Set<String> frozen(UUID config) {
    return jdbc.sql("select record_id from sheetsync.frozen_record where sync_config_id = ?")
        .param(config)
        .query(String.class)
        .set();
  }

  /** These are left out from now on. */
  void freeze(UUID config, Collection<String> records) {
    jdbc.sql(
            """
            insert into sheetsync.frozen_record (sync_config_id, record_id) select ?, unnest(?)
            on conflict do nothing
            """)
        .params(config, records.toArray(String[]::new))
        .update();
  }

  /** The tables of the base as Airtable described them, when that is not too long ago. */
  Optional<JsonNode> tables(UUID config, Duration youngerThan) {
    return jdbc.sql(
            """
            select tables from sheetsync.base_schema
             where sync_config_id = ? and read_at > now() - make_interval(secs => ?)
            """)
        .params(config, youngerThan.toSeconds())
        .query(String.class)
        .optional()
        .map(SyncConfigs::tree);
  }

  void keepTables(UUID config, JsonNode tables) {
    jdbc.sql(
            """
            insert into sheetsync.base_schema (sync_config_id, tables) values (?, cast(? as jsonb))
            on conflict (sync_config_id) do update set tables = excluded.tables, read_at = now()
            """)
        .params(config, tables.toString())
        .update();
  }

  /** The next sync asks Airtable anew. */
  void forgetTables(UUID config) {
    jdbc.sql("delete from sheetsync.base_schema where sync_config_id = ?").param(config).update();
  }

  /** The names of linked records by table and record, where that is not too long ago. */
  Map<String, Map<String, String>> names(UUID config, Duration youngerThan) {
    Map<String, Map<String, String>> names = new HashMap<>();
    jdbc.sql(
            """
            select table_id, names from sheetsync.linked_table
             where sync_config_id = ? and read_at > now() - make_interval(secs => ?)
            """)
        .params(config, youngerThan.toSeconds())
        .query(
            row -> {
              Map<String, String> ofTable = new HashMap<>();
              SyncConfigs.tree(row.getString("names"))
                  .properties()
                  .forEach(entry -> ofTable.put(entry.getKey(), entry.getValue().asText()));
              names.put(row.getString("table_id"), ofTable);
            });
    return names;
  }

  void keepNames(UUID config, String table, Map<String, String> names) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    names.forEach(all::put);
    jdbc.sql(
            """
            insert into sheetsync.linked_table (sync_config_id, table_id, names) values (?, ?, cast(? as jsonb))
            on conflict (sync_config_id, table_id) do update set names = excluded.names, read_at = now()
            """)
        .params(config, table, all.toString())
        .update();
  }
}
