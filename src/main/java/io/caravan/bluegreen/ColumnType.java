package io.caravan.bluegreen;

import java.util.Locale;

/** What a column of a published entity holds, in the words of the entity file. */
enum ColumnType {
  TEXT("text"),
  INTEGER("integer"),
  BIGINT("bigint"),
  NUMERIC("numeric"),
  BOOLEAN("boolean"),
  TIMESTAMP("timestamptz"),
  DATE("date"),
  JSON("jsonb");

  private final String sql;

  ColumnType(String sql) {
    this.sql = sql;
  }

  static ColumnType of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** PostgreSQL's name of it. */
  String sql() {
    return sql;
  }
}
