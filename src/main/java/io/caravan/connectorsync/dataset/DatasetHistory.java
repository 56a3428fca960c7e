package io.caravan.connectorsync.dataset;

import io.caravan.connectorsync.dataset.Columns.Change;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is remembered of the loads of a dataset. */
final class DatasetHistory {
  private final JdbcClient jdbc;

  DatasetHistory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void columns(UUID dataset, List<Change> changes) {
    for (Change change : changes) {
      Column column = change.column();
      jdbc.sql(
              """
              insert into connectorsync.dataset_column (dataset_id, position, field, column_name, type)
              values (?, ?, ?, ?, ?)
              on conflict (dataset_id, position) do update set type = excluded.type
              """)
          .params(dataset, column.position(), column.field(), column.name(), column.type().sql())
          .update();
    }
  }

  void schemaChanges(UUID dataset, List<SchemaChange> changes) {
    for (SchemaChange change : changes) {
      jdbc.sql(
              """
              insert into connectorsync.dataset_schema_change
                (dataset_id, sync_id, column_name, from_type, to_type, changed_at)
              values (?, ?, ?, ?, ?, ?)
              """)
          .params(
              dataset,
              change.syncId(),
              change.column(),
              change.fromType(),
              change.toType(),
              change.changedAt().atOffset(ZoneOffset.UTC))
          .update();
    }
  }

  void version(UUID dataset, DatasetVersion load) {
    jdbc.sql(
            """
            insert into connectorsync.dataset_version
              (dataset_id, sync_id, version, added, updated, unchanged, removed, repeated, set_aside,
               complete, loaded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            dataset,
            load.syncId(),
            load.version(),
            load.added(),
            load.updated(),
            load.unchanged(),
            load.removed(),
            load.repeated(),
            load.setAside(),
            load.complete(),
            load.loadedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Forgets all but the newest loads, and the records that older ones set aside. */
  void prune(UUID dataset, int kept) {
    jdbc.sql(
            """
            delete from connectorsync.dataset_version
             where dataset_id = :id and sync_id not in (
               select sync_id from connectorsync.dataset_version
                where dataset_id = :id order by loaded_at desc limit :kept)
            """)
        .param("id", dataset)
        .param("kept", kept)
        .update();
    jdbc.sql(
            """
            delete from connectorsync.set_aside_record r
             where dataset_id = :id and not exists (
               select from connectorsync.dataset_version v
                where v.dataset_id = :id and v.sync_id = r.sync_id)
            """)
        .param("id", dataset)
        .update();
  }

  /** Newest first. */
  List<DatasetVersion> versions(UUID dataset) {
    return jdbc.sql(
            """
            select * from connectorsync.dataset_version where dataset_id = ? order by loaded_at desc
            """)
        .param(dataset)
        .query(
            (row, n) ->
                new DatasetVersion(
                    row.getObject("sync_id", UUID.class),
                    row.getLong("version"),
                    row.getLong("added"),
                    row.getLong("updated"),
                    row.getLong("unchanged"),
                    row.getLong("removed"),
                    row.getLong("repeated"),
                    row.getLong("set_aside"),
                    row.getBoolean("complete"),
                    row.getTimestamp("loaded_at").toInstant()))
        .list();
  }

  /** Newest first. */
  List<SchemaChange> schemaChanges(UUID dataset) {
    return jdbc.sql(
            """
            select * from connectorsync.dataset_schema_change where dataset_id = ? order by id desc
            """)
        .param(dataset)
        .query(
            (row, n) ->
                new SchemaChange(
                    row.getObject("sync_id", UUID.class),
                    row.getString("column_name"),
                    row.getString("from_type"),
                    row.getString("to_type"),
                    row.getTimestamp("changed_at").toInstant()))
        .list();
  }

  List<SetAsideRecord> setAside(UUID dataset, UUID sync) {
    return jdbc.sql(
            """
            select * from connectorsync.set_aside_record
             where dataset_id = ? and sync_id = ? order by position
            """)
        .params(dataset, sync)
        .query(
            (row, n) ->
                new SetAsideRecord(
                    row.getObject("sync_id", UUID.class),
                    row.getLong("position"),
                    row.getString("reason"),
                    row.getString("record")))
        .list();
  }
}
