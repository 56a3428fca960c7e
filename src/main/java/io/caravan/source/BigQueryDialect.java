package io.caravan.source;

import java.util.List;

/**
 * Google BigQuery. A quoted name has the escapes of a string literal, so a backtick is not doubled
 * but escaped. Database is the project, schema the dataset. There is no session to set up: time is
 * UTC and a statement is limited by its job.
 */
final class BigQueryDialect extends Dialect {
  static final BigQueryDialect BIGQUERY = new BigQueryDialect();

  private BigQueryDialect() {
    super(
        SourceType.BIGQUERY,
        "com.google.cloud.bigquery.jdbc.BigQueryDriver",
        "com.google.cloud:google-cloud-bigquery-jdbc",
        new TypeNames()
            .with(ValueKind.TEXT, "string")
            .with(
                ValueKind.NUMBER,
                "int64,int,smallint,integer,bigint,tinyint,byteint,numeric,decimal,bignumeric,bigdecimal,"
                    + "float64,float")
            .with(ValueKind.BOOLEAN, "bool,boolean")
            .with(ValueKind.DATE, "date")
            .with(ValueKind.TIMESTAMP, "datetime,timestamp")
            .with(ValueKind.TIME, "time,interval"));
  }

  @Override
  String quoted(String identifier) {
    StringBuilder escaped = new StringBuilder("`");
    for (int i = 0; i < identifier.length(); i++) {
      char c = identifier.charAt(i);
      switch (c) {
        case '`', '\\' -> escaped.append('\\').append(c);
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        default -> escaped.append(c);
      }
    }
    return escaped.append('`').toString();
  }

  @Override
  public int longestIdentifier() {
    return 1024;
  }

  @Override
  String text(String expression, ValueKind kind) {
    return switch (kind) {
      case TEXT -> "collate(%s, '')".formatted(expression);
      case ARRAY -> "to_json_string(%s)".formatted(expression);
      default -> "cast(%s as string)".formatted(expression);
    };
  }

  /** LIKE has no ESCAPE clause here; the backslash is its escape. */
  @Override
  public String begins(String text) {
    return "lower(%s) like lower(?)".formatted(text);
  }

  @Override
  char patternEscape() {
    return '\\';
  }

  /** {@code ARRAY<STRING>} is searchable when its elements are; {@code STRUCT<...>} never is. */
  @Override
  public ValueKind kindOf(String nativeTypeName) {
    return NestedTypes.kindOf(nativeTypeName, super::kindOf);
  }

  @Override
  public boolean transactional() {
    return false;
  }

  @Override
  public List<String> sessionSetUp(SessionLimits limits) {
    return List.of();
  }
}
