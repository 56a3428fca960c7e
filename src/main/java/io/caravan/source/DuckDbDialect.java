package io.caravan.source;

import java.util.List;
import java.util.Locale;

/**
 * DuckDB files. The database name is the file's name without its ending. Names are as long as one
 * likes; a limit keeps the messages readable. It has no limits in the server because there is no
 * server: a statement is cancelled from here.
 */
final class DuckDbDialect extends Dialect {
  static final DuckDbDialect DUCKDB = new DuckDbDialect();

  private DuckDbDialect() {
    super(
        SourceType.DUCKDB,
        "org.duckdb.DuckDBDriver",
        "org.duckdb:duckdb_jdbc",
        new TypeNames()
            .with(ValueKind.TEXT, "varchar,char,bpchar,text,string")
            .with(
                ValueKind.NUMBER,
                "tinyint,int1,smallint,int2,short,integer,int4,int,signed,bigint,int8,long,hugeint,utinyint,"
                    + "usmallint,uinteger,ubigint,uhugeint,float,float4,real,double,float8,decimal,numeric,bignum,"
                    + "varint")
            .with(ValueKind.BOOLEAN, "boolean,bool,logical")
            .with(ValueKind.DATE, "date")
            .with(
                ValueKind.TIMESTAMP,
                "timestamp,datetime,timestamp_s,timestamp_ms,timestamp_ns,timestamp_us,timestamptz,"
                    + "timestamp with time zone")
            .with(ValueKind.TIME, "time,time_ns,timetz,time with time zone,interval")
            .with(ValueKind.UUID, "uuid"));
  }

  @Override
  String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public int longestIdentifier() {
    return 10_000;
  }

  @Override
  String text(String expression, ValueKind kind) {
    return "cast(" + expression + " as varchar)";
  }

  /**
   * Lists are {@code VARCHAR[]}, arrays {@code VARCHAR[3]}; the list of an enum is a part of its
   * type name.
   */
  @Override
  public ValueKind kindOf(String nativeTypeName) {
    if (nativeTypeName == null) {
      return ValueKind.UNSEARCHABLE;
    }
    String name = nativeTypeName.toLowerCase(Locale.ROOT).strip();
    if (name.endsWith("]")) {
      ValueKind element = kindOf(name.substring(0, name.lastIndexOf('[')));
      return element.searchable() ? ValueKind.ARRAY : ValueKind.UNSEARCHABLE;
    }
    return name.equals("enum") || name.startsWith("enum(") ? ValueKind.ENUM : super.kindOf(name);
  }

  @Override
  public List<String> sessionSetUp(SessionLimits limits) {
    return List.of("set TimeZone = 'UTC'");
  }
}
