package io.caravan.valuesync;

import io.caravan.source.Dialect;
import io.caravan.source.SourceSession;
import io.caravan.source.ValueKind;
import java.sql.SQLException;

/**
 * What one vendor's database can do to find the values of a column, as SQL. {@link
 * ExtractionStrategy} decides which of it is done. Stateless.
 */
abstract class ExtractionVendor {
  final Dialect dialect;

  ExtractionVendor(Dialect dialect) {
    this.dialect = dialect;
  }

  static ExtractionVendor of(SourceSession session) {
    Dialect dialect = Dialect.of(session.type());
    return switch (session.type()) {
      case POSTGRESQL -> new ExtractionOnPostgres(dialect);
      case MYSQL, MARIADB -> new ExtractionOnMysql(dialect);
      case DUCKDB -> new ExtractionOnDuckDb(dialect);
      case SQLSERVER, REDSHIFT, SNOWFLAKE, BIGQUERY, DATABRICKS ->
          new ExtractionOnWarehouse(dialect);
    };
  }

  /**
   * Asks the catalogue, with one query where possible.
   *
   * @param state the table's state when it is known already; else null, and the vendor reads it
   *     here
   */
  abstract ColumnFacts facts(
      ExtractionStatements statements, ColumnRef column, ExtractionLimits limits, TableState state)
      throws SQLException;

  /** How many separate places the rows of this sample come from. */
  long places(ExtractionStep.Sample sample) {
    return sample.units();
  }

  /**
   * The rows of a step as they stand after FROM; {@link #value} and {@link #onePlace} are used
   * inside.
   */
  abstract String rows(ColumnFacts facts, ExtractionStep step);

  /** One value, as an expression over {@link #rows}. */
  abstract String value(ColumnFacts facts, ExtractionStep step);

  /** An aggregate over {@link #rows}: 1 when all rows of the group lie in one place, else 0. */
  String onePlace(ColumnFacts facts, ExtractionStep step) {
    return "case when count(*) = 1 then 1 else 0 end";
  }

  /** How many bytes the value has, without reading the value itself where the vendor can. */
  String octets(String expression) {
    return "octet_length(" + expression + ")";
  }

  String characters(String expression) {
    return "char_length(" + expression + ")";
  }

  /** A condition: the text has a character that is not blank. */
  String notBlank(String text) {
    return "trim(" + text + ") <> ''";
  }

  /**
   * Stands at the end of an inner query whose expressions the optimizer shall not repeat further
   * out.
   */
  String fence() {
    return "";
  }

  /**
   * What rows are grouped by: the value itself where equal values are the same text, else its text.
   */
  String key(ColumnFacts facts, String value) {
    return facts.byText() ? dialect.asText(value, facts.kind()) : value;
  }

  /**
   * Values of an index in order: one column {@code v} of values not null, at most {@code probes}
   * rows. As it stands the vendor's optimizer has to choose a loose index scan, or a stream along
   * the index that stops at the last one wanted.
   */
  String skipScan(ColumnFacts facts, long probes) {
    return dialect.limit(
        "select distinct %1$s as v from %2$s t where %1$s is not null"
            .formatted(name(facts), table(facts)),
        probes);
  }

  /** {@link #skipScan} with the values as text: columns v and usable. */
  final String probing(ColumnFacts facts, ExtractionLimits limits, long probes) {
    return "select %s as v, %s as usable from (%s) walked"
        .formatted(
            dialect.asText("v", facts.kind()), usable(facts, limits), skipScan(facts, probes));
  }

  /** The grouping statement of a step; its rows are read by {@link SampleReader}. */
  final String grouping(ColumnFacts facts, ExtractionStep step, ExtractionLimits limits) {
    String value = value(facts, step);
    String key = key(facts, value);
    boolean guarded = facts.mayBeLong() && facts.kind() == ValueKind.TEXT;
    String tooLong = octets(value) + " > " + limits.maxOctets();
    String grouped =
        """
        select %s as v, count(*) as n, %s as l, %s as o
        from %s%s
        group by %s\
        """
            .formatted(
                guarded ? "case when " + tooLong + " then null else " + key + " end" : key,
                guarded ? "sum(case when " + tooLong + " then 1 else 0 end)" : "0",
                step instanceof ExtractionStep.Exact ? "0" : onePlace(facts, step),
                rows(facts, step),
                step instanceof ExtractionStep.Exact exact && exact.skipNulls()
                    ? " where " + value + " is not null"
                    : "",
                guarded ? "case when " + tooLong + " then null else " + key + " end" : key);
    String judged =
        """
        select %s as v, n, l, o, %s as usable
        from (
        %s) grouped%s\
        """
            .formatted(
                facts.byText() ? "v" : dialect.asText("v", facts.kind()),
                usable(facts, limits),
                grouped,
                fence());
    String summed =
        """
        select v, n, usable,
          sum(case when usable = 1 then 1 else 0 end) over () as d,
          sum(n) over () as r,
          sum(case when usable = 1 then n else 0 end) over () as u,
          sum(case when usable = 1 and o = 1 then n else 0 end) over () as s,
          sum(l + case when usable = 2 then n else 0 end) over () as t
        from (
        %s) judged\
        """
            .formatted(judged);
    return dialect.limit(
        "select v, n, usable, d, r, u, s, t\nfrom (\n"
            + summed
            + ") summed\norder by case when usable = 1 then 0 else 1 end, n desc",
        limits.maxValues());
  }

  /**
   * 1 for a value to keep, 2 for one too long, 0 for null and blank. Judged on groups, so it costs
   * nothing.
   */
  private String usable(ColumnFacts facts, ExtractionLimits limits) {
    if (facts.kind() != ValueKind.TEXT && facts.kind() != ValueKind.ENUM) {
      return "case when v is null then 0 else 1 end";
    }
    String text = facts.byText() ? "v" : dialect.asText("v", facts.kind());
    return "case when v is null then 0 when %s > %d then 2 when %s then 1 else 0 end"
        .formatted(characters(text), limits.maxValueLength(), notBlank(text));
  }

  final String table(ColumnFacts facts) {
    return dialect.qualified(
        facts.column().databaseName(), facts.column().schemaName(), facts.column().tableName());
  }

  final String name(ColumnFacts facts) {
    return "t." + dialect.quote(facts.column().columnName());
  }
}
