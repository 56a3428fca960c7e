package io.caravan.valuesync;

import io.caravan.source.Dialect;
import io.caravan.source.ValueKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * DuckDB: grouping streams over all cores, but in our own memory, so the number of groups matters
 * here most. Places are vectors of 2048 rows.
 */
final class ExtractionOnDuckDb extends ExtractionVendor {
  private static final long VECTOR = 2048;
  private static final long SMALL_ROWS = 200_000;

  private static final String FACTS =
      """
      select c.data_type, t.estimated_size, t.table_oid is not null as stored
      from (select database_oid, schema_oid, table_oid as oid from duckdb_tables()
            where database_name = coalesce(?, current_database()) and schema_name = coalesce(?, current_schema())
              and table_name = ?
            union all
            select database_oid, schema_oid, view_oid from duckdb_views()
            where database_name = coalesce(?, current_database()) and schema_name = coalesce(?, current_schema())
              and view_name = ?) r
        left join duckdb_columns() c
          on c.database_oid = r.database_oid and c.schema_oid = r.schema_oid and c.table_oid = r.oid
            and c.column_name = ?
        left join duckdb_tables() t
          on t.database_oid = r.database_oid and t.schema_oid = r.schema_oid and t.table_oid = r.oid\
      """;

  ExtractionOnDuckDb(Dialect dialect) {
    super(dialect);
  }

  @Override
  ColumnFacts facts(
      ExtractionStatements statements, ColumnRef column, ExtractionLimits limits, TableState state)
      throws SQLException {
    String database = column.databaseName();
    String schema = column.schemaName();
    String table = column.tableName();
    return statements.query(
        FACTS,
        row -> read(row, column, state),
        database,
        schema,
        table,
        database,
        schema,
        table,
        column.columnName());
  }

  private ColumnFacts read(ResultSet row, ColumnRef column, TableState state) throws SQLException {
    String type = column.requireType(row.next(), row, 1);
    boolean array = type.endsWith("]");
    ValueKind kind = dialect.kindOf(array ? type.substring(0, type.lastIndexOf('[')) : type);
    boolean stored = row.getBoolean(3);
    long rows = stored ? row.getLong(2) : -1;
    return new ColumnFacts(
        column,
        type,
        kind,
        array,
        rows,
        stored ? rows / VECTOR : 0,
        stored && rows <= SMALL_ROWS,
        false,
        -1,
        type.toLowerCase(Locale.ROOT).startsWith("varchar"),
        false,
        List.of(),
        -1,
        null,
        state);
  }

  @Override
  String rows(ColumnFacts facts, ExtractionStep step) {
    String table = table(facts) + " t";
    String elements =
        facts.array() ? "(select unnest(" + name(facts) + ") as e from " + table : table;
    String end = facts.array() ? ") u" : "";
    return switch (step) {
      case ExtractionStep.Sample sample ->
          elements
              + " tablesample system("
              + ExtractionOnPostgres.percent(sample.units(), facts.units())
              + "%)"
              + end;
      case ExtractionStep.Prefix prefix when facts.array() ->
          elements + " limit " + prefix.rows() + end;
      case ExtractionStep.Prefix prefix ->
          "(select " + name(facts) + " from " + table + " limit " + prefix.rows() + ") t";
      default -> elements + end;
    };
  }

  @Override
  String value(ColumnFacts facts, ExtractionStep step) {
    return facts.array() ? "u.e" : name(facts);
  }

  @Override
  String onePlace(ColumnFacts facts, ExtractionStep step) {
    return facts.array() || !(step instanceof ExtractionStep.Sample)
        ? super.onePlace(facts, step)
        : "case when min(t.rowid) // 2048 = max(t.rowid) // 2048 then 1 else 0 end";
  }

  @Override
  String octets(String expression) {
    return "strlen(" + expression + ")";
  }

  @Override
  String characters(String expression) {
    return "length(" + expression + ")";
  }
}
