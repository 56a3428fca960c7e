package io.caravan.source;

import io.caravan.failure.StopSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that is done on a connection, and ends when it has to. */
@FunctionalInterface
interface StoppableStep<T> {
  T run() throws SQLException;

  /**
   * Does it. When {@code stop} fires and it has not ended after {@code grace}, its connection is
   * cut.
   */
  static <T> T run(Connection connection, StopSignal stop, Duration grace, StoppableStep<T> step)
      throws SQLException {
    CountDownLatch ended = new CountDownLatch(1);
    try (var registration =
        stop.onStop(() -> Thread.startVirtualThread(() -> cut(connection, grace, ended)))) {
      return step.run();
    } finally {
      ended.countDown();
    }
  }

  private static void cut(Connection connection, Duration grace, CountDownLatch ended) {
    try {
      if (!ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        connection.unwrap(Connection.class).abort(Runnable::run);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException | LinkageError e) {
      // Its socket time-out ends it then.
    }
  }
}
