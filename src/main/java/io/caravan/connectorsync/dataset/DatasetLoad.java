package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.dataset.Columns.Change;
import io.caravan.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What one sync brings to a dataset, record after record, in memory that does not grow with it.
 * While some records are read, those before are made into rows, and rows before those are on their
 * way to PostgreSQL. Nobody sees anything of it before {@link #commit}; closed without, the dataset
 * is as before. For one thread at a time.
 */
public final class DatasetLoad implements Load {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetLoad.class);

  /** Records that are handed over at once, and groups of them that wait or are under way. */
  private static final int GROUP = 250;

  private static final long GROUP_BYTES = 1 << 19;
  private static final int GROUPS = 2;

  /** Batches of rows that wait to be written, or are under way. */
  private static final int BATCHES = 2;

  private final Hold hold;
  private final Dataset dataset;
  private final LoadedColumns columns;
  private final Outliner outliner;
  private final RecordEncoder encoder;
  private final RecordReader reader;
  private final StagingTable staging;
  private final KnownRows known;
  private final SetAsides setAsides = new SetAsides();
  private final LoadCommit commit;
  private final Conveyor rowMaker = new Conveyor("records", GROUPS);
  private final Conveyor writer = new Conveyor("rows", BATCHES);
  private final int firstRow;
  private final boolean dryRun;

  /** Fields by which a record is known without the others. */
  private final List<String> enough;

  private List<Arrival> group = new ArrayList<>(GROUP);
  private long groupBytes;

  /** Of a first load. */
  private Batch<Row> rows = new Batch<>();

  /** Of any other load: what may be as it was. */
  private Batch<Outline> outlines = new Batch<>();

  private final List<Row> remade = new ArrayList<>();

  /** What differs from the dataset, of several batches. */
  private final Batch<Row> differing = new Batch<>();

  private final RecordTaker taker = new Taker();
  private long fetched;
  private long staged;

  /** Whether one was set aside of which nobody can say whether the dataset has it. */
  private volatile boolean anyUnknown;

  private boolean committed;

  private DatasetLoad(
      Hold hold,
      Dataset dataset,
      List<String> primaryKey,
      UUID sync,
      boolean dryRun,
      RecordReader reader)
      throws SQLException {
    DatasetStore store = DatasetStore.on(hold.connection());
    this.hold = hold;
    this.dataset = dataset;
    this.dryRun = dryRun;
    this.reader = reader;
    this.firstRow = store.nextRow(dataset.id());
    this.columns = new LoadedColumns(store.columns(dataset.id()));
    this.outliner = new Outliner(primaryKey);
    this.encoder = new RecordEncoder(columns.columns());
    this.staging =
        new StagingTable(hold.connection(), Tables.staging(dataset.id(), sync), columns.columns());
    boolean first = firstRow == 0;
    staging.create(first);
    this.known =
        first
            ? null
            : new KnownRows(
                hold.connection(), Tables.qualified(dataset.tableName()), firstRow, dryRun);
    this.enough = first ? List.of() : primaryKey;
    this.commit = new LoadCommit(hold.connection(), dataset, primaryKey, sync);
    store.processing(dataset.id());
  }

  /** Begins a load of a dataset that is held already; closes the hold when that fails. */
  static DatasetLoad begin(
      Hold hold,
      Dataset dataset,
      List<String> primaryKey,
      UUID sync,
      boolean dryRun,
      RecordReader reader)
      throws SQLException {
    try {
      return new DatasetLoad(hold, dataset, primaryKey, sync, dryRun, reader);
    } catch (SQLException | RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  /** The dataset's id, which it has from its first load on, be that committed or not. */
  public UUID datasetId() {
    return dataset.id();
  }

  /** Whose records they are. */
  public String resource() {
    return dataset.resource();
  }

  /** How many records the dataset holds until the load is committed. */
  public long recordsBefore() {
    return dataset.documentsCount();
  }

  /** Null also when the primary key is another one than at the last load. */
  @Override
  public JsonNode cursorState() {
    return commit.keyChanged() ? null : dataset.cursorState();
  }

  @Override
  public long fetched() {
    return fetched;
  }

  @Override
  public long records(InputStream page, JsonPointer path) throws IOException {
    return reader.read(page, path, enough, taker);
  }

  @Override
  public void leftOut(String reason, JsonNode seen) {
    fetched++;
    anyUnknown = true;
    setAsides.add(fetched, reason, seen);
  }

  @Override
  public void record(JsonNode record) {
    add(Arrival.read(++fetched, record, null));
  }

  private void add(Arrival record) {
    group.add(record);
    groupBytes += record.bytes();
    if (group.size() >= GROUP || groupBytes >= GROUP_BYTES) {
      handOver();
    }
  }

  /** Takes the records of a page. */
  private final class Taker implements RecordTaker {
    @Override
    public void read(JsonNode record, byte[] text) {
      add(Arrival.read(++fetched, record, text));
    }

    @Override
    public void unread(byte[] text, String[] keyParts) {
      add(Arrival.unread(++fetched, text, keyParts));
    }

    @Override
    public void leftOut(String reason) {
      DatasetLoad.this.leftOut(reason, null);
    }
  }

  private void handOver() {
    List<Arrival> full = group;
    group = new ArrayList<>(GROUP);
    groupBytes = 0;
    rowMaker.add(() -> full.forEach(this::outline));
  }

  private void outline(Arrival record) {
    try {
      Outline outline = outliner.outline(record);
      if (known == null) {
        makeRow(outline);
      } else {
        outlines.add(outline, record.bytes());
        if (outlines.full()) {
          flushOutlines();
        }
      }
    } catch (SetAside e) {
      anyUnknown = true;
      setAside(record, e);
    }
  }

  private void makeRow(Outline record) {
    encode(record, row -> rows.add(row, row.bytes()));
    if (rows.full()) {
      flushRows();
    }
  }

  private void flushRows() {
    Batch<Row> full = rows;
    rows = new Batch<>();
    writer.add(() -> write(() -> stage(full)));
  }

  private void flushOutlines() {
    Batch<Outline> full = outlines;
    outlines = new Batch<>();
    writer.add(() -> write(() -> compare(full.all())));
  }

  /** Makes rows of what is not as it was. */
  private void compare(List<Outline> records) throws SQLException {
    known.differing(records).forEach(record -> encode(record, remade::add));
    sift();
    if (differing.full()) {
      stage(differing);
    }
  }

  private void sift() throws SQLException {
    known.changed(remade).forEach(row -> differing.add(row, row.bytes()));
    remade.clear();
  }

  private void encode(Outline record, Consumer<Row> to) {
    try {
      JsonNode json = json(record.record());
      List<Change> changes = encoder.encode(record, json, to);
      if (!changes.isEmpty()) {
        widen(changes);
        encoder.encode(record, json, to);
      }
    } catch (SetAside e) {
      setAside(record.record(), e);
      spare(record.key());
    }
  }

  private void spare(String key) {
    if (key == null || setAsides.count() > SetAsides.MOST_KEPT) {
      anyUnknown = true;
    } else if (known != null) {
      write(() -> known.spare(key));
    }
  }

  private JsonNode json(Arrival record) {
    return record.json() == null ? reader.tree(record.text()) : record.json();
  }

  private void setAside(Arrival record, SetAside reason) {
    setAsides.add(record.position(), reason.getMessage(), shown(record));
  }

  private JsonNode shown(Arrival record) {
    try {
      return json(record);
    } catch (SetAside e) {
      return null;
    }
  }

  /** What was made for the narrower columns goes before. */
  private void widen(List<Change> changes) {
    if (known == null) {
      flushRows();
      writer.await();
    }
    write(
        () -> {
          if (known != null) {
            sift();
            stage(differing);
          }
          staging.change(changes);
        });
  }

  private interface Write {
    void run() throws SQLException;
  }

  private void write(Write write) {
    try {
      write.run();
    } catch (SQLException e) {
      throw DatabaseFailures.of(dataset.name(), e);
    }
  }

  private void stage(Batch<Row> batch) throws SQLException {
    staged += batch.all().size();
    staging.append(
        batch.all(),
        (row, reason) -> {
          staged--;
          setAsides.add(row.position(), reason, null);
        });
    batch.clear();
  }

  private void stageAll() throws SQLException {
    handOver();
    rowMaker.await();
    if (known == null) {
      flushRows();
    } else {
      flushOutlines();
    }
    writer.await();
    stage(differing);
  }

  /**
   * Makes everything that was taken the dataset's, in one transaction with the cursor. A dry run
   * says what that would do, and the dataset stays as before.
   *
   * @param complete whether these were all the records that the source has; those that did not come
   *     are removed then, and stay as tombstones
   * @param cursorState where the next load goes on; null for from the beginning
   * @throws Failure of kind configuration when the primary key is another one and the load is not
   *     complete; of kind transient when the database is not there. The dataset is as before then
   */
  public LoadResult commit(boolean complete, JsonNode cursorState) {
    try {
      stageAll();
      LoadResult result =
          commit.commit(
              new LoadCommit.Loaded(fetched, staged, complete, anyUnknown, cursorState, firstRow),
              staging,
              known,
              columns,
              setAsides,
              dryRun);
      committed = !dryRun;
      return isOnlyTried() ? result.withoutDataset() : result;
    } catch (SQLException e) {
      throw DatabaseFailures.of(dataset.name(), e);
    }
  }

  /** Whether there was no dataset before this dry run. */
  private boolean isOnlyTried() {
    return dryRun && dataset.status() == DatasetStatus.PENDING;
  }

  /** Drops what was staged. Without a {@link #commit} the dataset is as before. */
  @Override
  public void close() {
    // A statement that is under way ends before the connection is used again.
    rowMaker.close();
    writer.close();
    try (hold) {
      if (known != null) {
        known.close();
      }
      staging.drop();
      DatasetStore store = DatasetStore.on(hold.connection());
      if (isOnlyTried()) {
        store.delete(dataset.id());
      } else if (!committed) {
        store.notProcessing(dataset.id());
      }
    } catch (SQLException | DataAccessException e) {
      LOG.debug("What was staged for {} is left to the next load", dataset.name(), e);
    }
  }
}
