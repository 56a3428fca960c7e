package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.TestDatabase;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.source.Dialect;
import io.caravan.source.SourceSession;
import io.caravan.source.SourceType;
import io.caravan.source.TestMariaDb;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The statement on the servers that run here, and its text for the others. */
class SourceLookupQueryTest {
  private static final Map<SourceType, Connection> CONNECTIONS = new EnumMap<>(SourceType.class);

  @BeforeAll
  static void createTables() throws SQLException {
    CONNECTIONS.put(SourceType.POSTGRESQL, TestDatabase.empty().getConnection());
    CONNECTIONS.put(
        SourceType.MARIADB, DriverManager.getConnection(TestMariaDb.empty(), "root", ""));
    CONNECTIONS.put(SourceType.DUCKDB, DriverManager.getConnection("jdbc:duckdb:"));
    for (Connection connection : CONNECTIONS.values()) {
      run(
          connection,
          "create table kinds (number_value int, flag boolean, day date, odd varchar(3000))",
          """
          insert into kinds values (1234, true, date '2024-02-29', 'plain'), (1299, false, date '2024-03-01', 'Plain'),
            (1234, null, null, '100 %'), (5, null, null, '100 x'), (6, null, null, 'a_b'), (7, null, null, 'axb'),
            (8, null, null, 'o''x'), (9, null, null, '!y'), (10, null, null, '[z]'), (11, null, null, null),
            (12, null, null, ' '), (13, null, null, concat('pla', repeat('x', 2900)))\
          """);
    }
    run(
        CONNECTIONS.get(SourceType.POSTGRESQL),
        "insert into kinds (odd) values ('a\\b')",
        "create collation folding (provider = icu, locale = 'und-u-ks-level2', deterministic ="
            + " false)",
        "create type mood as enum ('glad', 'sad')",
        "create table more (folded text collate folding, feeling mood, tags text[], bytes bytea, \"odd \"\" %\" text)",
        "insert into more values ('Ab', 'glad', '{first,second,null}', '', 'here'), ('ab', 'sad', '{}', null, null)");
    run(CONNECTIONS.get(SourceType.MARIADB), "insert into kinds (odd) values ('a\\\\b')");
    run(
        CONNECTIONS.get(SourceType.DUCKDB),
        "insert into kinds (odd) values ('a\\b')",
        "create table lists as select ['first', 'second'] as tags");
  }

  @AfterAll
  static void close() throws SQLException {
    for (Connection connection : CONNECTIONS.values()) {
      connection.close();
    }
  }

  private static void run(Connection connection, String... sqls) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : sqls) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> find(
      SourceType type, String table, String column, String beginning, String... known) {
    SourceSession session = new SourceSession(type, CONNECTIONS.get(type));
    StopSignal stop = new StopSignal();
    return SourceLookupQuery.of(session, new ColumnRef(null, null, table, column, null), 1000, stop)
        .find(session, beginning, List.of(known), stop)
        .values();
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB", "DUCKDB"})
  void takesWildcardsAndQuotesAsData(SourceType type) {
    assertThat(find(type, "kinds", "odd", "100 %")).containsExactly("100 %");
    assertThat(find(type, "kinds", "odd", "A_")).containsExactly("a_b");
    assertThat(find(type, "kinds", "odd", "a\\")).containsExactly("a\\b");
    assertThat(find(type, "kinds", "odd", "o'")).containsExactly("o'x");
    assertThat(find(type, "kinds", "odd", "!y")).containsExactly("!y");
    assertThat(find(type, "kinds", "odd", "[z")).containsExactly("[z]");
    assertThat(find(type, "kinds", "odd", "!%")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB", "DUCKDB"})
  void findsTextsInAnyCaseButNoneTooLongOrKnown(SourceType type) {
    assertThat(find(type, "kinds", "odd", "PLA")).containsExactlyInAnyOrder("plain", "Plain");
    assertThat(find(type, "kinds", "odd", "pla", "plain", "o'x")).containsExactly("Plain");
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB", "DUCKDB"})
  void findsNumbersAndDatesByTheirText(SourceType type) {
    assertThat(find(type, "kinds", "number_value", "12"))
        .containsExactlyInAnyOrder("1234", "1299", "12");
    assertThat(find(type, "kinds", "number_value", "12", "1234", "12")).containsExactly("1299");
    assertThat(find(type, "kinds", "flag", "TR")).containsExactly("true");
    assertThat(find(type, "kinds", "day", "2024-02")).containsExactly("2024-02-29");
  }

  @Test
  void findsWhatElsePostgresqlHas() {
    SourceType type = SourceType.POSTGRESQL;
    assertThat(find(type, "more", "folded", "AB")).containsExactlyInAnyOrder("Ab", "ab");
    assertThat(find(type, "more", "feeling", "gl")).containsExactly("glad");
    assertThat(find(type, "more", "tags", "SEC", "first")).containsExactly("second");
    assertThat(find(type, "more", "odd \" %", "he")).containsExactly("here");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> find(type, "more", "bytes", "he"))
        .withMessageContaining("bytea")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  @Test
  void takesListsApartOnDuckDb() {
    assertThat(find(SourceType.DUCKDB, "lists", "tags", "sec")).containsExactly("second");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          SQLSERVER  | nvarchar | select top (100) cast(t.[c] as nvarchar(max)) collate Latin1_General_100_BIN2 as v from [d].[s].[t] t where datalength(t.[c]) <= 4000 and lower(cast(t.[c] as nvarchar(max)) collate Latin1_General_100_BIN2) like lower(?) escape '!' and len(cast(t.[c] as nvarchar(max)) collate Latin1_General_100_BIN2) <= 1000 and cast(t.[c] as nvarchar(max)) collate Latin1_General_100_BIN2 not in (?, ?)
          REDSHIFT   | varchar  | select t."c" as v from "d"."s"."t" t where octet_length(t."c") <= 4000 and lower(t."c") like lower(?) escape '!' and len(t."c") <= 1000 and t."c" not in (?, ?) limit 100
          SNOWFLAKE  | varchar  | select collate(to_varchar(t."c"), '') as v from "d"."s"."t" t where octet_length(t."c") <= 4000 and lower(collate(to_varchar(t."c"), '')) like lower(?) escape '!' and length(collate(to_varchar(t."c"), '')) <= 1000 and collate(to_varchar(t."c"), '') not in (?, ?) limit 100
          BIGQUERY   | string   | select collate(t.`c`, '') as v from `d`.`s`.`t` t where byte_length(t.`c`) <= 4000 and lower(collate(t.`c`, '')) like lower(?) and length(collate(t.`c`, '')) <= 1000 and collate(t.`c`, '') not in (?, ?) limit 100
          DATABRICKS | string   | select collate(cast(t.`c` as string), 'UTF8_BINARY') as v from `d`.`s`.`t` t where octet_length(t.`c`) <= 4000 and lower(collate(cast(t.`c` as string), 'UTF8_BINARY')) like lower(?) escape '!' and char_length(collate(cast(t.`c` as string), 'UTF8_BINARY')) <= 1000 and collate(cast(t.`c` as string), 'UTF8_BINARY') not in (?, ?) limit 100
          """)
  void asksInTheVendorsWords(SourceType type, String nativeType, String sql) {
    ExtractionOnWarehouse vendor = new ExtractionOnWarehouse(Dialect.of(type));
    ColumnFacts facts =
        vendor.facts(
            new ColumnRef("d", "s", "t", "c", null), nativeType, 9, true, TableState.UNKNOWN);

    assertThat(SourceLookupQuery.of(vendor, facts, ExtractionLimits.DEFAULT).sql(2)).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          POSTGRESQL | a%_![\\b | a!%!_!![\\b%
          MYSQL      | a%_![\\b | a!%!_!![\\b%
          SNOWFLAKE  | a%_![\\b | a!%!_!![\\b%
          DATABRICKS | a%_![\\b | a!%!_!![\\b%
          SQLSERVER  | a%_![\\b | a!%!_!!![\\b%
          BIGQUERY   | a%_![\\b | a\\%\\_![\\\\b%
          """)
  void escapesWhatTheVendorTakesForAWildcard(SourceType type, String beginning, String pattern) {
    assertThat(Dialect.of(type).patternOfBeginning(beginning)).isEqualTo(pattern);
  }
}
