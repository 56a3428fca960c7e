package io.caravan.valuesync;

import io.caravan.source.Dialect;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What each vendor keeps that changes with a table's rows. Each statement answers (number of the
 * table in the list asked for, sign, snapshot, source's clock in milliseconds since 1970).
 */
final class ChangeSql {
  /**
   * Aggregates over relations {@code p} (pg_class rows of a table and all its parts), one text.
   * Null where the server keeps no counters: on a standby, without track_counts, for views and
   * foreign tables.
   *
   * <p>Counters start again at zero after a crash, so the times of the last reset belong to the
   * sign; a truncated or rewritten table gets another file node.
   */
  static final String POSTGRES_SIGN =
      """
      case when not pg_is_in_recovery() and current_setting('track_counts') = 'on'
             and bool_and(p.relkind in ('r', 'm', 'p')) then
        concat_ws(' ',
          sum(pg_stat_get_tuples_inserted(p.oid)), sum(pg_stat_get_tuples_updated(p.oid)),
          sum(pg_stat_get_tuples_deleted(p.oid)), count(*),
          sum(hashtextextended(p.oid || ' ' || p.relfilenode, 0)),
          (select extract(epoch from pg_stat_get_db_stat_reset_time(d.oid))
             from pg_database d where d.datname = current_database()),
          (select extract(epoch from b.stats_reset) from pg_stat_bgwriter b))
      end\
      """;

  /**
   * Two equal snapshots see the same transactions, so the same rows. The next transaction id alone
   * would not do: a transaction that had its id already may have committed in between.
   */
  static final String POSTGRES_SNAPSHOT = "txid_current_snapshot()::text";

  static final String POSTGRES_NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

  static final String POSTGRES =
      """
      with recursive relation(i, oid) as (
        select w.i, to_regclass(w.name)::oid
        from unnest(?) with ordinality as w(name, i) where to_regclass(w.name) is not null
        union
        select r.i, h.inhrelid from relation r join pg_inherits h on h.inhparent = r.oid
      )
      select r.i, %s, %s, %s
      from relation r join pg_class p on p.oid = r.oid
      group by r.i\
      """
          .formatted(POSTGRES_SIGN, POSTGRES_SNAPSHOT, POSTGRES_NOW);

  private ChangeSql() {}

  /**
   * {@code update_time} has seconds, so a change within the last two may not be the last one of its
   * second: no sign then. It is null for views and after a restart.
   */
  static String mysql(int tables) {
    return "select i, sign, null, "
        + "cast(unix_timestamp(now(3)) * 1000 as signed) from (\n"
        + union(
            tables,
            i ->
                """
                select %d as i, case when update_time < now() - interval 2 second then
                  concat(update_time, ' ', coalesce(create_time, '')) end as sign
                from information_schema.tables
                where table_schema = coalesce(?, database()) and table_name = ?\
                """
                    .formatted(i))
        + ") t";
  }

  /**
   * {@code last_altered}: "date and time the table was last altered by a DDL, DML, or background
   * metadata operation".
   */
  static String snowflake(Dialect dialect, List<ChangeProbe.Table> tables) {
    return union(
        tables.size(),
        i -> {
          String database = tables.get(i - 1).databaseName();
          return """
          select %d, case when table_type = 'BASE TABLE' then to_varchar(last_altered) end, null,
            date_part(epoch_millisecond, current_timestamp())
          from %s
          where table_schema = coalesce(?, current_schema()) and table_name = ?\
          """
              .formatted(i, dialect.qualified(database, "INFORMATION_SCHEMA", "TABLES"));
        });
  }

  /** {@code __TABLES__} of each dataset; type 1 is a table, 2 a view. */
  static String bigQuery(Dialect dialect, List<ChangeProbe.Table> tables) {
    return union(
        tables.size(),
        i -> {
          ChangeProbe.Table table = tables.get(i - 1);
          return """
          select %d, case when type = 1 then cast(last_modified_time as string) end, cast(null as string),
            unix_millis(current_timestamp())
          from %s
          where table_id = ?\
          """
              .formatted(
                  i, dialect.qualified(table.databaseName(), table.schemaName(), "__TABLES__"));
        });
  }

  private static String union(int tables, IntFunction<String> one) {
    return IntStream.rangeClosed(1, tables)
        .mapToObj(one)
        .collect(Collectors.joining("\nunion all\n"));
  }
}
