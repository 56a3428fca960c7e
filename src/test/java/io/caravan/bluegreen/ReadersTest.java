package io.caravan.bluegreen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGStatement;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Readers while releases are published below them: whole rows of one release, always. */
@CaravanTest
class ReadersTest {
  private static final int TALENTS = 40;
  private static final int RUNS = 12;

  /** 500 with -Dreaders.releases=500, which takes some minutes. */
  private static final int RELEASES = Integer.getInteger("readers.releases", 60);

  private static final int SECONDS_BETWEEN_CURSORS = 6;
  private static final int THINKING_TIME = 20;
  private static final String JOINED =
      """
      select split_part(t.id, '-', 2), split_part(b.id, '-', 2), split_part(m.id, '-', 2)
        from green.portfolios_media_current m
        join green.boards_current b on true
        join green.talents_current t on t.bio = split_part(t.id, '-', 2)
       where split_part(m.id, '-', 1) = 'm' || substr(split_part(t.id, '-', 1), 2)
      """;

  @Autowired JdbcClient jdbc;
  @Autowired DataSource pool;
  private Api api;

  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger switches = new AtomicInteger();
  private volatile boolean over;

  @BeforeEach
  void beginWithoutReleases(@LocalServerPort int port) {
    api = new Api(port);
    forgetReleases();
  }

  @AfterEach
  void forgetReleases() {
    TestBlue.forgetReleases(jdbc);
  }

  @Test
  void manyReleasesAreNoticedByNoReader() throws Exception {
    IntStream.rangeClosed(1, 3).forEach(this::publish);

    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      readers.submit(reading(this::withServerPreparedStatement));
      readers.submit(reading(this::fromThePool));
      readers.submit(reading(this::viewByViewInATransaction));
      readers.submit(reading(this::throughACursorHeldOpen));
      try {
        publishAll();
      } finally {
        over = true;
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(seen).hasSize(RUNS);
    assertThat(reads.get()).isGreaterThan(RELEASES);
    assertThat(switches.get()).as("releases that one reader saw come").isGreaterThan(RELEASES / 5);
  }

  /**
   * A dump, or a report of many statements, works at one snapshot. Rows that were loaded after it
   * must not be missing from the tables that the views point at by then.
   */
  @Test
  void aReaderWhoseSnapshotIsOlderThanTheReleaseSeesItWhole() throws Exception {
    publish(1);
    try (Connection reader = TestSettings.database().getConnection()) {
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      reader.setAutoCommit(false);
      try (Statement statement = reader.createStatement()) {
        statement.execute("select txid_current_snapshot()");
        publish(2);

        check(statement.executeQuery(JOINED), TALENTS);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).containsExactly("e2");
  }

  private void publishAll() {
    int edition = 3;
    for (int published = edition; published < RELEASES; published++) {
      if (edition < RUNS && published >= edition * RELEASES / RUNS) {
        publish(++edition);
      } else {
        activateTheOldest();
      }
    }
  }

  private void publish(int edition) {
    TestBlue.edition(TestBlue.SERVER, TALENTS, "e" + edition);
    JsonNode run = api.run("bluegreen", "{}");
    assertThat(run.get("status").asText()).as(run.toString()).isEqualTo("succeeded");
  }

  private void activateTheOldest() {
    int oldest =
        jdbc.sql("select min(release) from bluegreen.release where status = 'kept'")
            .query(Integer.class)
            .single();
    Api.Answer answer =
        api.post("/api/v1/releases/%d/activate".formatted(oldest), "{\"reason\": \"test\"}");
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
  }

  private Callable<Void> reading(Callable<Void> reader) {
    return () -> {
      try {
        reader.call();
      } catch (SQLException | RuntimeException e) {
        wrong.add(e.toString());
      }
      return null;
    };
  }

  private Void withServerPreparedStatement() throws SQLException {
    try (Connection connection = TestSettings.database().getConnection();
        PreparedStatement statement = connection.prepareStatement(JOINED)) {
      String before = "";
      while (!over) {
        String now = check(statement.executeQuery(), TALENTS);
        if (!now.equals(before)) {
          switches.incrementAndGet();
          before = now;
        }
      }
      if (!statement.unwrap(PGStatement.class).isUseServerPrepare()) {
        wrong.add("the plan was never kept by the server");
      }
    }
    return null;
  }

  private Void fromThePool() throws SQLException {
    while (!over) {
      try (Connection connection = pool.getConnection();
          PreparedStatement statement =
              connection.prepareStatement(JOINED + " and t.talent_type = ?")) {
        statement.setString(1, "Model");
        check(statement.executeQuery(), TALENTS);
      }
    }
    return null;
  }

  private Void viewByViewInATransaction() throws SQLException, InterruptedException {
    try (Connection connection = TestSettings.database().getConnection()) {
      connection.setAutoCommit(false);
      while (!over) {
        List<String> editions = new ArrayList<>();
        for (String view : List.of("talents", "boards", "media_tags")) {
          try (Statement one = connection.createStatement();
              ResultSet rows =
                  one.executeQuery(
                      "select distinct split_part(id, '-', 2) from green.%s_current"
                          .formatted(view))) {
            while (rows.next()) {
              editions.add(rows.getString(1));
            }
          }
        }
        connection.commit();
        same(editions, 3);
        TimeUnit.MILLISECONDS.sleep(THINKING_TIME);
      }
    }
    return null;
  }

  private Void throughACursorHeldOpen() throws SQLException, InterruptedException {
    try (Connection connection = TestSettings.database().getConnection()) {
      connection.setAutoCommit(false);
      while (!over) {
        List<String> editions = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
          statement.setFetchSize(5);
          try (ResultSet rows = statement.executeQuery("select bio from green.talents_current")) {
            while (rows.next()) {
              editions.add(rows.getString(1));
              if (editions.size() == 10) {
                TimeUnit.MILLISECONDS.sleep(1_500);
              }
            }
          }
        }
        connection.commit();
        same(editions, TALENTS);
        for (int i = 0; i < SECONDS_BETWEEN_CURSORS * 10 && !over; i++) {
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
    }
    return null;
  }

  /**
   * @return the edition of the rows
   */
  private String check(ResultSet rows, int wanted) throws SQLException {
    List<String> editions = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        editions.addAll(List.of(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    same(editions, 3 * wanted);
    return editions.isEmpty() ? "" : editions.getFirst();
  }

  private void same(List<String> editions, int wanted) {
    reads.incrementAndGet();
    if (editions.size() != wanted || Set.copyOf(editions).size() != 1) {
      wrong.add(editions.size() + " of " + wanted + ": " + Set.copyOf(editions));
    }
    seen.addAll(editions);
  }
}
