package io.caravan.source;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Microsoft SQL Server and Azure SQL. No LIMIT; {@code timestamp} is a row version, no time; there
 * is neither a read-only session nor a time limit in the server.
 */
final class SqlServerDialect extends Dialect {
  static final SqlServerDialect SQLSERVER = new SqlServerDialect();

  private static final Pattern SELECT =
      Pattern.compile("\\s*select(\\s+(?:distinct|all))?\\b", Pattern.CASE_INSENSITIVE);

  private SqlServerDialect() {
    super(
        SourceType.SQLSERVER,
        "com.microsoft.sqlserver.jdbc.SQLServerDriver",
        "com.microsoft.sqlserver:mssql-jdbc",
        new TypeNames()
            .with(ValueKind.TEXT, "char,varchar,text,nchar,nvarchar,ntext,sysname")
            .with(
                ValueKind.NUMBER,
                "tinyint,smallint,int,bigint,decimal,dec,numeric,money,smallmoney,float,real,double"
                    + " precision")
            .with(ValueKind.BOOLEAN, "bit")
            .with(ValueKind.DATE, "date")
            .with(ValueKind.TIMESTAMP, "datetime,datetime2,smalldatetime,datetimeoffset")
            .with(ValueKind.TIME, "time")
            .with(ValueKind.UUID, "uniqueidentifier"));
  }

  @Override
  String quoted(String identifier) {
    return '[' + identifier.replace("]", "]]") + ']';
  }

  @Override
  public int longestIdentifier() {
    return 128;
  }

  /** A database without a schema is {@code [db]..[table]}: the user's default schema. */
  @Override
  public String qualified(String database, String schema, String table) {
    return qualifiedByDefaultSchema(database, schema, table);
  }

  @Override
  public String limit(String select, long rows) {
    Matcher start = SELECT.matcher(select);
    if (!start.lookingAt()) {
      throw new IllegalArgumentException("only a statement that begins with select can be cut");
    }
    return select.substring(0, start.end()) + " top (" + rows + ")" + select.substring(start.end());
  }

  /**
   * Style 3 keeps every digit of a float (a plain cast keeps six), 23 and 121 are the ISO forms of
   * date and time.
   */
  @Override
  String text(String expression, ValueKind kind) {
    return switch (kind) {
      case BOOLEAN -> "case %s when 1 then 'true' when 0 then 'false' end".formatted(expression);
      case NUMBER -> "convert(nvarchar(60), %s, 3)".formatted(expression);
      case DATE -> "convert(nvarchar(10), %s, 23)".formatted(expression);
      case TIMESTAMP -> "convert(nvarchar(40), %s, 121)".formatted(expression);
      case TIME -> "convert(nvarchar(16), %s)".formatted(expression);
      case UUID -> "lower(convert(nvarchar(36), %s))".formatted(expression);
      default -> "cast(%s as nvarchar(max)) collate Latin1_General_100_BIN2".formatted(expression);
    };
  }

  @Override
  String wildcards() {
    return "%_[";
  }

  @Override
  public List<String> sessionSetUp(SessionLimits limits) {
    return List.of(
        "set lock_timeout " + limits.lock().toMillis(),
        "set deadlock_priority low",
        "set dateformat ymd");
  }
}
