package io.caravan.valuesync;

/** What PostgreSQL keeps that changes with a table's rows, as SQL over its relations. */
final class ChangeSql {
  private ChangeSql() {}

  /**
   * Aggregates over relations {@code p} (pg_class rows of a table and all its parts), one text. Null where the server
   * keeps no counters: on a standby, without track_counts, for views and foreign tables.
   *
   * <p>Counters start again at zero after a crash, so the times of the last reset belong to the sign; a truncated or
   * rewritten table gets another file node.
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
      end""";

  static final String POSTGRES_SNAPSHOT = "txid_current_snapshot()::text";
  static final String POSTGRES_NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";
}
