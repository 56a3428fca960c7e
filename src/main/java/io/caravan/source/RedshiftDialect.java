package io.caravan.source;

import java.util.List;

/**
 * Amazon Redshift: PostgreSQL 8 by descent. Names up to 127 bytes, no arrays, no lock time-out, and
 * neither {@code text} nor a cast of booleans to text.
 */
final class RedshiftDialect extends PostgresDialect {
  static final RedshiftDialect REDSHIFT = new RedshiftDialect();

  private RedshiftDialect() {
    super(
        SourceType.REDSHIFT,
        "com.amazon.redshift.Driver",
        "com.amazon.redshift:redshift-jdbc42",
        new TypeNames()
            .with(
                ValueKind.TEXT,
                "char,character,nchar,bpchar,varchar,character varying,nvarchar,text,name")
            .with(
                ValueKind.NUMBER,
                "smallint,int2,integer,int,int4,bigint,int8,decimal,numeric,real,float4,double"
                    + " precision,float8,float,oid")
            .with(ValueKind.BOOLEAN, "boolean,bool")
            .with(ValueKind.DATE, "date")
            .with(
                ValueKind.TIMESTAMP,
                "timestamp,timestamp without time zone,timestamptz,timestamp with time zone")
            .with(
                ValueKind.TIME,
                "time,time without time zone,timetz,time with time zone,interval year to month,"
                    + "interval day to second"));
  }

  @Override
  public int longestIdentifier() {
    return 127;
  }

  @Override
  String text(String expression, ValueKind kind) {
    return switch (kind) {
      case TEXT -> expression;
      case BOOLEAN ->
          "case when %1$s then 'true' when not %1$s then 'false' end".formatted(expression);
      default -> "cast(" + expression + " as varchar(65535))";
    };
  }

  @Override
  public String begins(String text) {
    return beginsInAnyCase(text);
  }

  @Override
  public List<String> sessionSetUp(SessionLimits limits) {
    return List.of(
        "set timezone to 'UTC'",
        "set datestyle to 'ISO, YMD'",
        "set statement_timeout to " + limits.statement().toMillis());
  }
}
