package io.caravan.source;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.commons.dbcp2.DataSourceConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * The connections to one data source. Whoever asks for one while fewer than allowed are open makes
 * it, so that several are made at once and why one cannot be made is told to who asked, at once.
 */
final class SourcePool implements AutoCloseable {
  // A round trip to a source far away is saved for a connection that just worked.
  private static final Duration TRUSTED = Duration.ofSeconds(5);

  private final Login login;
  private final Duration connectTimeout;
  private final GenericObjectPool<PoolableConnection> connections;

  SourcePool(Login login, Drivers drivers, SourceProperties settings) {
    this.login = login;
    this.connectTimeout = settings.connectTimeout();
    PoolableConnectionFactory factory = factory(new SessionSource(login, drivers, settings));
    factory.setValidationQueryTimeout(settings.connectTimeout());
    factory.setFastFailValidation(true);
    // The session's set-up decides; and DBCP leaves transactions of read-only sessions open.
    factory.setAutoCommitOnReturn(false);
    factory.setRollbackOnReturn(false);
    connections = new GenericObjectPool<>(factory);
    factory.setPool(connections);
    connections.setMaxTotal(settings.connectionsPerSource());
    connections.setMaxIdle(settings.connectionsPerSource());
    connections.setMaxWait(settings.connectTimeout());
    connections.setTestOnBorrow(true);
    connections.setMinEvictableIdleDuration(settings.idleTimeout());
    connections.setDurationBetweenEvictionRuns(settings.idleTimeout().dividedBy(5));
  }

  private static PoolableConnectionFactory factory(SessionSource source) {
    return new PoolableConnectionFactory(new DataSourceConnectionFactory(source), null) {
      @Override
      public boolean validateObject(PooledObject<PoolableConnection> pooled) {
        Duration idle = Duration.between(pooled.getLastReturnInstant(), Instant.now());
        return idle.compareTo(TRUSTED) < 0 || super.validateObject(pooled);
      }
    };
  }

  Login login() {
    return login;
  }

  /**
   * A connection in an open transaction; give it back with {@link #giveBack}.
   *
   * @throws Failure the reason of {@code stop}, why no connection could be made, or that all are in
   *     use
   */
  PoolableConnection take(StopSignal stop) {
    CompletableFuture<PoolableConnection> taken = new CompletableFuture<>();
    // Connecting on a virtual thread ends as soon as it is interrupted.
    Thread taker = Thread.ofVirtual().name("connect " + login.name()).unstarted(() -> take(taken));
    try (var registration =
        stop.onStop(
            () -> {
              stop.reason().ifPresent(taken::completeExceptionally);
              taker.interrupt();
            })) {
      taker.start();
      return taken.join();
    } catch (CompletionException e) {
      throw explained(e.getCause());
    }
  }

  private void take(CompletableFuture<PoolableConnection> taken) {
    try {
      PoolableConnection connection = connections.borrowObject();
      if (!taken.complete(connection)) {
        connections.returnObject(connection);
      }
    } catch (Exception e) {
      taken.completeExceptionally(e);
    }
  }

  private Failure explained(Throwable problem) {
    return switch (problem) {
      case Failure failure -> failure;
      case SQLException e -> SqlFailures.explain(e, login.type(), login.place());
      case NoSuchElementException e when e.getCause() == null ->
          new Failure(
              FailureKind.TRANSIENT,
              "%s: no connection was free for %d s; it will be tried again. caravan.source.connections-per-source sets how many there are."
                  .formatted(login.place(), connectTimeout.toSeconds()),
              e);
      default ->
          new Failure(
              FailureKind.TRANSIENT,
              "%s: no connection could be had just now; it will be tried again."
                  .formatted(login.place()),
              problem);
    };
  }

  /**
   * Gives a connection back; its transaction is rolled back.
   *
   * @param usable whether the next one may have it; otherwise it is closed
   */
  void giveBack(PoolableConnection connection, boolean usable) {
    try {
      if (usable && !connection.isClosed()) {
        rollBack(connection);
        connections.returnObject(connection);
        return;
      }
    } catch (SQLException e) {
      // It is of no use to anybody.
    }
    discard(connection);
  }

  private static void rollBack(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  private void discard(PoolableConnection connection) {
    try {
      connections.invalidateObject(connection);
    } catch (Exception e) {
      // Closing what is broken may fail; it has left the pool.
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
