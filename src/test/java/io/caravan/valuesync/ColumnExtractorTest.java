package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.TestDatabase;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.source.Dialect;
import io.caravan.source.SessionLimits;
import io.caravan.source.SourceSession;
import io.caravan.source.SourceType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The real thing on PostgreSQL; tables are a few thousand blocks so that no way is too small to be taken. */
class ColumnExtractorTest {
  private static PGSimpleDataSource database;
  private static Connection owner;
  private Connection connection;

  @BeforeAll
  static void createTables() throws SQLException {
    database = TestDatabase.empty();
    owner = database.getConnection();
    run(
        """
        create table big as select i as id, 'status ' || i % 20 as few, 'user ' || i as many,
          case when i % 1000 = 0 then 'rare ' || i % 7 end as mostly_null,
          'old ' || i / 20000 as sorted, case when i < 190000 then 'a' else 'late ' || i end as late,
          repeat('x', 60) as pad
        from generate_series(1, 200000) i
        """,
        "create table indexed as select id, few, many, mostly_null, pad from big",
        "create index on indexed (few)",
        "create index on indexed (many)",
        "create index on indexed (mostly_null)",
        "create table unanalysed with (autovacuum_enabled = false) as select * from big",
        "create view seen as select * from big",
        "create materialized view kept as select * from big",
        "create table parted (id int, few text) partition by range (id)",
        "create table parted_low partition of parted for values from (0) to (100000)",
        "create table parted_high partition of parted for values from (100000) to (300000)",
        "insert into parted select id, few || pad from big",
        "create table nothing (few text)",
        "analyze big",
        "analyze indexed",
        "analyze kept",
        "analyze parted");
  }

  @AfterAll
  static void close() throws SQLException {
    owner.close();
  }

  private static void run(String... statements) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = database.getConnection();
    try (Statement statement = connection.createStatement()) {
      for (String sql :
          Dialect.of(SourceType.POSTGRESQL)
              .sessionSetUp(new SessionLimits(Duration.ofSeconds(20), Duration.ofSeconds(5)))) {
        statement.execute(sql);
      }
    }
    connection.setAutoCommit(false);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private Extraction extract(String table, String column) {
    return extract(table, column, ExtractionLimits.DEFAULT);
  }

  private Extraction extract(String table, String column, ExtractionLimits limits) {
    return new ColumnExtractor()
        .extract(
            new SourceSession(SourceType.POSTGRESQL, connection),
            new ColumnRef(null, "public", table, column, null),
            limits,
            new StopSignal());
  }

  @ParameterizedTest
  @CsvSource({
    "big, few, EXACT",
    "unanalysed, few, EXACT",
    "seen, few, EXACT",
    "kept, few, EXACT",
    "indexed, few, SKIP_SCAN"
  })
  void findsAllOfFewValues(String table, String column, ExtractionWay way) {
    Extraction found = extract(table, column);
    assertThat(found.way()).isEqualTo(way);
    assertThat(found.complete()).isTrue();
    assertThat(found.totalDistinct()).isEqualTo(20);
    assertThat(found.values()).hasSize(20).allSatisfy(v -> assertThat(v.count()).isBetween(8_000L, 12_000L));
    assertThat(found.countsExact()).isEqualTo(way == ExtractionWay.EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "big, SAMPLE", "unanalysed, SAMPLE", "seen, PREFIX", "kept, SAMPLE", "indexed, SAMPLE"
  })
  void saysThatThereAreMoreValuesThanWanted(String table, ExtractionWay way) {
    Extraction found = extract(table, "many");
    assertThat(found.way()).isEqualTo(way);
    assertThat(found.complete()).isFalse();
    assertThat(found.values()).hasSize(1000).allMatch(v -> v.value().startsWith("user "));
    assertThat(found.totalDistinct()).isGreaterThan(1000);
  }

  @ParameterizedTest
  @CsvSource({"big, mostly_null, 7", "indexed, mostly_null, 7", "unanalysed, mostly_null, 7", "big, sorted, 11", "parted, few, 20"})
  void isNotMisledByWhereTheValuesLie(String table, String column, int expected) {
    Extraction found = extract(table, column);
    assertThat(found.values()).hasSize(expected);
    assertThat(found.complete()).isTrue();
  }

  @Test
  void findsNothingInAnEmptyTable() {
    assertThat(extract("nothing", "few").values()).isEmpty();
    assertThat(extract("nothing", "few").complete()).isTrue();
  }
}
