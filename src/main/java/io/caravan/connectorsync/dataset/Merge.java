package io.caravan.connectorsync.dataset;

import io.caravan.connectorsync.dataset.Columns.Change;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings what was staged into a dataset's table, within the transaction of its caller. */
final class Merge {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Readers that come while we wait for one that reads wait with us, so the wait is short. */
  private static final Duration LOCK_WAIT = Duration.ofMillis(200);

  private static final int LOCK_ATTEMPTS = 60;

  private final Connection connection;
  private final StagingTable staging;
  private final String name;
  private final String table;

  /**
   * @param name of the dataset's table
   */
  Merge(Connection connection, StagingTable staging, String name) {
    this.connection = connection;
    this.staging = staging;
    this.name = name;
    this.table = Tables.qualified(name);
  }

  /**
   * What a merge did.
   *
   * @param distinct how many keys came
   * @param rows how many the table has had now, the numbers that were never used among them
   */
  record Done(long added, long updated, long removed, long distinct, long rows) {}

  /**
   * The staging table becomes the dataset's, which never had a row. Its columns about changes cost
   * nothing then: PostgreSQL keeps a constant default in its catalogue until a row is written anew.
   *
   * @param staged how many rows
   * @param numbered above the number of each of them
   */
  Done first(long staged, long numbered, Instant at) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (exists()) {
        lock();
        statement.execute("drop table " + table);
      }
      long repeated = addKey(statement);
      staging.unreserve();
      statement.execute(
          """
          alter table %s
            add column _version bigint not null default 1,
            add column _changed_at timestamptz not null default '%s',
            add column _removed_at timestamptz
          """
              .formatted(staging.table(), at));
      statement.execute(
          "alter table %s rename to %s".formatted(staging.table(), Column.quoted(name)));
      // Empty now: what the first load brought is found through the key.
      statement.execute(
          "create index %s on %s (_version, _key) where _version > 1"
              .formatted(Column.quoted(name + "_version"), table));
      long added = staged - repeated;
      return new Done(added, 0, 0, added, added == 0 ? 0 : numbered);
    }
  }

  private boolean exists() throws SQLException {
    try (PreparedStatement find =
        connection.prepareStatement("select to_regclass(?) is not null")) {
      find.setString(1, table);
      try (ResultSet found = find.executeQuery()) {
        found.next();
        return found.getBoolean(1);
      }
    }
  }

  private long addKey(Statement statement) throws SQLException {
    String sql =
        "alter table %s add constraint %s primary key (_key)"
            .formatted(staging.table(), Column.quoted(name + "_pkey"));
    // With PostgreSQL's own 64 MB a million keys are sorted on disk.
    statement.execute("set local maintenance_work_mem = '128MB'");
    Savepoint before = connection.setSavepoint();
    try {
      statement.execute(sql);
      return 0;
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
    }
    long repeated = staging.deleteRepeated();
    statement.execute(sql);
    return repeated;
  }

  /**
   * Adds what is new, updates what differs, and marks what is gone.
   *
   * @param columns of the records, as they are after this load
   * @param changes of the columns, which the table has not seen yet
   * @param version that the changed rows get
   * @param gone whether to remove what did not come
   * @param rows how many the table ever had
   */
  Done merge(
      List<Column> columns,
      List<Change> changes,
      KnownRows known,
      long version,
      Instant at,
      boolean gone,
      int rows)
      throws SQLException {
    if (!changes.isEmpty()) {
      lock();
      Tables.change(connection, table, changes);
    }
    staging.deleteRepeated();
    try (Statement statement = connection.createStatement()) {
      statement.execute("analyze " + staging.table());
      // The load has just walked through the index for every one of these keys.
      statement.execute("set local random_page_cost = 1.1");
    }
    long removed = gone ? remove(known.bits(rows), version, at) : 0;
    long revived =
        known.seen() > known.seenLive()
            ? update(columns, "t._removed_at is not null", version, at)
            : 0;
    long updated = update(columns, "t._removed_at is null and t._hash <> s._hash", version, at);
    long inserted = known.anyNew() ? insert(columns, rows, version, at) : 0;
    return new Done(revived + inserted, updated, removed, known.seen() + inserted, rows + inserted);
  }

  private long remove(byte[] came, long version, Instant at) throws SQLException {
    String sql =
        """
        update %s set _removed_at = ?, _changed_at = ?, _version = ?
         where _removed_at is null and get_bit(?, _row) = 0
        """
            .formatted(table);
    try (PreparedStatement remove = connection.prepareStatement(sql)) {
      remove.setObject(1, at.atOffset(ZoneOffset.UTC));
      remove.setObject(2, at.atOffset(ZoneOffset.UTC));
      remove.setLong(3, version);
      remove.setBytes(4, came);
      return remove.executeLargeUpdate();
    }
  }

  private long update(List<Column> columns, String which, long version, Instant at)
      throws SQLException {
    String assignments =
        named(columns)
            .map(column -> "%1$s = s.%1$s".formatted(column))
            .collect(Collectors.joining(", "));
    String sql =
        """
        update %s t set %s, _hash = s._hash, _text_hash = s._text_hash, _removed_at = null, _version = ?,
                        _changed_at = ?
          from %s s where t._key = s._key and %s
        """
            .formatted(table, assignments, staging.table(), which);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, version);
      update.setObject(2, at.atOffset(ZoneOffset.UTC));
      return update.executeLargeUpdate();
    }
  }

  private long insert(List<Column> columns, int rows, long version, Instant at)
      throws SQLException {
    String names = named(columns).collect(Collectors.joining(", "));
    String sql =
        """
        insert into %1$s (_key, _hash, _text_hash, _row, %2$s, _version, _changed_at)
        select s._key, s._hash, s._text_hash, ? + row_number() over ()::int, %2$s, ?, ?
          from %3$s s where not exists (select from %1$s t where t._key = s._key)
        """
            .formatted(table, names, staging.table());
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, rows - 1);
      insert.setLong(2, version);
      insert.setObject(3, at.atOffset(ZoneOffset.UTC));
      return insert.executeLargeUpdate();
    }
  }

  private static Stream<String> named(List<Column> columns) {
    return Stream.concat(columns.stream().map(Column::sql), Stream.of(ColumnNames.MORE));
  }

  /** Waits until nobody reads the table, in short turns between which others read. */
  private void lock() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
        Savepoint before = connection.setSavepoint();
        try {
          statement.execute("set local lock_timeout = " + LOCK_WAIT.toMillis());
          statement.execute("lock table %s in access exclusive mode".formatted(table));
          statement.execute("set local lock_timeout = 0");
          return;
        } catch (SQLException e) {
          if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
            throw e;
          }
          connection.rollback(before);
        }
        pause();
      }
    }
    throw new Failure(
        FailureKind.TRANSIENT,
        "Somebody reads the table %s all the time, and a column has to be changed."
            .formatted(name));
  }

  private static void pause() {
    try {
      Thread.sleep(LOCK_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(FailureKind.INTERRUPTED, "The load was interrupted.", e);
    }
  }
}
