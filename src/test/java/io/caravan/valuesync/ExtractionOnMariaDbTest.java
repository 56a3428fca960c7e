package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.source.SourceSession;
import io.caravan.source.SourceType;
import io.caravan.source.TestMariaDb;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionOnMariaDbTest {
  private static Connection connection;
  private static String shop;

  @BeforeAll
  static void createTables() throws Exception {
    String url = TestMariaDb.empty();
    shop = url.substring(url.lastIndexOf('/') + 1);
    connection = DriverManager.getConnection(url, "root", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table big (id int primary key, few varchar(40), many varchar(40), mostly_null varchar(20),
            sorted int, flag boolean, day date, folded varchar(20) collate utf8mb4_general_ci, odd text,
            key (sorted), key (folded))\
          """);
      statement.execute(
          """
          insert into big select seq, concat('status ', seq % 20), concat('user ', seq),
            case when seq % 1000 = 0 then concat('rare ', seq % 7) end, seq div 20000, seq % 2,
            date '2024-01-01' + interval (seq % 9) day, elt(1 + seq % 4, 'Ab', 'ab', 'éb', 'eb'),
            case when seq % 10 = 0 then '  ' when seq % 10 = 1 then repeat('x', 5000) else 'kept' end
          from seq_1_to_200000\
          """);
      statement.execute("create view seen as select * from big");
      statement.execute("create table `odd;``name` (`a``b;` varchar(10), packed json, bytes blob)");
      statement.execute(
          "insert into `odd;``name` values ('one', '{}', null), ('one', '{}', null), ('two', '{}',"
              + " null)");
      statement.execute("set session time_zone = '+00:00'");
    }
    connection.setAutoCommit(false);
  }

  @AfterAll
  static void close() throws Exception {
    connection.close();
  }

  private static Extraction extract(String table, String column) {
    return new ColumnExtractor()
        .extract(
            new SourceSession(SourceType.MARIADB, connection),
            new ColumnRef(null, shop, table, column, null),
            ExtractionLimits.DEFAULT,
            new StopSignal());
  }

  @ParameterizedTest
  @CsvSource({
    "big, few, 20, EXACT",
    "seen, few, 20, EXACT",
    "big, mostly_null, 7, EXACT",
    "big, sorted, 11, SKIP_SCAN",
    "big, flag, 2, EXACT",
    "big, day, 9, EXACT",
    "big, folded, 4, EXACT"
  })
  void findsAllOfFewValues(String table, String column, int expected, ExtractionWay way) {
    Extraction found = extract(table, column);
    assertThat(found.values()).hasSize(expected);
    assertThat(found.complete()).isTrue();
    assertThat(found.way()).isEqualTo(way);
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
  void tellsUpperCaseAndAccentsApart() {
    assertThat(extract("big", "folded").values())
        .extracting(ValueCount::value)
        .containsExactlyInAnyOrder("Ab", "ab", "éb", "eb");
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
    assertThat(found.values()).containsExactly(new ValueCount("kept", 160_000));
    assertThat(found.tooLong()).isEqualTo(20_000);
  }

  @Test
  void takesNamesForNamesAndNotForSql() {
    assertThat(extract("odd;`name", "a`b;").values())
        .containsExactly(new ValueCount("one", 2), new ValueCount("two", 1));
  }

  @Test
  void refusesBinaryColumnsAndColumnsThatDoNotExist() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> extract("odd;`name", "bytes"))
        .withMessageContaining("blob")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> extract("big", "absent"))
        .withMessageContaining("no column");
  }

  @Test
  void takesAFreshChangeForAChangeAndAnOldOneForNone() throws SQLException {
    ChangeProbe.Table table = new ChangeProbe.Table(null, shop, "probed");
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table probed (id int)");
      statement.execute("insert into probed values (1)");
      connection.commit();
      TableState fresh = read(table);
      assertThat(fresh.sign()).as("a change in the same second would not show").isNull();
      assertThat(ChangeProbe.unchangedSince(fresh, read(table))).isEqualTo(TableChange.CHANGED);
      // The server's clock is moved for this session instead of waiting.
      statement.execute("set session timestamp = unix_timestamp(now()) + 60");
      TableState old = read(table);
      assertThat(ChangeProbe.unchangedSince(old, read(table))).isEqualTo(TableChange.UNCHANGED);
      statement.execute("set session timestamp = default");
      connection.rollback();
    }
  }

  private static TableState read(ChangeProbe.Table table) {
    return new ChangeProbe()
        .read(new SourceSession(SourceType.MARIADB, connection), List.of(table), new StopSignal())
        .get(table);
  }
}
