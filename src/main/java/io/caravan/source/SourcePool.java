package io.caravan.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The connections to one data source. Whoever waits for one is told at once when it cannot be made,
 * rather than when the time for waiting is up: a wrong password is not tried again and again until
 * the account is locked.
 */
final class SourcePool implements AutoCloseable {
  private final Login login;
  private final Duration connectTimeout;
  private final HikariDataSource connections;
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();

  SourcePool(
      Login login,
      Drivers drivers,
      SourceProperties settings,
      ScheduledExecutorService housekeeper) {
    this.login = login;
    this.connectTimeout = settings.connectTimeout();
    HikariConfig config = new HikariConfig();
    config.setPoolName("source " + login.name());
    config.setDataSource(new SessionSource(login, drivers, settings, this::notMade));
    config.setAutoCommit(!Dialect.of(login.type()).transactional());
    // DuckDB's driver throws when told anything but the mode the file was opened in.
    config.setReadOnly(login.type() == SourceType.DUCKDB);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(settings.connectionsPerSource());
    config.setConnectionTimeout(settings.connectTimeout().toMillis());
    config.setValidationTimeout(Math.min(5_000, settings.connectTimeout().toMillis()));
    config.setIdleTimeout(settings.idleTimeout().toMillis());
    config.setInitializationFailTimeout(-1);
    config.setScheduledExecutor(housekeeper);
    connections = new HikariDataSource(config);
  }

  Login login() {
    return login;
  }

  /**
   * With a connection in use, waiting for it makes sense although no second one can be had just
   * now.
   */
  private void notMade(SQLException e) {
    Failure failure = SqlFailures.explain(e, login.type(), login.place());
    boolean hopeless = failure.kind() != FailureKind.TRANSIENT;
    if (hopeless || connections.getHikariPoolMXBean().getActiveConnections() == 0) {
      waits.forEach(wait -> wait.end(failure));
    }
  }

  /**
   * A connection in an open transaction; give it back with {@link #giveBack}.
   *
   * @throws Failure the reason of {@code stop}, why no connection could be made, or that all are in
   *     use
   */
  Connection take(StopSignal stop) {
    Wait wait = new Wait();
    waits.add(wait);
    Connection taken = null;
    SQLException problem = null;
    try (var registration = stop.onStop(() -> stop.reason().ifPresent(wait::end))) {
      taken = connections.getConnection();
    } catch (SQLException e) {
      problem = e;
    } finally {
      waits.remove(wait);
    }
    Failure woken = wait.over();
    if (taken != null) {
      return taken;
    }
    if (woken != null) {
      throw woken;
    }
    if (problem.getCause() != null) {
      throw SqlFailures.explain(problem, login.type(), login.place());
    }
    throw new Failure(
        FailureKind.TRANSIENT,
        "%s: no connection was free for %d s; it will be tried again. caravan.source.connections-per-source sets how many there are."
            .formatted(login.place(), connectTimeout.toSeconds()),
        problem);
  }

  /**
   * Gives a connection back; the pool rolls its transaction back.
   *
   * @param usable whether the next one may have it; otherwise it is closed
   */
  void giveBack(Connection connection, boolean usable) {
    if (!usable) {
      connections.evictConnection(connection);
    }
    try {
      connection.close();
    } catch (SQLException e) {
      connections.evictConnection(connection);
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
