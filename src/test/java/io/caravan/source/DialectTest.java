package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The vendors' documented syntax, as tables of cases. */
class DialectTest {
  private static final SessionLimits LIMITS =
      new SessionLimits(Duration.ofSeconds(300), Duration.ofSeconds(5));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          POSTGRESQL | a"b   | "a""b"
          REDSHIFT   | a"b   | "a""b"
          SNOWFLAKE  | a"b   | "a""b"
          DUCKDB     | a"b   | "a""b"
          MYSQL      | a`b   | `a``b`
          MARIADB    | a`b   | `a``b`
          DATABRICKS | a`b   | `a``b`
          SQLSERVER  | a]b[  | [a]]b[]
          BIGQUERY   | a`b\\c | `a\\`b\\\\c`
          MYSQL      | a"b   | `a"b`
          SQLSERVER  | x; --  | [x; --]
          SNOWFLAKE  | lower | "lower"
          """)
  void quotesAnIdentifier(SourceType type, String name, String quoted) {
    assertThat(Dialect.of(type).quote(name)).isEqualTo(quoted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "null",
      textBlock =
          """
          POSTGRESQL | d    | s    | "d"."s"."t"
          POSTGRESQL | null | s    | "s"."t"
          POSTGRESQL | null | null | "t"
          REDSHIFT   | d    | s    | "d"."s"."t"
          SNOWFLAKE  | d    | s    | "d"."s"."t"
          SNOWFLAKE  | d    | null | "d".."t"
          DUCKDB     | d    | s    | "d"."s"."t"
          MYSQL      | d    | s    | `s`.`t`
          MYSQL      | d    | null | `d`.`t`
          MARIADB    | def  | s    | `s`.`t`
          MARIADB    | s    | def  | `s`.`t`
          SQLSERVER  | d    | s    | [d].[s].[t]
          SQLSERVER  | d    | null | [d]..[t]
          SQLSERVER  | null | s    | [s].[t]
          BIGQUERY   | d    | s    | `d`.`s`.`t`
          BIGQUERY   | null | s    | `s`.`t`
          DATABRICKS | d    | s    | `d`.`s`.`t`
          """)
  void namesATableWithThePartsTheVendorTakes(
      SourceType type, String database, String schema, String from) {
    assertThat(Dialect.of(type).qualified(database, schema, "t")).isEqualTo(from);
  }

  @ParameterizedTest
  @EnumSource
  void cutsToTheFirstRows(SourceType type) {
    Dialect dialect = Dialect.of(type);

    if (type == SourceType.SQLSERVER) {
      assertThat(dialect.limit("select a from t order by a", 5))
          .isEqualTo("select top (5) a from t order by a");
      assertThat(dialect.limit("SELECT DISTINCT a from t", 5))
          .isEqualTo("SELECT DISTINCT top (5) a from t");
      assertThatThrownBy(() -> dialect.limit("with x as (select 1) select * from x", 5))
          .isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(dialect.limit("select a from t", 5)).isEqualTo("select a from t limit 5");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL,63",
    "REDSHIFT,127",
    "MYSQL,64",
    "MARIADB,64",
    "SQLSERVER,128",
    "SNOWFLAKE,255",
    "DATABRICKS,255"
  })
  void refusesANameThatTheVendorWouldCut(SourceType type, int longest) {
    Dialect dialect = Dialect.of(type);

    assertThat(dialect.quote("x".repeat(longest))).hasSize(longest + 2);
    assertThatThrownBy(() -> dialect.quote("x".repeat(longest + 1)))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  @Test
  void countsBytesWhereTheVendorCountsBytes() {
    assertThatThrownBy(() -> Dialect.of(SourceType.POSTGRESQL).quote("ä".repeat(32)))
        .isInstanceOf(Failure.class);
    assertThat(Dialect.of(SourceType.MYSQL).quote("ä".repeat(64))).hasSize(66);
  }

  @ParameterizedTest
  @EnumSource
  void refusesEmptyNamesAndNulCharacters(SourceType type) {
    for (String name : Arrays.asList("", null, "a\0b")) {
      assertThatThrownBy(() -> Dialect.of(type).quote(name)).isInstanceOf(Failure.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasATextForEveryKindThatCanBeSearched(SourceType type) {
    for (ValueKind kind : EnumSet.complementOf(EnumSet.of(ValueKind.UNSEARCHABLE))) {
      assertThat(Dialect.of(type).asText("c", kind)).contains("c").doesNotContain("%");
    }
    assertThatThrownBy(() -> Dialect.of(type).asText("c", ValueKind.UNSEARCHABLE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          POSTGRESQL | character varying(20)          | TEXT
          POSTGRESQL | bpchar                         | TEXT
          POSTGRESQL | "char"                         | TEXT
          POSTGRESQL | citext                         | TEXT
          POSTGRESQL | inet                           | TEXT
          POSTGRESQL | int4                           | NUMBER
          POSTGRESQL | numeric(10,2)                  | NUMBER
          POSTGRESQL | double precision               | NUMBER
          POSTGRESQL | timestamp(3) without time zone | TIMESTAMP
          POSTGRESQL | timestamptz                    | TIMESTAMP
          POSTGRESQL | time with time zone            | TIME
          POSTGRESQL | interval                       | TIME
          POSTGRESQL | interval day to second(3)      | TIME
          POSTGRESQL | bool                           | BOOLEAN
          POSTGRESQL | uuid                           | UUID
          POSTGRESQL | text[]                         | ARRAY
          POSTGRESQL | character varying(20)[]        | ARRAY
          POSTGRESQL | _int4                          | ARRAY
          POSTGRESQL | jsonb[]                        | UNSEARCHABLE
          POSTGRESQL | jsonb                          | UNSEARCHABLE
          POSTGRESQL | bytea                          | UNSEARCHABLE
          POSTGRESQL | xml                            | UNSEARCHABLE
          POSTGRESQL | tsvector                       | UNSEARCHABLE
          POSTGRESQL | geometry(Point,4326)           | UNSEARCHABLE
          POSTGRESQL | vector(3)                      | UNSEARCHABLE
          POSTGRESQL | int4range                      | UNSEARCHABLE
          REDSHIFT   | character varying(256)         | TEXT
          REDSHIFT   | super                          | UNSEARCHABLE
          REDSHIFT   | varbyte(10)                    | UNSEARCHABLE
          REDSHIFT   | hllsketch                      | UNSEARCHABLE
          REDSHIFT   | double precision               | NUMBER
          MYSQL      | varchar(20)                    | TEXT
          MYSQL      | int(10) unsigned zerofill      | NUMBER
          MYSQL      | BIGINT UNSIGNED                | NUMBER
          MYSQL      | decimal(10,2)                  | NUMBER
          MYSQL      | tinyint(1)                     | BOOLEAN
          MYSQL      | tinyint(4)                     | NUMBER
          MYSQL      | bit(1)                         | BOOLEAN
          MYSQL      | bit(8)                         | UNSEARCHABLE
          MYSQL      | enum('a','b) unsigned (')      | ENUM
          MYSQL      | set('x','y')                   | TEXT
          MYSQL      | datetime(6)                    | TIMESTAMP
          MYSQL      | year(4)                        | NUMBER
          MYSQL      | json                           | UNSEARCHABLE
          MYSQL      | varbinary(16)                  | UNSEARCHABLE
          MYSQL      | longblob                       | UNSEARCHABLE
          MYSQL      | point                          | UNSEARCHABLE
          MARIADB    | uuid                           | UUID
          MARIADB    | inet6                          | TEXT
          MARIADB    | vector(3)                      | UNSEARCHABLE
          SQLSERVER  | nvarchar(max)                  | TEXT
          SQLSERVER  | money                          | NUMBER
          SQLSERVER  | bit                            | BOOLEAN
          SQLSERVER  | datetimeoffset(7)              | TIMESTAMP
          SQLSERVER  | timestamp                      | UNSEARCHABLE
          SQLSERVER  | rowversion                     | UNSEARCHABLE
          SQLSERVER  | uniqueidentifier               | UUID
          SQLSERVER  | hierarchyid                    | UNSEARCHABLE
          SQLSERVER  | sql_variant                    | UNSEARCHABLE
          SNOWFLAKE  | VARCHAR(16777216)              | TEXT
          SNOWFLAKE  | NUMBER(38,0)                   | NUMBER
          SNOWFLAKE  | TIMESTAMP_NTZ(9)               | TIMESTAMP
          SNOWFLAKE  | TIMESTAMP_LTZ                  | TIMESTAMP
          SNOWFLAKE  | ARRAY                          | ARRAY
          SNOWFLAKE  | VARIANT                        | UNSEARCHABLE
          SNOWFLAKE  | OBJECT                         | UNSEARCHABLE
          SNOWFLAKE  | GEOGRAPHY                      | UNSEARCHABLE
          SNOWFLAKE  | VECTOR(FLOAT, 256)             | UNSEARCHABLE
          SNOWFLAKE  | BINARY                         | UNSEARCHABLE
          BIGQUERY   | STRING(10)                     | TEXT
          BIGQUERY   | INT64                          | NUMBER
          BIGQUERY   | BIGNUMERIC(40, 2)              | NUMBER
          BIGQUERY   | BOOL                           | BOOLEAN
          BIGQUERY   | DATETIME                       | TIMESTAMP
          BIGQUERY   | ARRAY<STRING>                  | ARRAY
          BIGQUERY   | ARRAY<STRUCT<a INT64>>         | UNSEARCHABLE
          BIGQUERY   | STRUCT<a STRING>               | UNSEARCHABLE
          BIGQUERY   | BYTES                          | UNSEARCHABLE
          BIGQUERY   | GEOGRAPHY                      | UNSEARCHABLE
          BIGQUERY   | JSON                           | UNSEARCHABLE
          BIGQUERY   | RANGE<DATE>                    | UNSEARCHABLE
          DATABRICKS | string                         | TEXT
          DATABRICKS | decimal(10,0)                  | NUMBER
          DATABRICKS | timestamp_ntz                  | TIMESTAMP
          DATABRICKS | array<int>                     | ARRAY
          DATABRICKS | array<decimal(10,2)>           | ARRAY
          DATABRICKS | map<string,int>                | UNSEARCHABLE
          DATABRICKS | variant                        | UNSEARCHABLE
          DATABRICKS | binary                         | UNSEARCHABLE
          DUCKDB     | VARCHAR                        | TEXT
          DUCKDB     | HUGEINT                        | NUMBER
          DUCKDB     | DECIMAL(18,3)                  | NUMBER
          DUCKDB     | TIMESTAMP WITH TIME ZONE       | TIMESTAMP
          DUCKDB     | TIMESTAMP_NS                   | TIMESTAMP
          DUCKDB     | ENUM('a', 'b')                 | ENUM
          DUCKDB     | VARCHAR[]                      | ARRAY
          DUCKDB     | INTEGER[3]                     | ARRAY
          DUCKDB     | STRUCT(a INTEGER)[]            | UNSEARCHABLE
          DUCKDB     | STRUCT(a INTEGER)              | UNSEARCHABLE
          DUCKDB     | MAP(VARCHAR, INTEGER)          | UNSEARCHABLE
          DUCKDB     | BLOB                           | UNSEARCHABLE
          DUCKDB     | BIT                            | UNSEARCHABLE
          """)
  void knowsTheVendorsTypes(SourceType type, String nativeType, ValueKind kind) {
    assertThat(Dialect.of(type).kindOf(nativeType)).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource
  void takesAnUnknownTypeForUnsearchable(SourceType type) {
    assertThat(Dialect.of(type).kindOf("frobnicator")).isEqualTo(ValueKind.UNSEARCHABLE);
    assertThat(Dialect.of(type).kindOf(null)).isEqualTo(ValueKind.UNSEARCHABLE);
    assertThat(Dialect.of(type).kindOf("")).isEqualTo(ValueKind.UNSEARCHABLE);
  }

  @ParameterizedTest
  @EnumSource
  void isOnePerTypeAndNamesItsDriver(SourceType type) {
    Dialect dialect = Dialect.of(type);

    assertThat(dialect.type()).isEqualTo(type);
    assertThat(dialect.driverCoordinates()).matches("[a-z.]+:[a-z0-9_-]+");
    assertThat(dialect.probe()).isEqualTo("select 1");
  }

  @Test
  void aSessionHasItsLimitsInTheVendorsUnits() {
    assertThat(Dialect.of(SourceType.POSTGRESQL).sessionSetUp(LIMITS))
        .singleElement()
        .asString()
        .contains("set statement_timeout = 300000;", "set lock_timeout = 5000;");
    assertThat(Dialect.of(SourceType.MYSQL).sessionSetUp(LIMITS).getLast())
        .contains(
            "/*!50708 , max_execution_time = 300000 */", "/*M! , max_statement_time = 300 */");
    assertThat(Dialect.of(SourceType.SNOWFLAKE).sessionSetUp(LIMITS))
        .contains("alter session set statement_timeout_in_seconds = 300");
    assertThat(Dialect.of(SourceType.DATABRICKS).sessionSetUp(LIMITS))
        .isEqualTo(List.of("set time zone 'UTC'", "set statement_timeout = 300"));
    assertThat(Dialect.of(SourceType.SQLSERVER).sessionSetUp(LIMITS))
        .contains("set lock_timeout 5000");
  }

  @Test
  void onlyTheTwoWarehousesWithoutTransactionsCommitByThemselves() {
    Set<SourceType> without = EnumSet.noneOf(SourceType.class);
    for (SourceType type : SourceType.values()) {
      if (!Dialect.of(type).transactional()) {
        without.add(type);
      }
    }
    assertThat(without).containsExactly(SourceType.BIGQUERY, SourceType.DATABRICKS);
  }
}
