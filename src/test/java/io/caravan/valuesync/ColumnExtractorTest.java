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

/**
 * The real thing on PostgreSQL; tables are a few thousand blocks so that no way is too small to be
 * taken.
 */
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
        "create type mood as enum ('glad', 'sad')",
        "create domain short_text as varchar(10)",
        "create collation folding (provider = icu, locale = 'und-u-ks-level2', deterministic ="
            + " false)",
        """
        create table kinds (number_value numeric, price double precision, flag boolean, day date,
          at timestamptz, feeling mood, id uuid, tags text[], dom short_text, padded char(8), folded text collate folding,
          packed jsonb, bytes bytea, doc xml, span int4range, odd text)
        """,
        """
        insert into kinds values
          (1.50, 0.1, true, '2024-02-29', '2024-01-01 00:30:00+14:00', 'glad', '00000000-0000-0000-0000-000000000001',
            '{a,b}', ' x ', 'pad', 'Ab', '{}', '', '<a/>', '[1,2)', '  '),
          (2, 0.2, false, '2024-03-01', '2024-01-02 00:00:00Z', 'sad', null,
            '{b,null,c}', ' x ', null, 'ab', null, null, null, null, repeat('long ', 500)),
          (1.50, null, null, null, null, null, null, '{}', 'y', null, null, null, null, null, null, E'\t')
        """,
        "create table \"a\"\"; drop table big; --\" (\"b\"\"; select 1\" text)",
        "insert into \"a\"\"; drop table big; --\" values ('still here')",
        "create table huge (note text)",
        "insert into huge select 'short ' || i % 3 from generate_series(1, 3000) i",
        "alter table huge alter note set storage external",
        "insert into huge values (repeat('x', 50000000))",
        "create index on kinds (folded)",
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
    assertThat(found.values())
        .hasSize(20)
        .allSatisfy(v -> assertThat(v.count()).isBetween(8_000L, 12_000L));
    assertThat(found.countsExact()).isEqualTo(way == ExtractionWay.EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "big, SAMPLE",
    "unanalysed, SAMPLE",
    "seen, PREFIX",
    "kept, SAMPLE",
    "indexed, SAMPLE"
  })
  void saysThatThereAreMoreValuesThanWanted(String table, ExtractionWay way) {
    Extraction found = extract(table, "many");
    assertThat(found.way()).isEqualTo(way);
    assertThat(found.complete()).isFalse();
    assertThat(found.values()).hasSize(1000).allMatch(v -> v.value().startsWith("user "));
    assertThat(found.totalDistinct()).isGreaterThan(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "big, mostly_null, 7",
    "indexed, mostly_null, 7",
    "unanalysed, mostly_null, 7",
    "big, sorted, 11",
    "parted, few, 20"
  })
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

  @ParameterizedTest
  @CsvSource({
    "number_value, '1.50,2'",
    "price, '0.1,0.2'",
    "flag, 'false,true'",
    "day, '2024-02-29,2024-03-01'",
    "at, '2023-12-31 10:30:00+00,2024-01-02 00:00:00+00'",
    "feeling, 'glad,sad'",
    "id, 00000000-0000-0000-0000-000000000001",
    "tags, 'b,a,c'",
    "dom, ' x ,y'",
    "padded, pad",
    "folded, 'Ab,ab'"
  })
  void writesEveryKindOfValueAsPeopleDo(String column, String values) {
    assertThat(extract("kinds", column).values())
        .extracting(ValueCount::value)
        .containsExactlyInAnyOrder(values.split(","));
  }

  @Test
  void ranksByFrequency() {
    assertThat(extract("kinds", "number_value").values())
        .containsExactly(new ValueCount("1.50", 2), new ValueCount("2", 1));
  }

  @Test
  void leavesBlankAndLongValuesOutAndCountsTheLongOnes() {
    Extraction found = extract("kinds", "odd");
    assertThat(found.values()).isEmpty();
    assertThat(found.complete()).isTrue();
    assertThat(found.tooLong()).isEqualTo(1);
  }

  @Test
  void doesNotReadAValueThatIsTooLongToKeep() throws SQLException {
    long before = toastBlocksRead();
    Extraction found = extract("huge", "note");
    assertThat(found.values()).hasSize(3);
    assertThat(found.tooLong()).isEqualTo(1);
    assertThat(found.totalDistinct()).isEqualTo(3);
    connection.rollback();
    assertThat(toastBlocksRead() - before)
        .as("blocks of the 6 100 that hold the value")
        .isLessThan(100);
  }

  @Test
  void leavesTheServerItsParallelWorkers() throws SQLException {
    String workers =
        "select parallel_workers_launched from pg_stat_database where datname = current_database()";
    long before = flushed(workers);
    assertThat(extract("big", "few").way()).isEqualTo(ExtractionWay.EXACT);
    connection.rollback();
    assertThat(flushed(workers)).isGreaterThan(before);
  }

  private long toastBlocksRead() throws SQLException {
    return flushed(
        "select toast_blks_read + toast_blks_hit from pg_statio_user_tables"
            + " where relname = 'huge'");
  }

  /** A counter of the server after this session has added what it did. */
  private long flushed(String counter) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_stat_force_next_flush()");
      connection.rollback();
      try (var row = statement.executeQuery(counter)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"packed, jsonb", "bytes, bytea", "doc, xml", "span, int4range"})
  void refusesTypesThatNobodySearches(String column, String type) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> extract("kinds", column))
        .withMessageContaining("public.kinds." + column)
        .withMessageContaining(type)
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  @ParameterizedTest
  @CsvSource({"absent, few", "big, absent"})
  void namesWhatDoesNotExist(String table, String column) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> extract(table, column))
        .withMessageContaining("public." + table + "." + column)
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  @Test
  void takesNamesForNamesAndNotForSql() {
    assertThat(extract("a\"; drop table big; --", "b\"; select 1").values())
        .containsExactly(new ValueCount("still here", 1));
  }

  @Test
  void countsExactlyInASmallTableThatHasMoreValuesThanWanted() {
    Extraction found = extract("huge", "note", new ExtractionLimits(2, 1000));
    assertThat(found.complete()).isFalse();
    assertThat(found.countsExact()).isTrue();
    assertThat(found.totalDistinct()).isEqualTo(3);
    assertThat(found.values()).hasSize(2);
  }

  @Test
  void stopsTheStatementOnTheServer() throws Exception {
    run("create view slow as select 'x'::text as few from pg_sleep(30)");
    StopSignal stop = new StopSignal();
    Failure reason = new Failure(FailureKind.CANCELLED, "Somebody asked to stop.");
    Thread stopper =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    awaitSleeping();
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                  stop.stop(reason);
                });
    long start = System.nanoTime();
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(
            () ->
                new ColumnExtractor()
                    .extract(
                        new SourceSession(SourceType.POSTGRESQL, connection),
                        new ColumnRef(null, "public", "slow", "few", null),
                        ExtractionLimits.DEFAULT,
                        stop))
        .isSameAs(reason);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    stopper.join();
    connection.rollback();
    assertThat(sleeping()).isFalse();
  }

  private static void awaitSleeping() throws SQLException {
    while (!sleeping()) {
      Thread.onSpinWait();
    }
  }

  private static boolean sleeping() throws SQLException {
    try (Statement statement = owner.createStatement();
        var rows =
            statement.executeQuery(
                "select 1 from pg_stat_activity where wait_event = 'PgSleep' and state ="
                    + " 'active'")) {
      return rows.next();
    }
  }

  @Test
  void hasTheStateOfTheTableFromBeforeItsValuesWereRead() throws SQLException {
    Extraction found = extract("big", "few");
    TableState now =
        new ChangeProbe()
            .read(
                new SourceSession(SourceType.POSTGRESQL, connection),
                List.of(new ChangeProbe.Table(null, "public", "big")),
                new StopSignal())
            .get(new ChangeProbe.Table(null, "public", "big"));
    assertThat(ChangeProbe.unchangedSince(found.tableState(), now))
        .isNotEqualTo(TableChange.CHANGED);
  }
}
