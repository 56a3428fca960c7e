package io.caravan.connectorsync.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.ByteConverter;

/**
 * Rows of the staging table in the form of a binary COPY (PostgreSQL's manual, COPY, "Binary
 * Format"). A row has some thirty pieces; a library's streams, which lock for each of them, took
 * nearly twice as long.
 */
final class RowCopy {
  /** The signature, no flags, and no extension. */
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final short END = -1;
  private static final int NULL = -1;
  private static final byte JSONB_FORMAT = 1;

  /** PostgreSQL counts from the year 2000. */
  private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

  private static final long EPOCH_SECOND = EPOCH.toEpochDay() * 86_400;

  /** Columns that are ours: the key, the hashes, the number, and what has no column. */
  private static final int OURS = 5;

  /** As much is sent at once, so that PostgreSQL has something to do in the meantime. */
  private static final int SENT = 1 << 16;

  private ByteBuffer bytes = ByteBuffer.allocate(2 * SENT);

  /** The columns in the order of {@link #write}, as SQL. */
  static String columns(List<Column> columns) {
    return Stream.of(
            Stream.of(ColumnNames.KEY, ColumnNames.HASH, ColumnNames.TEXT_HASH, ColumnNames.ROW),
            columns.stream().map(Column::name),
            Stream.of(ColumnNames.MORE))
        .flatMap(names -> names)
        .map(Column::quoted)
        .collect(Collectors.joining(", "));
  }

  /**
   * Writes a whole COPY.
   *
   * @param columns of the table, those of the rows first
   */
  void write(List<Column> columns, List<Row> rows, OutputStream out) throws IOException {
    bytes.clear().put(HEADER);
    for (Row row : rows) {
      row(columns, row);
      if (bytes.position() >= SENT) {
        send(out);
      }
    }
    room(Short.BYTES).putShort(END);
    send(out);
  }

  private void send(OutputStream out) throws IOException {
    out.write(bytes.array(), 0, bytes.position());
    bytes.clear();
  }

  private void row(List<Column> columns, Row row) {
    room(Short.BYTES).putShort((short) (columns.size() + OURS));
    bytes(row.key().getBytes(StandardCharsets.UTF_8));
    bytes(row.hash());
    if (row.textHash() == null) {
      none();
    } else {
      bytes(row.textHash());
    }
    field(Integer.BYTES).putInt(Math.toIntExact(row.position()));
    for (int i = 0; i < columns.size(); i++) {
      Object value = i < row.values().length ? row.values()[i] : null;
      if (value == null) {
        none();
      } else {
        value(columns.get(i).type(), value);
      }
    }
    if (row.more() == null) {
      none();
    } else {
      json(row.more());
    }
  }

  private void value(ColumnType type, Object value) {
    switch (type) {
      case BOOLEAN -> field(Byte.BYTES).put((byte) ((Boolean) value ? 1 : 0));
      case BIGINT -> field(Long.BYTES).putLong((Long) value);
      case NUMERIC -> bytes(ByteConverter.numeric((BigDecimal) value));
      case DATE ->
          field(Integer.BYTES)
              .putInt(Math.toIntExact(((LocalDate) value).toEpochDay() - EPOCH.toEpochDay()));
      case TIMESTAMP -> field(Long.BYTES).putLong(micros((ZonedDateTime) value));
      case TEXT -> bytes((byte[]) value);
      case JSON -> json((byte[]) value);
    }
  }

  private static long micros(ZonedDateTime time) {
    return (time.toEpochSecond() - EPOCH_SECOND) * 1_000_000 + time.getNano() / 1_000;
  }

  private void none() {
    room(Integer.BYTES).putInt(NULL);
  }

  private void bytes(byte[] value) {
    field(value.length).put(value);
  }

  private void json(byte[] value) {
    field(value.length + 1).put(JSONB_FORMAT).put(value);
  }

  /** Begins a field of so many bytes. */
  private ByteBuffer field(int length) {
    return room(Integer.BYTES + length).putInt(length);
  }

  private ByteBuffer room(int wanted) {
    if (bytes.remaining() < wanted) {
      int capacity = Math.max(bytes.capacity() * 2, bytes.position() + wanted);
      bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
    }
    return bytes;
  }
}
