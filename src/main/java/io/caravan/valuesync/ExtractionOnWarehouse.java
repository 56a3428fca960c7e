package io.caravan.valuesync;

import io.caravan.source.Dialect;
import io.caravan.source.SourceType;
import io.caravan.source.ValueKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * SQL Server, Redshift, Snowflake, BigQuery and Databricks: scanning is what they are made for, so
 * a sample of blocks shows whether there are few values, and then all rows are grouped. The SQL
 * follows the vendors' references.
 */
final class ExtractionOnWarehouse extends ExtractionVendor {
  private static final long SMALL_ROWS = 100_000;

  /** Rows of a place, where the vendor does not say how big its blocks are. */
  private static final long PLACE_ROWS = 1_000;

  /** Databricks keeps no row counts in its catalogue: places are parts of the whole then. */
  private static final long PARTS = 10_000;

  ExtractionOnWarehouse(Dialect dialect) {
    super(dialect);
  }

  /**
   * One row if the table exists: the column's type or null, rows or null, whether it is a table (1)
   * and not a view (0). Parameters in the order of {@link #parameters}.
   */
  String factsSql(ColumnRef column) {
    String database = column.databaseName();
    return switch (dialect.type()) {
      case SQLSERVER ->
          """
          select ty.name, (select sum(p.row_count) from %1$s p
              where p.object_id = o.object_id and p.index_id in (0, 1)),
            case when o.type = 'U' then 1 else 0 end
          from %2$s o
            join %3$s s on s.schema_id = o.schema_id
            left join %4$s c on c.object_id = o.object_id and c.name = ?
            left join %5$s ty on ty.user_type_id = c.system_type_id
          where s.name = coalesce(?, schema_name()) and o.name = ? and o.type in ('U', 'V')\
          """
              .formatted(
                  dialect.qualified(database, "sys", "dm_db_partition_stats"),
                  dialect.qualified(database, "sys", "objects"),
                  dialect.qualified(database, "sys", "schemas"),
                  dialect.qualified(database, "sys", "columns"),
                  dialect.qualified(database, "sys", "types"));
      case REDSHIFT ->
          """
          select c.data_type, i.tbl_rows, case when t.table_type = 'TABLE' then 1 else 0 end
          from svv_tables t
            left join svv_columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
              and c.column_name = ?
            left join svv_table_info i on i.schema = t.table_schema and i."table" = t.table_name
          where t.table_schema = coalesce(?, current_schema()) and t.table_name = ?\
          """;
      case BIGQUERY ->
          """
          select c.data_type, t.row_count, case when t.type = 1 then 1 else 0 end
          from %s t
            left join %s c on c.table_name = t.table_id and c.column_name = ?
          where t.table_id = ?\
          """
              .formatted(
                  dialect.qualified(database, column.schemaName(), "__TABLES__"),
                  dialect.qualified(database, column.schemaName(), "INFORMATION_SCHEMA")
                      + ".COLUMNS");
      default ->
          """
          select c.%4$s, %3$s, case when t.table_type %5$s then 1 else 0 end
          from %1$s t
            left join %2$s c on c.table_schema = t.table_schema and c.table_name = t.table_name
              and c.column_name = ?
          where t.table_schema = coalesce(?, current_schema()) and t.table_name = ?\
          """
              .formatted(
                  dialect.qualified(database, schemaOfViews(), nameOfView("tables")),
                  dialect.qualified(database, schemaOfViews(), nameOfView("columns")),
                  snowflake() ? "t.row_count" : "cast(null as bigint)",
                  snowflake() ? "data_type" : "full_data_type",
                  snowflake() ? "= 'BASE TABLE'" : "in ('MANAGED', 'EXTERNAL')");
    };
  }

  private boolean snowflake() {
    return dialect.type() == SourceType.SNOWFLAKE;
  }

  private String schemaOfViews() {
    return nameOfView("information_schema");
  }

  private String nameOfView(String name) {
    return snowflake() ? name.toUpperCase(Locale.ROOT) : name;
  }

  private Object[] parameters(ColumnRef column) {
    // BigQuery's schema is a part of the name of the catalogue's tables.
    return dialect.type() == SourceType.BIGQUERY
        ? new Object[] {column.columnName(), column.tableName()}
        : new Object[] {column.columnName(), column.schemaName(), column.tableName()};
  }

  @Override
  ColumnFacts facts(
      ExtractionStatements statements, ColumnRef column, ExtractionLimits limits, TableState state)
      throws SQLException {
    return statements.query(factsSql(column), row -> read(row, column, state), parameters(column));
  }

  private ColumnFacts read(ResultSet row, ColumnRef column, TableState state) throws SQLException {
    String type = column.requireType(row.next(), row, 1);
    long rows = row.getLong(2);
    return facts(column, type, row.wasNull() ? -1 : rows, row.getInt(3) == 1, state);
  }

  ColumnFacts facts(ColumnRef column, String type, long rows, boolean table, TableState state) {
    String element = elementOf(type);
    ValueKind kind = dialect.kindOf(element == null ? type : element);
    boolean array = element != null || kind == ValueKind.ARRAY;
    boolean picked = table && dialect.type() != SourceType.REDSHIFT;
    return new ColumnFacts(
        column,
        type,
        array && element == null ? ValueKind.TEXT : kind,
        array,
        table ? rows : -1,
        !picked ? 0 : rows < 0 ? PARTS : rows / PLACE_ROWS,
        table && rows >= 0 && rows <= SMALL_ROWS,
        false,
        -1,
        kind == ValueKind.TEXT || array,
        kind == ValueKind.TEXT || array,
        List.of(),
        -1,
        null,
        state);
  }

  /** {@code array<string>} holds strings; what Snowflake's arrays hold is not said. */
  private static String elementOf(String type) {
    String name = type.toLowerCase(Locale.ROOT).strip();
    return name.startsWith("array<") && name.endsWith(">")
        ? name.substring(6, name.length() - 1)
        : null;
  }

  @Override
  String rows(ColumnFacts facts, ExtractionStep step) {
    String table = table(facts);
    return switch (step) {
      case ExtractionStep.Sample sample -> sampled(table, facts, sample) + elements(facts);
      case ExtractionStep.Prefix prefix -> first(table, facts, prefix);
      default -> table + " t" + elements(facts);
    };
  }

  private String first(String table, ColumnFacts facts, ExtractionStep.Prefix prefix) {
    String from = "select %s as e from %s t%s".formatted(element(facts), table, elements(facts));
    return "(" + dialect.limit(from, prefix.rows()) + ") f";
  }

  private String sampled(String table, ColumnFacts facts, ExtractionStep.Sample sample) {
    String percent = ExtractionOnPostgres.percent(sample.units(), facts.units());
    return switch (dialect.type()) {
      case SQLSERVER, BIGQUERY -> table + " t tablesample system (" + percent + " percent)";
      case SNOWFLAKE -> table + " t sample system (" + percent + ")";
      default -> table + " tablesample (" + percent + " percent) t";
    };
  }

  private String elements(ColumnFacts facts) {
    if (!facts.array()) {
      return "";
    }
    return switch (dialect.type()) {
      case SNOWFLAKE -> ", lateral flatten(input => " + name(facts) + ") u";
      case BIGQUERY -> ", unnest(" + name(facts) + ") as e";
      default -> " lateral view explode(" + name(facts) + ") u as e";
    };
  }

  private String element(ColumnFacts facts) {
    if (!facts.array()) {
      return name(facts);
    }
    return switch (dialect.type()) {
      case SNOWFLAKE -> "to_varchar(u.value)";
      case BIGQUERY -> "e";
      default -> "u.e";
    };
  }

  @Override
  String value(ColumnFacts facts, ExtractionStep step) {
    return step instanceof ExtractionStep.Prefix ? "f.e" : element(facts);
  }

  @Override
  String octets(String expression) {
    return switch (dialect.type()) {
      case SQLSERVER -> "datalength(" + expression + ")";
      case BIGQUERY -> "byte_length(" + expression + ")";
      default -> super.octets(expression);
    };
  }

  @Override
  String characters(String expression) {
    return switch (dialect.type()) {
      case SQLSERVER, REDSHIFT -> "len(" + expression + ")";
      case SNOWFLAKE, BIGQUERY -> "length(" + expression + ")";
      default -> super.characters(expression);
    };
  }
}
