package io.caravan.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * PostgreSQL. It silently cuts names at 63 bytes. A database name in front of a table is allowed
 * when it is the one connected to, and refused otherwise, which is what we want.
 */
sealed class PostgresDialect extends Dialect permits RedshiftDialect {
  static final PostgresDialect POSTGRESQL =
      new PostgresDialect(
          SourceType.POSTGRESQL,
          "org.postgresql.Driver",
          "org.postgresql:postgresql",
          new TypeNames()
              .with(
                  ValueKind.TEXT,
                  "text,varchar,character"
                      + " varying,char,character,bpchar,\"char\",name,citext,inet,cidr,macaddr,"
                      + "macaddr8,ltree")
              .with(
                  ValueKind.NUMBER,
                  "smallint,integer,int,bigint,int2,int4,int8,smallserial,serial,bigserial,serial2,serial4,serial8,numeric,decimal,real,double"
                      + " precision,float,float4,float8,money,oid")
              .with(ValueKind.BOOLEAN, "boolean,bool")
              .with(ValueKind.DATE, "date")
              .with(
                  ValueKind.TIMESTAMP,
                  "timestamp,timestamptz,timestamp without time zone,timestamp with time zone")
              .with(
                  ValueKind.TIME,
                  "time,timetz,time without time zone,time with time zone,interval,interval year,"
                      + "interval month,interval day,interval hour,interval minute,interval second,"
                      + "interval year to month,interval day to hour,interval day to minute,"
                      + "interval day to second,interval hour to minute,interval hour to second,"
                      + "interval minute to second")
              .with(ValueKind.UUID, "uuid"));

  PostgresDialect(SourceType type, String driverClass, String coordinates, TypeNames typeNames) {
    super(type, driverClass, coordinates, typeNames);
  }

  @Override
  String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public int longestIdentifier() {
    return 63;
  }

  @Override
  int length(String identifier) {
    return identifier.getBytes(UTF_8).length;
  }

  @Override
  String text(String expression, ValueKind kind) {
    return "cast(" + expression + " as text)";
  }

  /**
   * A column's own collation may be one that LIKE refuses (nondeterministic) or one that knows no
   * letter case but that of ASCII.
   */
  @Override
  public String begins(String text) {
    return "lower(%s collate \"default\") collate \"C\" like lower(cast(? as text) collate \"default\") collate \"C\" escape '%s'"
        .formatted(text, patternEscape());
  }

  /** Arrays are {@code text[]} to people and {@code _text} in the catalogue. */
  @Override
  public ValueKind kindOf(String nativeTypeName) {
    if (nativeTypeName == null) {
      return ValueKind.UNSEARCHABLE;
    }
    String plain = TypeNames.plain(nativeTypeName);
    String element = null;
    if (plain.contains("[")) {
      element = plain.substring(0, plain.indexOf('['));
    } else if (plain.startsWith("_")) {
      element = plain.substring(1);
    }
    if (element == null) {
      return super.kindOf(plain);
    }
    return super.kindOf(element).searchable() ? ValueKind.ARRAY : ValueKind.UNSEARCHABLE;
  }

  @Override
  public List<String> sessionSetUp(SessionLimits limits) {
    // One round trip.
    return List.of(
        String.join(
            "; ",
            "set session characteristics as transaction read only",
            "set timezone = 'UTC'",
            "set datestyle = 'ISO, YMD'",
            "set intervalstyle = 'postgres'",
            "set statement_timeout = " + limits.statement().toMillis(),
            "set lock_timeout = " + limits.lock().toMillis(),
            "set idle_in_transaction_session_timeout = " + limits.statement().toMillis()));
  }
}
