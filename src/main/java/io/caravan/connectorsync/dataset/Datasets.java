package io.caravan.connectorsync.dataset;

import io.caravan.failure.ConflictException;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What connectors brought: loaded by syncs, and read from wherever a reader stopped. */
@Component("connectorDatasets")
public class Datasets {
  private final DataSource database;
  private final RecordReader reader;
  private final DatasetStore store;
  private final DatasetHistory history;

  public Datasets(DataSource database, DatasetProperties properties) {
    this.database = database;
    this.reader = new RecordReader(properties.largestRecord().toBytes());
    JdbcClient jdbc = JdbcClient.create(database);
    this.store = new DatasetStore(jdbc);
    this.history = new DatasetHistory(jdbc);
  }

  /**
   * Begins a load of a resource's dataset, which is made at the first time (CN-03). It takes a
   * connection until it is closed, but no transaction.
   *
   * @param connectorName for the names of a new dataset and its table
   * @param primaryKey fields that identify a record; empty where its content does
   * @param sync whose load it is, new each time
   * @param dryRun whether to count only; a dataset that is made for it is gone afterwards
   * @throws ConflictException when the dataset is being loaded already
   * @throws io.caravan.failure.Failure of kind transient when the database is not there
   */
  public DatasetLoad begin(
      UUID connector,
      String connectorName,
      String resource,
      List<String> primaryKey,
      UUID sync,
      boolean dryRun) {
    Dataset made = store.findOrMake(connector, connectorName, resource, primaryKey);
    try {
      Hold hold = Hold.take(database, made.id());
      // As it is now that nobody else can change it.
      Optional<Dataset> dataset = DatasetStore.on(hold.connection()).find(made.id());
      if (dataset.isEmpty()) {
        hold.close();
        throw new ConflictException("The dataset was deleted in this moment.");
      }
      return DatasetLoad.begin(hold, dataset.get(), List.copyOf(primaryKey), sync, dryRun, reader);
    } catch (SQLException e) {
      throw DatabaseFailures.of(made.name(), e);
    }
  }

  /**
   * Shows a few records instead of storing them.
   *
   * @param size so many are enough
   */
  public Sample sample(int size) {
    return new Sample(reader, size);
  }

  /** A connector's datasets, by resource. */
  public List<Dataset> of(UUID connector) {
    return store.of(connector);
  }

  /**
   * @throws NotFoundException when the resource was never loaded
   */
  public Dataset get(UUID connector, String resource) {
    return store
        .find(connector, resource)
        .orElseThrow(() -> new NotFoundException("There is no dataset of that resource."));
  }

  /** Name of a dataset's table; empty when the dataset was deleted. */
  public Optional<String> table(UUID dataset) {
    return store.find(dataset).map(Dataset::tableName);
  }

  /** What the newest loads of a dataset did, newest first. */
  public List<DatasetVersion> versions(UUID dataset) {
    return history.versions(dataset);
  }

  /** Columns that loads added or widened, newest first. */
  public List<SchemaChange> schemaChanges(UUID dataset) {
    return history.schemaChanges(dataset);
  }

  /** Records that a sync could not store: the first thousand, in the order of the source. */
  public List<SetAsideRecord> setAside(UUID dataset, UUID sync) {
    return history.setAside(dataset, sync);
  }

  /**
   * What changed in a dataset since a reader was there, in a stable order. The answer holds a
   * connection and its snapshot until it is closed.
   *
   * @param since a cursor from an answer before, a version, or a time (ISO 8601 with zone); null
   *     for all records that there are
   * @param limit of records; null for no limit
   * @throws NotFoundException when the resource was never loaded
   * @throws InvalidInputException when {@code since} is none of them, or of another dataset
   */
  public Changes changedSince(UUID connector, String resource, String since, Integer limit) {
    Dataset dataset = get(connector, resource);
    try {
      return Changes.open(database, dataset, since, limit);
    } catch (SQLException e) {
      throw DatabaseFailures.of(dataset.name(), e);
    }
  }

  /**
   * Drops all that a connector brought.
   *
   * @throws ConflictException when one of its datasets is being loaded; those before it are gone
   *     then
   */
  public void delete(UUID connector) {
    for (Dataset dataset : store.of(connector)) {
      try (Hold hold = Hold.take(database, dataset.id())) {
        DatasetStore held = DatasetStore.on(hold.connection());
        held.jdbc().sql("drop table if exists " + Tables.qualified(dataset.tableName())).update();
        held.delete(dataset.id());
      } catch (SQLException e) {
        throw DatabaseFailures.of(dataset.name(), e);
      }
    }
  }
}
