package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.connectorsync.dataset.Columns.Change;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one transaction that makes a load the dataset's: rows, columns, counts and cursor. */
final class LoadCommit {
  /** Loads whose counts and set-aside records are kept. */
  static final int VERSIONS_KEPT = 20;

  private final Connection connection;
  private final Dataset dataset;
  private final List<String> primaryKey;
  private final UUID sync;

  LoadCommit(Connection connection, Dataset dataset, List<String> primaryKey, UUID sync) {
    this.connection = connection;
    this.dataset = dataset;
    this.primaryKey = primaryKey;
    this.sync = sync;
  }

  /**
   * What came.
   *
   * @param staged rows in the staging table
   * @param anyUnknown whether records were set aside that may be any of the dataset's
   * @param firstRow how many rows the dataset's table ever had
   */
  record Loaded(
      long fetched,
      long staged,
      boolean complete,
      boolean anyUnknown,
      JsonNode cursorState,
      int firstRow) {}

  /** Whether the rows of the dataset are known by another key than those of the load. */
  boolean keyChanged() {
    return dataset.version() > 0 && !dataset.primaryKey().equals(primaryKey);
  }

  /**
   * @param known null at the first load
   * @param dryRun whether everything is taken back, and only counted
   * @throws Failure when a changed primary key would leave every record twice
   * @throws SQLException when the database does not take it; nothing is changed then
   */
  LoadResult commit(
      Loaded loaded,
      StagingTable staging,
      KnownRows known,
      LoadedColumns columns,
      SetAsides setAsides,
      boolean dryRun)
      throws SQLException {
    if (keyChanged() && !loaded.complete()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "%s: the primary key changed, so that all records have to be fetched again."
              .formatted(dataset.name()));
    }
    connection.setAutoCommit(false);
    try {
      LoadResult result = write(loaded, staging, known, columns, setAsides);
      if (dryRun) {
        connection.rollback();
      } else {
        connection.commit();
      }
      return result;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  private LoadResult write(
      Loaded loaded,
      StagingTable staging,
      KnownRows known,
      LoadedColumns columns,
      SetAsides setAsides)
      throws SQLException {
    DatasetStore store = DatasetStore.on(connection);
    JdbcClient jdbc = store.jdbc();
    Instant at =
        jdbc.sql("select clock_timestamp() from connectorsync.dataset where id = ? for update")
            .param(dataset.id())
            .query(OffsetDateTime.class)
            .single()
            .toInstant();
    List<Change> changes = columns.changes();
    Merge merge = new Merge(connection, staging, dataset.tableName());
    long next = dataset.version() + 1;
    // By another key every row is another one, so those before have to go.
    boolean complete = loaded.complete() && (!loaded.anyUnknown() || keyChanged());
    Merge.Done done;
    if (known == null) {
      done = merge.first(loaded.staged(), loaded.fetched() + 1, at);
    } else {
      boolean gone = complete && known.seenLive() < dataset.documentsCount();
      done =
          merge.merge(columns.columns().all(), changes, known, next, at, gone, loaded.firstRow());
    }
    boolean changed = done.added() + done.updated() + done.removed() > 0;
    DatasetVersion version =
        new DatasetVersion(
            sync,
            changed ? next : dataset.version(),
            done.added(),
            done.updated(),
            done.distinct() - done.added() - done.updated(),
            done.removed(),
            loaded.fetched() - setAsides.count() - done.distinct(),
            setAsides.count(),
            complete,
            at);
    List<SchemaChange> schemaChanges =
        dataset.version() == 0 ? List.of() : changes.stream().map(c -> told(c, at)).toList();
    DatasetHistory history = new DatasetHistory(jdbc);
    history.columns(dataset.id(), changes);
    history.schemaChanges(dataset.id(), schemaChanges);
    history.version(dataset.id(), version);
    setAsides.store(jdbc, dataset.id(), sync);
    history.prune(dataset.id(), VERSIONS_KEPT);
    update(jdbc, loaded, version, done.rows());
    return new LoadResult(dataset.id(), version, loaded.fetched(), done.distinct(), schemaChanges);
  }

  private SchemaChange told(Change change, Instant at) {
    return new SchemaChange(
        sync,
        change.column().name(),
        change.before() == null ? null : change.before().sql(),
        change.column().type().sql(),
        at);
  }

  private void update(JdbcClient jdbc, Loaded loaded, DatasetVersion version, long rows) {
    ObjectNode metadata =
        JsonNodeFactory.instance
            .objectNode()
            .put("syncId", sync.toString())
            .put("recordsFetched", loaded.fetched())
            .put("recordsProcessed", loaded.fetched() - version.setAside() - version.repeated())
            .put("timestamp", version.loadedAt().toString());
    jdbc.sql(
            """
            update connectorsync.dataset
               set status = 'READY', documents_count = documents_count + ? - ?, metadata = ?::jsonb,
                   primary_key = ?, cursor_state = ?::jsonb, version = ?, next_row = ?, updated_at = ?
             where id = ?
            """)
        .params(
            version.added(),
            version.removed(),
            metadata.toString(),
            primaryKey.toArray(String[]::new),
            DatasetStore.json(loaded.cursorState()),
            version.version(),
            Math.toIntExact(rows),
            version.loadedAt().atOffset(ZoneOffset.UTC),
            dataset.id())
        .update();
  }
}
