package io.caravan.source;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one vendor wants SQL to be written. Names come in as people know them, unquoted; SQL comes
 * out. Stateless.
 *
 * <p>Rules are those of the vendors' SQL references; each class says what is peculiar to it.
 */
public abstract sealed class Dialect
    permits BigQueryDialect,
        DatabricksDialect,
        DuckDbDialect,
        MysqlDialect,
        PostgresDialect,
        SnowflakeDialect,
        SqlServerDialect {
  private final SourceType type;
  private final String driverClass;
  private final String driverCoordinates;
  private final TypeNames typeNames;

  Dialect(SourceType type, String driverClass, String driverCoordinates, TypeNames typeNames) {
    this.type = type;
    this.driverClass = driverClass;
    this.driverCoordinates = driverCoordinates;
    this.typeNames = typeNames;
  }

  public static Dialect of(SourceType type) {
    return switch (type) {
      case POSTGRESQL -> PostgresDialect.POSTGRESQL;
      case REDSHIFT -> RedshiftDialect.REDSHIFT;
      case MYSQL -> MysqlDialect.MYSQL;
      case MARIADB -> MysqlDialect.MARIADB;
      case SQLSERVER -> SqlServerDialect.SQLSERVER;
      case SNOWFLAKE -> SnowflakeDialect.SNOWFLAKE;
      case BIGQUERY -> BigQueryDialect.BIGQUERY;
      case DATABRICKS -> DatabricksDialect.DATABRICKS;
      case DUCKDB -> DuckDbDialect.DUCKDB;
    };
  }

  public SourceType type() {
    return type;
  }

  /** Which JDBC driver speaks to this vendor. */
  public String driverClass() {
    return driverClass;
  }

  /** Where the driver is found, {@code group:artifact}. */
  public String driverCoordinates() {
    return driverCoordinates;
  }

  /**
   * The identifier as SQL that names exactly this thing, in its own case.
   *
   * @throws Failure of kind configuration when no such thing can exist: empty, longer than the
   *     vendor allows (some would cut it and read another column), or with a NUL in it
   */
  public final String quote(String identifier) {
    if (identifier == null || identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
      throw new Failure(
          FailureKind.CONFIGURATION, "A table or column name is empty or holds a NUL character.");
    }
    if (length(identifier) > longestIdentifier()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The name \"%s...\" is longer than the %d that %s allows."
              .formatted(identifier.substring(0, 30), longestIdentifier(), type.apiName()));
    }
    return quoted(identifier);
  }

  abstract String quoted(String identifier);

  /** The longest identifier, in the unit that the vendor counts in (bytes or characters). */
  public abstract int longestIdentifier();

  int length(String identifier) {
    return identifier.codePointCount(0, identifier.length());
  }

  /**
   * A table as it stands in a FROM clause. A null or blank database or schema is left out: the
   * session's own counts.
   */
  public String qualified(String database, String schema, String table) {
    return Stream.of(database, schema, table)
        .filter(Dialect::given)
        .map(this::quote)
        .collect(Collectors.joining("."));
  }

  /** The same, where the schema between a database and a table may be left empty. */
  final String qualifiedByDefaultSchema(String database, String schema, String table) {
    String between = given(database) && !given(schema) ? ".." : ".";
    return Stream.of(database, schema, table)
        .filter(Dialect::given)
        .map(this::quote)
        .collect(Collectors.joining(between));
  }

  static boolean given(String name) {
    return name != null && !name.isBlank();
  }

  /** The statement, which begins with {@code select}, cut to its first rows. */
  public String limit(String select, long rows) {
    return select + " limit " + rows;
  }

  /**
   * An expression as text, in one form that does not depend on the session's settings. Values that
   * differ, differ as text too, also in upper and lower case and in accents.
   *
   * @throws IllegalArgumentException for values that cannot be searched
   */
  public final String asText(String expression, ValueKind kind) {
    if (!kind.searchable()) {
      throw new IllegalArgumentException("values of this kind have no text to search");
    }
    return text(expression, kind);
  }

  abstract String text(String expression, ValueKind kind);

  /**
   * A condition: the text begins with what is bound to its one parameter, a {@link
   * #patternOfBeginning}, upper and lower case being the same.
   *
   * @param text an expression made by {@link #asText}
   */
  public String begins(String text) {
    return beginsInAnyCase(text);
  }

  final String beginsInAnyCase(String text) {
    return "lower(%s) like lower(?) escape '%s'".formatted(text, patternEscape());
  }

  /**
   * The LIKE pattern of all texts that begin with this one, every character of which is data.
   * Belongs to {@link #begins}.
   */
  public final String patternOfBeginning(String beginning) {
    StringBuilder pattern = new StringBuilder(beginning.length() + 8);
    for (char c : beginning.toCharArray()) {
      // Some refuse an escape before a character that needs none.
      if (c == patternEscape() || wildcards().indexOf(c) >= 0) {
        pattern.append(patternEscape());
      }
      pattern.append(c);
    }
    return pattern.append('%').toString();
  }

  /** No backslash where it can be avoided: vendors differ on what it means in a literal. */
  char patternEscape() {
    return '!';
  }

  String wildcards() {
    return "%_";
  }

  /**
   * The kind of values of a type, by any of the names the vendor's documents or catalogue give it.
   */
  public ValueKind kindOf(String nativeTypeName) {
    return nativeTypeName == null ? ValueKind.UNSEARCHABLE : typeNames.kindOf(nativeTypeName);
  }

  /** Costs the server nothing and answers one row when the connection works. */
  public String probe() {
    return "select 1";
  }

  /**
   * Whether the vendor has plain read transactions over JDBC, so that auto-commit is off and a read
   * ends in a rollback.
   */
  public boolean transactional() {
    return true;
  }

  /**
   * Statements for a fresh session: read only, UTC, and limits, as far as the server has such a
   * thing.
   */
  public abstract List<String> sessionSetUp(SessionLimits limits);
}
