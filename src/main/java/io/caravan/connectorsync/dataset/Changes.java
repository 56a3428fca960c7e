package io.caravan.connectorsync.dataset;

import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The records of a dataset that changed since a reader was there: by version, within a version by
 * key. All of it is of one moment, however long the writing takes.
 */
public final class Changes implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 500;
  private static final String UNDEFINED_TABLE = "42P01";

  private final Connection connection;
  private final Dataset dataset;
  private final List<Column> columns;
  private final List<Part> parts = new ArrayList<>();
  private Cursor next;
  private long taken;

  /** A stretch of rows that one index serves; the first load's are found through the key. */
  private record Part(String where, List<Object> values, String order, Long limit) {
    String sql(String fields, String table) {
      return "select %s from %s where %s order by %s%s"
          .formatted(fields, table, where, order, limit == null ? "" : " limit " + limit);
    }

    PreparedStatement prepare(Connection connection, String sql) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      return statement;
    }
  }

  private Changes(Connection connection, Dataset dataset, List<Column> columns) {
    this.connection = connection;
    this.dataset = dataset;
    this.columns = columns;
  }

  /**
   * @param since as {@link Datasets#changedSince}
   * @throws SQLException when the database does not answer
   */
  static Changes open(DataSource database, Dataset known, String since, Integer limit)
      throws SQLException {
    Connection connection = database.getConnection();
    try {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction isolation level repeatable read, read only");
        if (known.metadata().has("syncId")) {
          // Before there is a snapshot: a table that is written anew meanwhile would look empty.
          statement.execute(
              "lock table %s in access share mode".formatted(Tables.qualified(known.tableName())));
        }
      }
      DatasetStore store = DatasetStore.on(connection);
      Dataset dataset =
          store.find(known.id()).orElseThrow(() -> new NotFoundException("The dataset is gone."));
      Changes changes = new Changes(connection, dataset, store.columns(dataset.id()));
      changes.seek(since, limit);
      return changes;
    } catch (SQLException | RuntimeException e) {
      end(connection);
      if (e instanceof SQLException refused && UNDEFINED_TABLE.equals(refused.getSQLState())) {
        throw new NotFoundException("The dataset is gone.");
      }
      throw e;
    }
  }

  /**
   * Where the next reading goes on: a value for {@code changedSince}, known before it is written.
   */
  public String next() {
    return next.toString();
  }

  /** The version of the dataset that is read. */
  public long version() {
    return dataset.version();
  }

  /**
   * Writes the records, in memory that does not grow with them. Each has {@code _key}, {@code
   * _version}, {@code _changed_at} and {@code _removed} before its own fields; a removed one tells
   * what it held last.
   *
   * @param out stays open
   * @throws IOException when the reader is gone
   */
  public void writeTo(OutputStream out, RecordFormat format) throws IOException {
    String fields =
        Stream.concat(
                Stream.of("_key", "_version", "_changed_at", "_removed_at is not null"),
                Stream.concat(columns.stream().map(Column::sql), Stream.of("_more")))
            .collect(Collectors.joining(", "));
    try (RecordWriter writer = new RecordWriter(out, format, columns)) {
      for (Part part : parts) {
        try (PreparedStatement select =
            part.prepare(connection, part.sql(fields, Tables.qualified(dataset.tableName())))) {
          select.setFetchSize(ROWS_AT_ONCE);
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              writer.write(row);
            }
          }
        }
      }
    } catch (SQLException e) {
      throw DatabaseFailures.of(dataset.name(), e);
    }
  }

  private void seek(String since, Integer limit) throws SQLException {
    Instant time = null;
    Cursor from = Cursor.START;
    if (since != null && Cursor.isOne(since)) {
      from = Cursor.of(since);
    } else if (since != null) {
      time = time(since);
    }
    if (from.version() > dataset.version()) {
      throw new InvalidInputException(
          "changedSince is ahead of the dataset, which may have been made anew; read it from the"
              + " beginning.");
    }
    next = new Cursor(dataset.version(), null);
    if (!dataset.metadata().has("syncId")) {
      return;
    }
    String also = since == null ? " and _removed_at is null" : "";
    List<Object> alsoValues = List.of();
    if (time != null) {
      also = " and _changed_at > ?";
      alsoValues = List.of(time.atOffset(ZoneOffset.UTC));
    }
    if (from.version() < 1 || from.version() == 1 && from.key() != null) {
      boolean begun = from.version() == 1;
      add(
          "_version = 1" + (begun ? " and _key > ?" : ""),
          begun ? List.of(from.key()) : List.of(),
          also,
          alsoValues,
          "_key",
          limit);
    }
    boolean within = from.version() > 1 && from.key() != null;
    add(
        "_version > 1 and " + (within ? "(_version, _key) > (?, ?)" : "_version > ?"),
        within ? List.of(from.version(), from.key()) : List.of(from.version()),
        also,
        alsoValues,
        "_version, _key",
        limit);
  }

  /** Adds a part, and finds its end when the limit is reached in it. */
  private void add(
      String where,
      List<Object> values,
      String also,
      List<Object> alsoValues,
      String order,
      Integer limit)
      throws SQLException {
    Long left = limit == null ? null : limit - taken;
    if (left != null && left <= 0) {
      return;
    }
    Part part =
        new Part(
            where + also,
            Stream.concat(values.stream(), alsoValues.stream()).toList(),
            order,
            left);
    parts.add(part);
    if (left == null) {
      return;
    }
    String numbered =
        part.sql(
            "_version, _key, row_number() over (order by %s) as n".formatted(order),
            Tables.qualified(dataset.tableName()));
    try (PreparedStatement last =
            part.prepare(
                connection,
                "select _version, _key, n from (%s) p order by n desc limit 1"
                    .formatted(numbered));
        ResultSet row = last.executeQuery()) {
      if (row.next()) {
        taken += row.getLong(3);
        if (taken >= limit) {
          next = new Cursor(row.getLong(1), row.getString(2));
        }
      }
    }
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new InvalidInputException(
          "changedSince must be a cursor, a version, or a time such as 2026-01-05T08:30:00Z.");
    }
  }

  /** Lets go of the snapshot. */
  @Override
  public void close() {
    try {
      end(connection);
    } catch (SQLException e) {
      throw DatabaseFailures.of(dataset.name(), e);
    }
  }

  private static void end(Connection connection) throws SQLException {
    try (connection) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
