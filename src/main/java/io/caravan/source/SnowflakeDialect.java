package io.caravan.source;

import java.util.List;

/** Snowflake. Names that were never quoted live in upper case, so they are given in upper case. */
final class SnowflakeDialect extends Dialect {
  static final SnowflakeDialect SNOWFLAKE = new SnowflakeDialect();

  private SnowflakeDialect() {
    super(
        SourceType.SNOWFLAKE,
        "net.snowflake.client.jdbc.SnowflakeDriver",
        "net.snowflake:snowflake-jdbc",
        new TypeNames()
            .with(
                ValueKind.TEXT,
                "varchar,char,character,nchar,string,text,nvarchar,nvarchar2,char varying,nchar"
                    + " varying")
            .with(
                ValueKind.NUMBER,
                "number,decimal,dec,numeric,int,integer,bigint,smallint,tinyint,byteint,float,float4,float8,double,double"
                    + " precision,real,decfloat,fixed")
            .with(ValueKind.BOOLEAN, "boolean")
            .with(ValueKind.DATE, "date")
            .with(
                ValueKind.TIMESTAMP,
                "datetime,timestamp,timestamp_ltz,timestamp_ntz,timestamp_tz,timestampltz,timestampntz,timestamptz,timestamp"
                    + " with local time zone,timestamp without time zone,timestamp with time zone")
            .with(ValueKind.TIME, "time")
            .with(ValueKind.UUID, "uuid")
            .with(ValueKind.ARRAY, "array"));
  }

  @Override
  String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public int longestIdentifier() {
    return 255;
  }

  /** A database without a schema is {@code "db".."table"}: the schema PUBLIC. */
  @Override
  public String qualified(String database, String schema, String table) {
    return qualifiedByDefaultSchema(database, schema, table);
  }

  @Override
  String text(String expression, ValueKind kind) {
    return switch (kind) {
      case TEXT -> "collate(to_varchar(%s), '')".formatted(expression);
      case DATE -> "to_varchar(%s, 'YYYY-MM-DD')".formatted(expression);
      case TIMESTAMP -> "to_varchar(%s, 'YYYY-MM-DD HH24:MI:SS.FF9')".formatted(expression);
      case TIME -> "to_varchar(%s, 'HH24:MI:SS.FF9')".formatted(expression);
      case ARRAY -> "to_json(%s)".formatted(expression);
      default -> "to_varchar(%s)".formatted(expression);
    };
  }

  /**
   * The driver's Arrow results need JVM flags that a plain start does not have; JSON needs none.
   */
  @Override
  public List<String> sessionSetUp(SessionLimits limits) {
    return List.of(
        "alter session set jdbc_query_result_format = 'JSON'",
        "alter session set timezone = 'UTC'",
        "alter session set query_tag = 'caravan'",
        "alter session set lock_timeout = " + limits.lock().toSeconds(),
        "alter session set statement_timeout_in_seconds = " + limits.statement().toSeconds());
  }
}
