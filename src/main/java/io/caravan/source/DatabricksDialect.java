package io.caravan.source;

import java.util.List;

/** Databricks SQL with Unity Catalog: database is the catalogue. */
final class DatabricksDialect extends Dialect {
  static final DatabricksDialect DATABRICKS = new DatabricksDialect();

  private DatabricksDialect() {
    super(
        SourceType.DATABRICKS,
        "com.databricks.client.jdbc.Driver",
        "com.databricks:databricks-jdbc",
        new TypeNames()
            .with(ValueKind.TEXT, "string,varchar,char")
            .with(
                ValueKind.NUMBER,
                "tinyint,byte,smallint,short,int,integer,bigint,long,float,real,double,decimal,dec,numeric")
            .with(ValueKind.BOOLEAN, "boolean")
            .with(ValueKind.DATE, "date")
            .with(ValueKind.TIMESTAMP, "timestamp,timestamp_ntz,timestamp_ltz")
            .with(
                ValueKind.TIME,
                "time,interval year,interval year to month,interval month,interval day,interval day"
                    + " to hour,interval day to minute,interval day to second,interval"
                    + " hour,interval hour to minute,interval hour to second,interval"
                    + " minute,interval minute to second,interval second"));
  }

  @Override
  String quoted(String identifier) {
    return '`' + identifier.replace("`", "``") + '`';
  }

  @Override
  public int longestIdentifier() {
    return 255;
  }

  @Override
  String text(String expression, ValueKind kind) {
    return switch (kind) {
      case TEXT -> "collate(cast(%s as string), 'UTF8_BINARY')".formatted(expression);
      case ARRAY -> "to_json(%s)".formatted(expression);
      default -> "cast(%s as string)".formatted(expression);
    };
  }

  /**
   * {@code ARRAY<STRING>} is searchable when its elements are; maps, structs and variants never
   * are.
   */
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
    return List.of(
        "set time zone 'UTC'", "set statement_timeout = " + limits.statement().toSeconds());
  }
}
