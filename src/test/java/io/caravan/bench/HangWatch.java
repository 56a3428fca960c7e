package io.caravan.bench;

import io.caravan.run.Run;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks every few milliseconds whether the statement over {@code hangs} still runs; all times are
 * the server's.
 */
final class HangWatch implements AutoCloseable {
  private static final String LOOK =
      """
      select clock_timestamp() from pg_stat_activity
       where datname = 'source' and state = 'active' and query like '%hangs%' and wait_event = 'PgSleep'
      """;

  private final Connection looks;
  private final Connection ledger;
  private final Thread thread;
  private final List<Long> gone = new ArrayList<>();
  private volatile OffsetDateTime lastSeen;

  HangWatch(EmbeddedPostgres server) throws SQLException {
    looks = server.getPostgresDatabase().getConnection();
    ledger = server.getDatabase("postgres", "hanging").getConnection();
    thread = Thread.ofVirtual().start(this::look);
  }

  private void look() {
    try (Statement statement = looks.createStatement()) {
      while (true) {
        try (ResultSet row = statement.executeQuery(LOOK)) {
          if (row.next()) {
            lastSeen = row.getObject(1, OffsetDateTime.class);
          }
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (SQLException | InterruptedException e) {
      // Closed: nobody looks any more.
    }
  }

  /** The run is over; how long after the limit of 2 s was its statement seen last? */
  void note(Run run) throws SQLException {
    try (Statement statement = ledger.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select started_at + interval '2 s', error_kind from caravan.run_item
                 where run_id = '%s' and state = 'failed'\
                """
                    .formatted(run.id()))) {
      row.next();
      OffsetDateTime limit = row.getObject(1, OffsetDateTime.class);
      if (!"TIMEOUT".equals(row.getString(2)) || lastSeen.isBefore(limit.minusSeconds(1))) {
        throw new IllegalStateException("Nothing hung: " + row.getString(2));
      }
      gone.add(Duration.between(limit, lastSeen).toMillis());
    }
  }

  List<Long> gone() {
    return gone;
  }

  @Override
  public void close() throws SQLException {
    thread.interrupt();
    looks.close();
    ledger.close();
  }
}
