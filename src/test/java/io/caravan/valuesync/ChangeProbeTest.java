package io.caravan.valuesync;

import static io.caravan.valuesync.TableChange.CHANGED;
import static io.caravan.valuesync.TableChange.LIKELY_UNCHANGED;
import static io.caravan.valuesync.TableChange.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.TestDatabase;
import io.caravan.failure.StopSignal;
import io.caravan.source.SourceSession;
import io.caravan.source.SourceType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class ChangeProbeTest {
  private static final ChangeProbe.Table TABLE = table("watched");
  private Connection reader;
  private Connection writer;

  private static ChangeProbe.Table table(String name) {
    return new ChangeProbe.Table(null, "public", name);
  }

  @BeforeEach
  void createTables() throws SQLException {
    PGSimpleDataSource database = TestDatabase.empty();
    reader = database.getConnection();
    writer = database.getConnection();
    write(
        "create table watched (v int)",
        "insert into watched values (1)",
        "create table other (v int)",
        "create view seen as select * from watched",
        "create table parted (v int) partition by list (v)",
        "create table parted_one partition of parted for values in (1)",
        "create table parted_two partition of parted for values in (2)");
  }

  @AfterEach
  void close() throws SQLException {
    reader.close();
    writer.close();
  }

  /** Counters are flushed at once, where a server would take up to ten seconds. */
  private void write(String... statements) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      statement.execute("select pg_stat_force_next_flush()");
    }
  }

  private Map<ChangeProbe.Table, TableState> read(String... tables) {
    List<ChangeProbe.Table> asked = List.of(tables).stream().map(ChangeProbeTest::table).toList();
    return new ChangeProbe()
        .read(new SourceSession(SourceType.POSTGRESQL, reader), asked, new StopSignal());
  }

  private TableState watched() {
    return read("watched").get(TABLE);
  }

  /**
   * A state read twice with no transaction between; the server's own autovacuum is one at times.
   */
  private TableState certain() {
    return await()
        .until(this::watched, state -> ChangeProbe.unchangedSince(state, watched()) == UNCHANGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into watched values (2)",
        "update watched set v = 3",
        "delete from watched",
        "truncate watched",
        "vacuum full watched"
      })
  void seesEveryKindOfChange(String change) throws SQLException {
    TableState old = watched();
    write(change);
    assertThat(ChangeProbe.unchangedSince(old, watched())).isEqualTo(CHANGED);
  }

  @Test
  void isOnlyCertainWhenNoTransactionRan() throws SQLException {
    TableState old = certain();
    write("insert into other values (1)");
    assertThat(ChangeProbe.unchangedSince(old, watched())).isEqualTo(LIKELY_UNCHANGED);
  }

  @Test
  void isNotCertainWhileATransactionFromBeforeCommitsLater() throws SQLException {
    writer.setAutoCommit(false);
    write("insert into other values (1)");
    TableState old = watched();
    writer.commit();
    assertThat(ChangeProbe.unchangedSince(old, watched())).isNotEqualTo(UNCHANGED);
    writer.setAutoCommit(true);
  }

  @Test
  void sumsOverPartitions() throws SQLException {
    TableState old = read("parted").get(table("parted"));
    write("insert into parted values (2)");
    assertThat(ChangeProbe.unchangedSince(old, read("parted").get(table("parted"))))
        .isEqualTo(CHANGED);
  }

  @Test
  void alwaysTakesAViewAndAMissingTableForChanged() {
    Map<ChangeProbe.Table, TableState> states = read("seen", "absent", "watched");
    assertThat(states).hasSize(3);
    assertThat(ChangeProbe.unchangedSince(states.get(table("seen")), states.get(table("seen"))))
        .isEqualTo(CHANGED);
    assertThat(ChangeProbe.unchangedSince(states.get(table("absent")), states.get(table("absent"))))
        .isEqualTo(CHANGED);
    assertThat(ChangeProbe.unchangedSince(states.get(TABLE), states.get(TABLE)))
        .isEqualTo(UNCHANGED);
    assertThat(ChangeProbe.unchangedSince(null, states.get(TABLE))).isEqualTo(CHANGED);
  }

  @ParameterizedTest
  @CsvSource({"a, 10999, false", "a, 11000, true", "b, 60000, false"})
  void countsALikelyAnswerOnlyAfterTheCountersHaveSettled(
      String sign, long after, boolean settled) {
    TableState first = new TableState("a", "1:2:", 0);
    assertThat(ChangeProbe.settled(first, new TableState(sign, "1:9:", after))).isEqualTo(settled);
  }

  @Test
  void keepsItsStateAsJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    TableState state = watched();
    assertThat(json.readValue(json.writeValueAsString(state), TableState.class)).isEqualTo(state);
  }
}
