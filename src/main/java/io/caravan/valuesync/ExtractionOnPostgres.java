package io.caravan.valuesync;

import io.caravan.source.Dialect;
import io.caravan.source.ValueKind;
import io.caravan.valuesync.ColumnFacts.Share;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL 12 and newer. One query gives type, size, statistics and indexes, and sets limits for
 * the statements after it in the same transaction: memory for the groups, no sorting of rows, no
 * time spent on compiling.
 */
final class ExtractionOnPostgres extends ExtractionVendor {
  /** 8 MB of rows are grouped in some ten milliseconds. */
  private static final long SMALL_PAGES = 1_000;

  private static final String FACTS =
      """
      with recursive target as (
        select c.oid, c.relkind, c.relhassubclass, n.nspname, c.relname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.oid = to_regclass(?)
      ), relation(oid) as (
        select oid from target
        union
        select i.inhrelid from relation join pg_inherits i on i.inhparent = relation.oid
      ), part as (
        select c.oid, c.relkind, c.relfilenode, c.reltuples, c.relpages, c.reltoastrelid,
          case when c.relkind in ('r', 'm')
            then pg_relation_size(c.oid) / current_setting('block_size')::int else 0 end as pages
        from relation join pg_class c on c.oid = relation.oid
      ), size as (
        select sum(p.pages) as pages,
          sum(case when p.relpages > 0 then p.reltuples::float8 / p.relpages * p.pages else 0 end) as rows,
          bool_or(p.pages > 0 and (p.reltuples < 0 or p.relpages = 0)) as uncounted,
          bool_and(p.relkind in ('r', 'm', 'p')) as stored,
          bool_or(case when p.reltoastrelid <> 0 then pg_relation_size(p.reltoastrelid) > 0 else false end)
            as toasted,
          %s as sign
        from part p
      )
      select t.relkind::text as relkind, format_type(a.atttypid, a.atttypmod) as native_type, a.atttypmod,
        b.typname::text as base_type, b.typtype::text as base_kind,
        case when b.typcategory = 'A' then e.typname::text end as element_type,
        case when b.typcategory = 'A' then e.typtype::text end as element_kind,
        (to_jsonb(co) ->> 'collisdeterministic') = 'false' as folding,
        z.pages, z.rows, z.uncounted, z.stored, z.toasted, z.sign,
        st.n_distinct, st.most_common_vals::text::text[] as common, st.most_common_freqs as shares,
        case when t.relkind in ('r', 'm') and not t.relhassubclass and coalesce(
            pg_stat_get_last_analyze_time(t.oid), pg_stat_get_last_autoanalyze_time(t.oid)) is not null
          then pg_stat_get_mod_since_analyze(t.oid) else -1 end as changed_rows,
        (t.relkind = 'p' or not t.relhassubclass) and exists (
          select 1 from pg_index i
            join pg_class ic on ic.oid = i.indexrelid
            join pg_am am on am.oid = ic.relam and am.amname = 'btree'
            join pg_opclass oc on oc.oid = i.indclass[0] and oc.opcdefault
          where i.indrelid = t.oid and i.indisvalid and i.indpred is null and i.indkey[0] = a.attnum
            and i.indcollation[0] = a.attcollation) as indexed,
        %s as snapshot, %s as now,
        set_config('jit', 'off', true), set_config('enable_sort', 'off', true),
        case when pg_size_bytes(current_setting('work_mem')) < 67108864
          then set_config('work_mem', '64MB', true) end
      from target t
        cross join size z
        left join pg_attribute a
          on a.attrelid = t.oid and a.attname = ? and a.attnum > 0 and not a.attisdropped
        left join pg_type d on d.oid = a.atttypid
        left join pg_type d2 on d2.oid = d.typbasetype
        left join pg_type b on b.oid = case when d.typtype <> 'd' then d.oid
            when d2.typtype = 'd' then d2.typbasetype else d2.oid end
        left join pg_type e on e.oid = b.typelem
        left join pg_collation co on co.oid = a.attcollation
        left join lateral (
          select s.* from pg_stats s
          where s.schemaname = t.nspname and s.tablename = t.relname and s.attname = a.attname
          order by s.inherited desc limit 1) st on true
      """
          .formatted(ChangeSql.POSTGRES_SIGN, ChangeSql.POSTGRES_SNAPSHOT, ChangeSql.POSTGRES_NOW);

  ExtractionOnPostgres(Dialect dialect) {
    super(dialect);
  }

  @Override
  ColumnFacts facts(
      ExtractionStatements statements, ColumnRef column, ExtractionLimits limits, TableState state)
      throws SQLException {
    String table =
        dialect.qualified(column.databaseName(), column.schemaName(), column.tableName());
    return statements.query(FACTS, rows -> read(rows, column, limits), table, column.columnName());
  }

  private ColumnFacts read(ResultSet row, ColumnRef column, ExtractionLimits limits)
      throws SQLException {
    String nativeType = column.requireType(row.next(), row, 2);
    boolean array = row.getString("element_type") != null;
    String type = row.getString(array ? "element_type" : "base_type");
    ValueKind kind =
        "e".equals(row.getString(array ? "element_kind" : "base_kind"))
            ? ValueKind.ENUM
            : dialect.kindOf(type);
    boolean stored = row.getBoolean("stored");
    long pages = row.getLong("pages");
    long rows = !stored || row.getBoolean("uncounted") ? -1 : Math.round(row.getDouble("rows"));
    boolean byText = row.getBoolean("folding") || "citext".equals(type);
    boolean shortText =
        row.getInt("atttypmod") >= 0 && row.getInt("atttypmod") - 4 <= limits.maxValueLength();
    return new ColumnFacts(
        column,
        nativeType,
        kind,
        array,
        rows,
        stored ? pages : 0,
        stored && pages <= SMALL_PAGES,
        row.getBoolean("indexed") && !array,
        array ? -1 : distinct(row.getDouble("n_distinct"), rows),
        !stored || (row.getBoolean("toasted") && !shortText),
        byText,
        array ? List.of() : common(row, kind, limits),
        row.getLong("changed_rows"),
        null,
        new TableState(row.getString("sign"), row.getString("snapshot"), row.getLong("now")));
  }

  /** pg_stats counts values, or gives a negative share of the rows; 0 when it does not know. */
  private static long distinct(double nDistinct, long rows) {
    if (nDistinct >= 0) {
      return nDistinct == 0 ? -1 : Math.round(nDistinct);
    }
    return rows < 0 ? -1 : Math.round(-nDistinct * rows);
  }

  private static List<Share> common(ResultSet row, ValueKind kind, ExtractionLimits limits)
      throws SQLException {
    Array values = row.getArray("common");
    Array shares = row.getArray("shares");
    if (values == null || shares == null) {
      return List.of();
    }
    List<Share> common = new ArrayList<>();
    Float[] share = (Float[]) shares.getArray();
    String[] text = (String[]) values.getArray();
    for (int i = 0; i < text.length; i++) {
      String value = asCast(text[i], kind, row.getString("base_type"));
      if (!value.isBlank() && value.length() <= limits.maxValueLength()) {
        common.add(new Share(value, share[i]));
      }
    }
    return common;
  }

  /**
   * Statistics print a value as the type's output does, which a cast to text does not for these
   * two.
   */
  private static String asCast(String printed, ValueKind kind, String type) {
    if (kind == ValueKind.BOOLEAN) {
      return printed.equals("t") ? "true" : "false";
    }
    return "bpchar".equals(type) ? printed.stripTrailing() : printed;
  }

  @Override
  String rows(ColumnFacts facts, ExtractionStep step) {
    String table = table(facts) + " t";
    String elements =
        facts.array() ? " cross join lateral unnest(" + name(facts) + ") as u(e)" : "";
    return switch (step) {
      case ExtractionStep.Sample sample ->
          table + " tablesample system (" + percent(sample.units(), facts.units()) + ")" + elements;
      case ExtractionStep.Prefix prefix ->
          "(select "
              + value(facts, step)
              + " from "
              + table
              + elements
              + " limit "
              + prefix.rows()
              + ") "
              + (facts.array() ? "u" : "t");
      default -> table + elements;
    };
  }

  static String percent(long units, long all) {
    BigDecimal share =
        BigDecimal.valueOf(100L * units).divide(BigDecimal.valueOf(all), MathContext.DECIMAL64);
    return share.min(BigDecimal.valueOf(100)).toPlainString();
  }

  @Override
  String value(ColumnFacts facts, ExtractionStep step) {
    return facts.array() ? "u.e" : name(facts);
  }

  /** Rows of a group lie in one block when the first and the last do. */
  @Override
  String onePlace(ColumnFacts facts, ExtractionStep step) {
    if (!(step instanceof ExtractionStep.Sample sample)
        || sample.units() < ExtractionStrategy.SURE_UNITS) {
      return super.onePlace(facts, step);
    }
    return "case when count(*) = 1 then 1 when split_part(min(t.ctid)::text, ',', 1) ="
        + " split_part(max(t.ctid)::text, ',', 1) then 1 else 0 end";
  }

  @Override
  String notBlank(String text) {
    return "btrim(" + text + ", E' \\t\\n\\r\\f\\x0b') <> ''";
  }

  /** Five sums over the judged groups would judge each group five times. */
  @Override
  String fence() {
    return " offset 0";
  }

  @Override
  String key(ColumnFacts facts, String value) {
    return facts.byText() ? super.key(facts, value) + " collate \"C\"" : value;
  }

  @Override
  String skipScan(ColumnFacts facts, long probes) {
    String name = name(facts);
    String table = table(facts);
    return """
    with recursive walk(v) as (
      (select %1$s from %2$s t where %1$s is not null order by %1$s limit 1)
      union all
      select (select %1$s from %2$s t where %1$s > walk.v order by %1$s limit 1)
      from walk where walk.v is not null
    )
    select v from walk where v is not null limit %3$d\
    """
        .formatted(name, table, probes);
  }
}
