package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.source.Dialect;
import io.caravan.source.SourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares with the syntax in the vendors' references; no such server runs here. */
class ExtractionOnWarehouseTest {
  private static final ColumnRef COLUMN = new ColumnRef("d", "s", "t\"]`;", "c", null);

  private static ExtractionOnWarehouse on(SourceType type) {
    return new ExtractionOnWarehouse(Dialect.of(type));
  }

  private static String sql(SourceType type, String nativeType, ExtractionStep step) {
    ExtractionOnWarehouse vendor = on(type);
    return vendor.grouping(
        vendor.facts(COLUMN, nativeType, 10_000_000, true, TableState.UNKNOWN),
        step,
        ExtractionLimits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          SQLSERVER  | nvarchar | from [d].[s].[t"]]`;] t tablesample system (3.2 percent)
          SNOWFLAKE  | varchar  | from "d"."s"."t""]`;" t sample system (3.2)
          BIGQUERY   | string   | from `d`.`s`.`t"]\\`;` t tablesample system (3.2 percent)
          DATABRICKS | string   | from `d`.`s`.`t"]``;` tablesample (3.2 percent) t
          """)
  void picksBlocksInTheVendorsWords(SourceType type, String nativeType, String from) {
    assertThat(sql(type, nativeType, new ExtractionStep.Sample(320))).contains(from);
  }

  @ParameterizedTest
  @EnumSource(names = {"SNOWFLAKE", "BIGQUERY", "DATABRICKS", "REDSHIFT"})
  void cutsTheValuesWithLimit(SourceType type) {
    assertThat(
            sql(
                type,
                type == SourceType.BIGQUERY ? "string" : "varchar",
                new ExtractionStep.Exact(true)))
        .endsWith("order by case when usable = 1 then 0 else 1 end, n desc limit 1000")
        .contains("is not null");
  }

  @Test
  void cutsTheValuesWithTopOnSqlServer() {
    assertThat(sql(SourceType.SQLSERVER, "nvarchar", new ExtractionStep.Exact(true)))
        .startsWith("select top (1000) v, n")
        .contains("datalength(t.[c]) > 4000")
        .doesNotContain(" limit ");
  }

  @Test
  void takesTheFirstRowsWhereNoBlocksCanBePicked() {
    ExtractionOnWarehouse redshift = on(SourceType.REDSHIFT);
    ColumnFacts facts = redshift.facts(COLUMN, "varchar", 10_000_000, true, TableState.UNKNOWN);
    assertThat(ExtractionStrategy.first(facts, ExtractionLimits.DEFAULT))
        .isEqualTo(new ExtractionStep.Prefix(20_000));
    assertThat(
            redshift.grouping(facts, new ExtractionStep.Prefix(20_000), ExtractionLimits.DEFAULT))
        .contains("from (select t.\"c\" as e from \"d\".\"s\".\"t\"\"]`;\" t limit 20000) f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SNOWFLAKE  | array         | , lateral flatten(input => t."c") u
          BIGQUERY   | array<string> | , unnest(t.`c`) as e
          DATABRICKS | array<string> | lateral view explode(t.`c`) u as e
          """)
  void takesListsApart(SourceType type, String nativeType, String elements) {
    assertThat(sql(type, nativeType, new ExtractionStep.Exact(true))).contains(elements);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SQLSERVER  | from [d].[sys].[dm_db_partition_stats] p
          SNOWFLAKE  | from "d"."INFORMATION_SCHEMA"."TABLES" t
          BIGQUERY   | from `d`.`s`.`__TABLES__` t
          DATABRICKS | from `d`.`information_schema`.`tables` t
          REDSHIFT   | from svv_tables t
          """)
  void asksTheVendorsCatalogueForTypeAndSize(SourceType type, String from) {
    assertThat(on(type).factsSql(COLUMN)).contains(from).doesNotContain("t\"]`;");
  }

  @Test
  void asksSnowflakeAndBigQueryWhenATableLastChanged() {
    ChangeProbe.Table table = ChangeProbe.Table.of(COLUMN);
    assertThat(
            ChangeSql.snowflake(Dialect.of(SourceType.SNOWFLAKE), java.util.List.of(table, table)))
        .contains("to_varchar(last_altered)")
        .contains("from \"d\".\"INFORMATION_SCHEMA\".\"TABLES\"")
        .contains("union all");
    assertThat(ChangeSql.bigQuery(Dialect.of(SourceType.BIGQUERY), java.util.List.of(table)))
        .contains("last_modified_time")
        .contains("from `d`.`s`.`__TABLES__`");
  }
}
