package io.caravan.connectorsync.dataset;

import io.caravan.failure.ConflictException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A load's hold on its dataset: a connection of its own with a lock that PostgreSQL lets go when
 * the process dies. So no dataset has two loads, and a staging table without a lock is an orphan.
 */
final class Hold implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Hold.class);
  private static final String KEY = "hashtextextended('connectorsync dataset ' || ?, 0)";

  private final Connection connection;
  private final UUID dataset;
  private boolean held;

  private Hold(Connection connection, UUID dataset) {
    this.connection = connection;
    this.dataset = dataset;
  }

  /**
   * Takes hold of a dataset, and removes what loads of dead processes have left.
   *
   * @throws ConflictException when another load has it
   */
  static Hold take(DataSource database, UUID dataset) throws SQLException {
    Hold hold = new Hold(database.getConnection(), dataset);
    try {
      hold.connection.setAutoCommit(true);
      hold.sweep();
      hold.held = hold.lock(dataset);
      if (!hold.held) {
        throw new ConflictException(
            "Another load of this dataset is under way; try again when it is done.");
      }
      return hold;
    } catch (SQLException | RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  /** For the statements of the load, one after the other; commits by itself. */
  Connection connection() {
    return connection;
  }

  private void sweep() throws SQLException {
    DatasetStore store = DatasetStore.on(connection);
    var orphans =
        store
            .jdbc()
            .sql(
                "select tablename from pg_tables where schemaname = 'connectorsync' and tablename"
                    + " like ?")
            .param(Tables.stagingPattern())
            .query(String.class)
            .list();
    for (String orphan : orphans) {
      UUID owner = Tables.datasetOf(orphan);
      if (lock(owner)) {
        store.jdbc().sql("drop table if exists " + Tables.qualified(orphan)).update();
        store.notProcessing(owner);
        unlock(owner);
      }
    }
  }

  private boolean lock(UUID id) throws SQLException {
    return ask("select pg_try_advisory_lock(%s)".formatted(KEY), id);
  }

  private void unlock(UUID id) throws SQLException {
    ask("select pg_advisory_unlock(%s)".formatted(KEY), id);
  }

  private boolean ask(String sql, UUID id) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, id.toString());
      try (var answer = statement.executeQuery()) {
        answer.next();
        return answer.getBoolean(1);
      }
    }
  }

  @Override
  public void close() {
    try (connection) {
      if (held) {
        held = false;
        unlock(dataset);
      }
    } catch (SQLException e) {
      LOG.debug("The connection of a load is gone", e);
      abort();
    }
  }

  /** A pool must not hand on a connection that still has the lock. */
  private void abort() {
    try {
      connection.abort(ForkJoinPool.commonPool());
    } catch (SQLException e) {
      LOG.debug("The connection of a load cannot be aborted", e);
    }
  }
}
