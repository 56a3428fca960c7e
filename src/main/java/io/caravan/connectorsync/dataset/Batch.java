package io.caravan.connectorsync.dataset;

import java.util.ArrayList;
import java.util.List;

/** Rows on their way into the staging table. */
final class Batch {
  private static final int ROWS = 2_000;
  private static final long BYTES = 2 << 20;

  /**
   * A row of the batch.
   *
   * @param position of its record among the load's, from 1
   * @param values of {@link ColumnValues} in the order of the columns; later columns are null
   * @param more JSON of what has no column; null where there is none
   */
  record Row(String key, byte[] hash, long position, Object[] values, byte[] more) {}

  private final List<Row> rows = new ArrayList<>(ROWS);
  private long bytes;

  void add(Row row) {
    rows.add(row);
    bytes += row.more() == null ? 0 : row.more().length;
    for (Object value : row.values()) {
      bytes += value instanceof byte[] text ? text.length : Long.BYTES;
    }
  }

  List<Row> rows() {
    return rows;
  }

  boolean full() {
    return rows.size() >= ROWS || bytes >= BYTES;
  }

  void clear() {
    rows.clear();
    bytes = 0;
  }
}
