package io.caravan.valuesync;

import io.caravan.failure.Failure;
import io.caravan.failure.StopSignal;
import io.caravan.source.SourceSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queries in a customer's database for as long as nobody says stop; then the running one is
 * cancelled on the server.
 *
 * <p>Every query has a LIMIT of about the number of values wanted, so results are read at once:
 * with a fetch size PostgreSQL would run the query in portions, and then without parallel workers.
 */
final class ExtractionStatements {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractionStatements.class);

  private static final long CANCEL_AGAIN_MILLIS = 100;

  private final SourceSession session;
  private final StopSignal stop;

  ExtractionStatements(SourceSession session, StopSignal stop) {
    this.session = session;
    this.stop = stop;
  }

  /** Reads the rows of a result; it is closed afterwards. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /**
   * @param parameters bound in order
   * @throws Failure the reason to stop, when that is why the statement ended
   * @throws SQLException everything else the source answers
   */
  <T> T query(String sql, Reader<T> reader, Object... parameters) throws SQLException {
    CountDownLatch ended = new CountDownLatch(1);
    try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (StopSignal.Registration stopping =
              stop.onStop(() -> Thread.ofVirtual().start(() -> cancel(statement, ended)));
          ResultSet rows = statement.executeQuery()) {
        T read = reader.read(rows);
        // Some servers end a cancelled query as if it had found nothing more.
        stop.check();
        return read;
      } finally {
        ended.countDown();
      }
    } catch (SQLException e) {
      stop.check();
      throw e;
    }
  }

  /** Again and again, because a cancel that comes before the server has begun is lost. */
  private static void cancel(PreparedStatement statement, CountDownLatch ended) {
    try {
      do {
        statement.cancel();
      } while (!ended.await(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (SQLException e) {
      LOG.warn(
          "The source did not accept that a statement be cancelled (SQLSTATE {}).",
          e.getSQLState());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
