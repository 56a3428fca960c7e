package io.caravan.connectorsync.dataset;

/** What a column of a dataset holds, as far as JSON tells. */
enum ColumnType {
  BOOLEAN("boolean"),
  BIGINT("bigint"),
  NUMERIC("numeric"),
  DATE("date"),
  TIMESTAMP("timestamptz"),
  TEXT("text"),
  JSON("jsonb");

  private final String sql;

  ColumnType(String sql) {
    this.sql = sql;
  }

  static ColumnType ofSql(String sql) {
    for (ColumnType type : values()) {
      if (type.sql.equals(sql)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no type of a dataset's column: " + sql);
  }

  /** PostgreSQL's name of it. */
  String sql() {
    return sql;
  }

  /**
   * The narrowest type that holds the values of both. Only whole numbers become numbers; objects
   * and arrays stay what they are, so that beside them all is JSON; everything else becomes text.
   */
  ColumnType with(ColumnType other) {
    if (this == other) {
      return this;
    }
    if (this == JSON || other == JSON) {
      return JSON;
    }
    boolean numbers = (this == BIGINT || this == NUMERIC) && (other == BIGINT || other == NUMERIC);
    return numbers ? NUMERIC : TEXT;
  }

  /**
   * The SQL expression that makes a value of this type one of a wider type.
   *
   * @param column as SQL
   */
  String widened(String column, ColumnType to) {
    // The session's time zone must not show in a text.
    String readable =
        this == TIMESTAMP
            ? "to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                .formatted(column)
            : this == DATE ? "to_char(%s, 'YYYY-MM-DD')".formatted(column) : column;
    return switch (to) {
      case TEXT -> readable + "::text";
      case JSON -> "to_jsonb(%s)".formatted(readable);
      default -> "%s::%s".formatted(column, to.sql);
    };
  }
}
