package io.caravan.source;

import static io.caravan.failure.FailureKind.AUTHORISATION;
import static io.caravan.failure.FailureKind.CONFIGURATION;
import static io.caravan.failure.FailureKind.INTERNAL;
import static io.caravan.failure.FailureKind.TIMEOUT;
import static io.caravan.failure.FailureKind.TRANSIENT;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Turns what a driver throws into a failure with a kind and a sentence of our own. A driver's
 * message may hold values of a customer's rows, so it is never passed on; names of tables and
 * columns are picked out of the messages known to name them.
 */
public final class SqlFailures {
  /** A verdict before it is tied to the thing worked on. */
  private record Verdict(FailureKind kind, String sentence) {}

  private static final Verdict LOST =
      new Verdict(
          TRANSIENT, "the connection could not be made or was lost; it will be tried again");
  private static final Verdict BUSY =
      new Verdict(
          TRANSIENT,
          "the database has no room for us now (connections or memory); it will be tried again");
  private static final Verdict CLASH =
      new Verdict(TRANSIENT, "another transaction stood in the way; it will be tried again");
  private static final Verdict DOWN =
      new Verdict(TRANSIENT, "the database is shutting down or starting; it will be tried again");
  private static final Verdict PASSWORD =
      new Verdict(AUTHORISATION, "the database refused the log-in; check username and password");
  private static final Verdict GRANT =
      new Verdict(
          AUTHORISATION, "the user may not read this; grant it SELECT, and USAGE of the schema");
  private static final Verdict NO_TABLE =
      new Verdict(CONFIGURATION, "the table%s does not exist; correct its name");
  private static final Verdict NO_COLUMN =
      new Verdict(CONFIGURATION, "the column%s does not exist; correct its name");
  private static final Verdict NO_DATABASE =
      new Verdict(CONFIGURATION, "the database or schema%s does not exist; correct its name");
  private static final Verdict OTHER_DATABASE =
      new Verdict(
          CONFIGURATION,
          "the data source is connected to another database than the one named; correct"
              + " databaseName or jdbcUrl");
  private static final Verdict TOO_LONG =
      new Verdict(TIMEOUT, "the statement took longer than allowed and was stopped");
  private static final Verdict READ_ONLY =
      new Verdict(INTERNAL, "a write was tried in a read-only session");
  private static final Verdict MEMORY =
      new Verdict(
          CONFIGURATION,
          "the query needs more memory than caravan.source.duckdb-memory allows; raise it");
  private static final Verdict FILE =
      new Verdict(
          CONFIGURATION,
          "the file cannot be opened read-only; check the path, its permissions, and that no other"
              + " program holds it open for writing");
  private static final Verdict UNKNOWN = new Verdict(INTERNAL, "the database refused the query");

  /**
   * Longest prefix counts. SQL:2003 with the classes that PostgreSQL, Redshift, Snowflake and
   * Databricks share.
   */
  private static final Map<String, Verdict> BY_STATE =
      Map.ofEntries(
          Map.entry("08", LOST),
          Map.entry("40", CLASH),
          Map.entry("55P03", CLASH),
          Map.entry("57P", DOWN),
          Map.entry("25P03", LOST),
          Map.entry("53", BUSY),
          Map.entry("28", PASSWORD),
          Map.entry("42501", GRANT),
          Map.entry("42P01", NO_TABLE),
          Map.entry("42S02", NO_TABLE),
          Map.entry("42703", NO_COLUMN),
          Map.entry("42S22", NO_COLUMN),
          Map.entry("3D000", NO_DATABASE),
          Map.entry("3F000", NO_DATABASE),
          Map.entry("0A000", OTHER_DATABASE),
          Map.entry("57014", TOO_LONG),
          Map.entry("HYT00", TOO_LONG),
          Map.entry("HYT01", LOST),
          Map.entry("25006", READ_ONLY));

  private static final Map<Integer, Verdict> MYSQL =
      Map.ofEntries(
          Map.entry(1044, GRANT),
          Map.entry(1045, PASSWORD),
          Map.entry(1698, PASSWORD),
          Map.entry(1142, GRANT),
          Map.entry(1143, GRANT),
          Map.entry(1227, GRANT),
          Map.entry(1146, NO_TABLE),
          Map.entry(1054, NO_COLUMN),
          Map.entry(1049, NO_DATABASE),
          Map.entry(1040, BUSY),
          Map.entry(1203, BUSY),
          Map.entry(1226, BUSY),
          Map.entry(1205, CLASH),
          Map.entry(1213, CLASH),
          Map.entry(1053, DOWN),
          Map.entry(1317, TOO_LONG),
          Map.entry(1969, TOO_LONG),
          Map.entry(3024, TOO_LONG),
          Map.entry(1792, READ_ONLY));

  private static final Map<Integer, Verdict> SQLSERVER =
      Map.ofEntries(
          Map.entry(18456, PASSWORD),
          Map.entry(18452, PASSWORD),
          Map.entry(229, GRANT),
          Map.entry(230, GRANT),
          Map.entry(916, GRANT),
          Map.entry(208, NO_TABLE),
          Map.entry(207, NO_COLUMN),
          Map.entry(911, NO_DATABASE),
          Map.entry(4060, NO_DATABASE),
          Map.entry(1205, CLASH),
          Map.entry(1222, CLASH),
          Map.entry(701, BUSY),
          Map.entry(10928, BUSY),
          Map.entry(10929, BUSY),
          Map.entry(40197, DOWN),
          Map.entry(40501, BUSY),
          Map.entry(40613, DOWN),
          Map.entry(3906, READ_ONLY));

  private static final Map<Integer, Verdict> SNOWFLAKE =
      Map.of(
          390100, PASSWORD, 390144, PASSWORD, 2003, NO_TABLE, 3001, GRANT, 604, TOO_LONG, 630,
          TOO_LONG);

  /**
   * DuckDB gives neither state nor code: its messages begin with the class of error. The first that
   * fits counts.
   */
  private static final Map<SourceType, List<Map.Entry<Pattern, Verdict>>> BY_TEXT =
      Map.of(
          SourceType.DUCKDB,
          List.of(
              text("INTERRUPT Error", TOO_LONG),
              text("Catalog Error: Table with name", NO_TABLE),
              text(
                  "Catalog Error: Schema|Catalog .* does not exist|Binder Error: Catalog",
                  NO_DATABASE),
              text(
                  "Binder Error: Referenced column|Binder Error: .*does not have a column",
                  NO_COLUMN),
              text("Out of Memory Error", MEMORY),
              text("IO Error|Permission Error|Connection Error|different configuration", FILE),
              text("Catalog Error", NO_TABLE)));

  private static final List<Pattern> NAMES =
      List.of(
          Pattern.compile("^ERROR: (?:relation|schema|database) \"(.{1,200}?)\" does not exist"),
          Pattern.compile("^FATAL: database \"(.{1,200}?)\" does not exist"),
          Pattern.compile("^ERROR: column \"?(.{1,200}?)\"? does not exist"),
          Pattern.compile("Table '(.{1,200}?)' doesn't exist"),
          Pattern.compile("Unknown (?:column|database) '(.{1,200}?)'"),
          Pattern.compile("Invalid (?:object|column) name '(.{1,200}?)'"),
          Pattern.compile("Table with name (.{1,200}?) does not exist"),
          Pattern.compile("Referenced column \"(.{1,200}?)\" not found"));

  private SqlFailures() {}

  private static Map.Entry<Pattern, Verdict> text(String pattern, Verdict verdict) {
    return Map.entry(Pattern.compile(pattern), verdict);
  }

  /**
   * Explains an exception.
   *
   * @param what the thing worked on, in words that begin a sentence, for example {@code data source
   *     "Shop"}
   * @return a failure whose message names the thing, what happened, what to do, and the SQLSTATE
   */
  public static Failure explain(SQLException e, SourceType type, String what) {
    SQLException telling = telling(e);
    Verdict verdict = verdict(telling, type);
    String sentence = verdict.sentence().formatted(name(telling));
    String subject = Character.toUpperCase(what.charAt(0)) + what.substring(1);
    return new Failure(verdict.kind(), subject + ": " + sentence + "." + code(telling), e);
  }

  /** A pool wraps the driver's exception: the one that carries a state or a code tells more. */
  private static SQLException telling(SQLException e) {
    SQLException telling = e;
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && telling instanceof SQLTransientConnectionException) {
        telling = sql;
      }
    }
    return telling;
  }

  private static Verdict verdict(SQLException e, SourceType type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return new Verdict(TRANSIENT, "the host name is not known; check jdbcUrl if this lasts");
      }
      if (cause instanceof java.net.ConnectException) {
        return new Verdict(
            TRANSIENT, "nothing answers at this host and port; check jdbcUrl if this lasts");
      }
      if (cause instanceof SSLException) {
        return new Verdict(
            CONFIGURATION,
            "no encrypted connection could be made; check the certificate options in jdbcUrl");
      }
    }
    Verdict byVendor = byVendor(e, type);
    if (byVendor != null) {
      return byVendor;
    }
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    for (int length = state.length(); length >= 2; length--) {
      Verdict verdict = BY_STATE.get(state.substring(0, length));
      if (verdict != null) {
        return verdict;
      }
    }
    if (e instanceof SQLTransientConnectionException) {
      return BUSY;
    }
    return e instanceof SQLTimeoutException ? TOO_LONG : UNKNOWN;
  }

  private static Verdict byVendor(SQLException e, SourceType type) {
    return switch (type) {
      case MYSQL, MARIADB -> MYSQL.get(e.getErrorCode());
      case SQLSERVER -> SQLSERVER.get(e.getErrorCode());
      case SNOWFLAKE -> SNOWFLAKE.get(e.getErrorCode());
      case DUCKDB -> {
        String message = String.valueOf(e.getMessage());
        yield BY_TEXT.get(type).stream()
            .filter(entry -> entry.getKey().matcher(message).find())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
      }
      case POSTGRESQL, REDSHIFT, BIGQUERY, DATABRICKS -> null;
    };
  }

  private static String name(SQLException e) {
    String message = String.valueOf(e.getMessage());
    for (Pattern pattern : NAMES) {
      Matcher matcher = pattern.matcher(message);
      if (matcher.find()) {
        return " " + matcher.group(1);
      }
    }
    return "";
  }

  private static String code(SQLException e) {
    String state = e.getSQLState();
    if (state != null && !state.isBlank()) {
      return " (SQLSTATE "
          + state
          + (e.getErrorCode() == 0 ? "" : ", code " + e.getErrorCode())
          + ")";
    }
    return e.getErrorCode() == 0 ? "" : " (code " + e.getErrorCode() + ")";
  }
}
