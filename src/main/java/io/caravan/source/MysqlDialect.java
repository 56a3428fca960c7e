package io.caravan.source;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * MySQL and MariaDB. A schema and a database are the same thing there. Columns usually compare
 * without regard to case and accents, so text is compared by its bytes.
 */
final class MysqlDialect extends Dialect {
  private static final TypeNames TYPES =
      new TypeNames()
          .with(
              ValueKind.TEXT,
              "char,character,varchar,character varying,nchar,nvarchar,national char,national"
                  + " varchar,tinytext,text,mediumtext,longtext,set,inet4,inet6")
          .with(
              ValueKind.NUMBER,
              "tinyint,smallint,mediumint,int,integer,bigint,decimal,dec,numeric,fixed,float,double,double"
                  + " precision,real,year,int1,int2,int3,int4,int8,serial")
          .with(ValueKind.BOOLEAN, "boolean,bool")
          .with(ValueKind.DATE, "date")
          .with(ValueKind.TIMESTAMP, "datetime,timestamp")
          .with(ValueKind.TIME, "time")
          .with(ValueKind.UUID, "uuid")
          .with(ValueKind.ENUM, "enum");

  /** What MySQL writes for a boolean column: tinyint(1), or bit(1). */
  private static final Pattern BOOLEAN = Pattern.compile("(tinyint|bit)\\s*\\(\\s*1\\s*\\)");

  /** The list of an enum or set holds any character at all, brackets too. */
  private static final Pattern LISTED = Pattern.compile("(enum|set)\\s*\\(.*", Pattern.DOTALL);

  private static final Pattern MODIFIERS = Pattern.compile("\\s+(unsigned|signed|zerofill)\\b.*");

  static final MysqlDialect MYSQL = new MysqlDialect(SourceType.MYSQL);
  static final MysqlDialect MARIADB = new MysqlDialect(SourceType.MARIADB);

  private MysqlDialect(SourceType type) {
    super(type, "org.mariadb.jdbc.Driver", "org.mariadb.jdbc:mariadb-java-client", TYPES);
  }

  @Override
  String quoted(String identifier) {
    return '`' + identifier.replace("`", "``") + '`';
  }

  @Override
  public int longestIdentifier() {
    return 64;
  }

  /**
   * The schema names the database; {@code def} is what the information schema calls the one
   * catalogue.
   */
  @Override
  public String qualified(String database, String schema, String table) {
    String owner = given(schema) && !schema.equals("def") ? schema : database;
    return super.qualified(null, owner, table);
  }

  @Override
  String text(String expression, ValueKind kind) {
    return switch (kind) {
      case BOOLEAN ->
          "case when %1$s is null then null when %1$s then 'true' else 'false' end"
              .formatted(expression);
      default -> "convert(" + expression + " using utf8mb4) collate utf8mb4_bin";
    };
  }

  @Override
  public ValueKind kindOf(String nativeTypeName) {
    if (nativeTypeName == null) {
      return ValueKind.UNSEARCHABLE;
    }
    String name = nativeTypeName.toLowerCase(Locale.ROOT).strip();
    if (BOOLEAN.matcher(name).matches()) {
      return ValueKind.BOOLEAN;
    }
    String listed = LISTED.matcher(name).replaceFirst("$1");
    return super.kindOf(MODIFIERS.matcher(listed).replaceFirst(""));
  }

  /**
   * The time limit has another name and unit on each server. Comments that only one of them
   * executes make one statement right for both, since people give a MariaDB the type mysql.
   */
  @Override
  public List<String> sessionSetUp(SessionLimits limits) {
    long lockSeconds = Math.max(1, limits.lock().toSeconds());
    return List.of(
        "set session transaction read only",
        "set time_zone = '+00:00', lock_wait_timeout = %d, innodb_lock_wait_timeout = %d"
                .formatted(lockSeconds, lockSeconds)
            + " /*!50708 , max_execution_time = %d */".formatted(limits.statement().toMillis())
            + " /*M! , max_statement_time = %d */".formatted(limits.statement().toSeconds()));
  }
}
