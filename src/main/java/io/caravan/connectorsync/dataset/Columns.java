package io.caravan.connectorsync.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a dataset as a load finds them, and as its records widen them. */
final class Columns {
  /** PostgreSQL takes 1 600; those that are ours and a person's wish for a join need some. */
  static final int MOST = 1_000;

  private final ColumnNames names = new ColumnNames();
  private final Map<String, Column> byField = new HashMap<>();
  private final List<Column> all = new ArrayList<>();

  Columns(Collection<Column> present) {
    for (Column column : present) {
      names.take(column.name());
      put(column);
    }
  }

  /** What {@link #put} does, as the catalogue of changes tells it. */
  record Change(Column column, ColumnType before) {
    /** As part of {@code alter table}. */
    String sql() {
      return before == null
          ? "add column %s %s".formatted(column.sql(), column.type().sql())
          : "alter column %1$s type %2$s using %3$s"
              .formatted(
                  column.sql(), column.type().sql(), before.widened(column.sql(), column.type()));
    }
  }

  /** In the order of their positions. */
  List<Column> all() {
    return all;
  }

  /**
   * @return null when the field has no column
   */
  Column of(String field) {
    return byField.get(field);
  }

  /**
   * A column for another field; it is not among these before it was put.
   *
   * @param ahead how many others are to be put before it
   */
  Column make(String field, ColumnType type, int ahead) {
    return new Column(all.size() + ahead, field, names.make(field), type);
  }

  /** Whether another one would be too many. */
  boolean full(int ahead) {
    return all.size() + ahead >= MOST;
  }

  /** Adds a column, or takes it instead of a narrower one. */
  void put(Column column) {
    byField.put(column.field(), column);
    if (column.position() == all.size()) {
      all.add(column);
    } else {
      all.set(column.position(), column);
    }
  }
}
