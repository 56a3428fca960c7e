package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.source.SourceSession;
import io.caravan.source.SourceType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionOnDuckDbTest {
  private static Connection connection;

  @BeforeAll
  static void createTables() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("set threads = 2");
      statement.execute(
          """
          create table big as select i as id, 'status ' || i % 20 as few, 'user ' || i as many,
            case when i % 1000 = 0 then 'rare ' || i % 7 end as mostly_null, i // 50000 as sorted,
            [i % 3, i % 5] as list, i % 2 = 0 as flag, date '2024-01-01' + (i % 9)::int as day,
            case when i % 10 = 0 then '  ' when i % 10 = 1 then repeat('x', 2000) else 'kept ' || i % 3 end as odd
          from range(1000000) t(i)\
          """);
      statement.execute("create view seen as select * from big");
      statement.execute("create table \"odd;\"\"name\" (\"a\"\"b;\" varchar, blob_value blob)");
      statement.execute(
          "insert into \"odd;\"\"name\" values ('one', null), ('one', null), ('two', null)");
    }
    connection.setAutoCommit(false);
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  private static Extraction extract(String table, String column) {
    return new ColumnExtractor()
        .extract(
            new SourceSession(SourceType.DUCKDB, connection),
            new ColumnRef(null, null, table, column, null),
            ExtractionLimits.DEFAULT,
            new StopSignal());
  }

  @ParameterizedTest
  @CsvSource({
    "big, few, 20",
    "seen, few, 20",
    "big, mostly_null, 7",
    "big, sorted, 20",
    "big, flag, 2",
    "big, day, 9",
    "big, list, 5"
  })
  void findsAllOfFewValuesWithExactCounts(String table, String column, int expected) {
    Extraction found = extract(table, column);
    assertThat(found.values()).hasSize(expected);
    assertThat(found.complete()).isTrue();
    assertThat(found.countsExact()).isTrue();
    assertThat(found.tableState().sign()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"big, SAMPLE", "seen, PREFIX"})
  void saysThatThereAreMoreValuesThanWanted(String table, ExtractionWay way) {
    Extraction found = extract(table, "many");
    assertThat(found.way()).isEqualTo(way);
    assertThat(found.complete()).isFalse();
    assertThat(found.values()).hasSize(1000);
  }

  @Test
  void writesDatesAndBooleansAsPeopleDo() {
    assertThat(extract("big", "day").values()).extracting(ValueCount::value).contains("2024-01-09");
    assertThat(extract("big", "flag").values())
        .extracting(ValueCount::value)
        .contains("true", "false");
  }

  @Test
  void leavesBlankAndLongValuesOut() {
    Extraction found = extract("big", "odd");
    assertThat(found.values())
        .extracting(ValueCount::value)
        .containsOnly("kept 0", "kept 1", "kept 2");
    assertThat(found.tooLong()).isEqualTo(100_000);
  }

  @Test
  void takesNamesForNamesAndNotForSql() {
    assertThat(extract("odd;\"name", "a\"b;").values())
        .containsExactly(new ValueCount("one", 2), new ValueCount("two", 1));
  }

  @Test
  void stopsARunningQuery() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create view endless as
          select max(a.range * b.range)::varchar as few from range(10000000) a, range(10000000) b\
          """);
    }
    StopSignal stop = new StopSignal();
    Failure reason = new Failure(FailureKind.TIMEOUT, "It took too long.");
    CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(() -> stop.stop(reason));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(
            () ->
                new ColumnExtractor()
                    .extract(
                        new SourceSession(SourceType.DUCKDB, connection),
                        new ColumnRef(null, null, "endless", "few", null),
                        ExtractionLimits.DEFAULT,
                        stop))
        .isSameAs(reason);
    connection.rollback();
  }

  @Test
  void refusesBinaryColumnsAndColumnsThatDoNotExist() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> extract("odd;\"name", "blob_value"))
        .withMessageContaining("BLOB")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> extract("big", "absent"))
        .withMessageContaining("no column")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> extract("absent", "few"))
        .withMessageContaining("does not exist");
  }
}
