package io.caravan.source;

import io.caravan.failure.Failure;
import io.caravan.failure.NotFoundException;
import io.caravan.failure.StopSignal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.dbcp2.PoolableConnection;
import org.springframework.stereotype.Component;

/**
 * Read-only sessions in customers' databases, from small pools that open on demand and close when
 * unused. Thread-safe.
 */
@Component
public final class SourceConnections implements AutoCloseable {
  private final DataSources dataSources;
  private final SourceProperties settings;
  private final Drivers drivers;
  private final ScheduledThreadPoolExecutor housekeeper;
  private final SourcePools pools;

  public SourceConnections(DataSources dataSources, SourceProperties settings) {
    this.dataSources = dataSources;
    this.settings = settings;
    this.drivers = new Drivers(settings.driverFolder());
    this.housekeeper =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("source-housekeeper").factory());
    this.pools =
        new SourcePools(
            login -> new SourcePool(login, drivers, settings),
            settings.maxPools(),
            System::nanoTime);
    long sweep = Math.max(1, settings.idleTimeout().toSeconds() / 5);
    housekeeper.scheduleWithFixedDelay(
        () -> pools.closeUnused(settings.idleTimeout()), sweep, sweep, TimeUnit.SECONDS);
  }

  /**
   * Reads in a data source: a read-only transaction, rolled back afterwards. When {@code stop}
   * fires, waiting for a connection ends at once; the query is expected to register how it is
   * cancelled, and if it has not ended a few seconds later its connection is cut.
   *
   * @throws NotFoundException when there is no such data source
   * @throws Failure the reason of {@code stop}; or what went wrong, explained by {@link
   *     SqlFailures}
   */
  public <T> T read(UUID dataSourceId, StopSignal stop, SourceQuery<T> query) {
    stop.check();
    Login login = dataSources.login(dataSourceId);
    try (SourcePools.Use use = pools.use(dataSourceId, login)) {
      PoolableConnection connection = use.pool().take(stop);
      boolean usable = false;
      try {
        T result =
            StoppableStep.run(
                connection,
                stop,
                settings.stopGrace(),
                () -> query.run(new SourceSession(login.type(), connection)));
        // Some servers answer a cancelled query with what they have, as if it were all.
        stop.check();
        usable = true;
        return result;
      } catch (Failure e) {
        usable = true;
        throw e;
      } catch (SQLException e) {
        stop.check();
        usable = true;
        throw SqlFailures.explain(e, login.type(), login.place());
      } finally {
        // A late cancel would hit whoever has this connection next.
        use.pool().giveBack(connection, usable && stop.reason().isEmpty());
      }
    }
  }

  /**
   * Tries to connect, past the pool and its limits.
   *
   * @return never throws because of what the database or the network does
   * @throws NotFoundException when there is no such data source
   */
  public ConnectionTest test(UUID dataSourceId) {
    Login login = dataSources.login(dataSourceId);
    long start = System.nanoTime();
    FutureTask<String> attempt = new FutureTask<>(() -> probe(login));
    Thread thread = Thread.ofVirtual().name("connection-test").start(attempt);
    Duration patience = settings.connectTimeout().multipliedBy(2);
    try {
      return outcome(true, attempt.get(patience.toMillis(), TimeUnit.MILLISECONDS), start);
    } catch (TimeoutException e) {
      thread.interrupt();
      return outcome(
          false,
          "%s did not answer within %d s.".formatted(login.place(), patience.toSeconds()),
          start);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return outcome(false, "The test was interrupted.", start);
    } catch (ExecutionException e) {
      return outcome(
          false,
          switch (e.getCause()) {
            case Failure failure -> failure.getMessage();
            case SQLException sql ->
                SqlFailures.explain(sql, login.type(), login.place()).getMessage();
            default -> login.place() + ": the driver failed; check jdbcUrl.";
          },
          start);
    }
  }

  private String probe(Login login) throws SQLException {
    SessionSource source = new SessionSource(login, drivers, settings);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(Dialect.of(login.type()).probe());
      DatabaseMetaData server = connection.getMetaData();
      return "Connected to %s %s."
          .formatted(server.getDatabaseProductName(), server.getDatabaseProductVersion());
    }
  }

  private static ConnectionTest outcome(boolean ok, String message, long start) {
    return new ConnectionTest(ok, message, Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  @Override
  public void close() {
    housekeeper.shutdownNow();
    pools.close();
  }
}
