package io.caravan.connectorsync.dataset;

/**
 * A column of a dataset's table.
 *
 * @param position counts from 0 and never changes, as the content hash is made in this order
 * @param field of the records, as the source names it
 * @param name of the column
 */
record Column(int position, String field, String name, ColumnType type) {
  /** The name of a field as an identifier in SQL. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The column's name, in SQL. */
  String sql() {
    return quoted(name);
  }

  Column of(ColumnType wider) {
    return new Column(position, field, name, wider);
  }
}
