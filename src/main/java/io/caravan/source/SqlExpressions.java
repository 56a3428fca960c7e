package io.caravan.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.PlainSelect;

/**
 * Finds the columns that SQL expressions use. Whoever writes a dataset writes its expressions, so
 * each has a limit of length and time, and all of one definition share a second one: reading an
 * instance's expressions never takes much longer than {@link #ALL}.
 */
final class SqlExpressions {
  static final int LONGEST = 10_000;
  static final Duration EACH = Duration.ofSeconds(2);
  static final Duration ALL = Duration.ofSeconds(5);

  private static final String TOO_DEEP = "it is nested too deeply";

  /** Most expressions are one column, which needs no parser. */
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?:(?<table>[\\p{L}_][\\p{L}\\p{N}_$]*+)\\.)?"
              + "(?:(?<name>[\\p{L}_][\\p{L}\\p{N}_$]*+)"
              + "|(?<quote>[\"`\\[])(?<quoted>[^\"`\\[\\]]++)[\"`\\]])");

  /** LookML's own table, and its references to other entries, which are no columns. */
  private static final Pattern OWN_TABLE = Pattern.compile("\\$\\{TABLE}\\s*\\.\\s*");

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*+}");

  private static final Pattern OPERATOR =
      Pattern.compile("[()*+/<>=|]|::|\\s-\\s|\\$\\{|\\{\\{|\\{%");

  /** The parser stops at its time limit in a thread of its own; these end when idle. */
  private static final ExecutorService PARSERS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("sql-expression-", 0).factory());

  private final Duration each;
  private long left;

  SqlExpressions() {
    this(EACH, ALL);
  }

  SqlExpressions(Duration each, Duration all) {
    this.each = each;
    this.left = all.toNanos();
  }

  /** Reads expressions that are one name, and no others. */
  static SqlExpressions namesOnly() {
    return new SqlExpressions(EACH, Duration.ZERO);
  }

  /**
   * What an expression says about columns.
   *
   * @param columns in the order of the text, each once
   * @param bare it is nothing but one column
   * @param unreadable why it could not be read, null when it could
   */
  record Reading(List<UsedColumn> columns, boolean bare, String unreadable) {
    private static Reading not(String reason) {
      return new Reading(List.of(), false, reason);
    }
  }

  /**
   * A column in an expression.
   *
   * @param name without quotes
   * @param doubleQuoted it stood in double quotes, which some vendors take for text
   */
  record UsedColumn(String name, boolean doubleQuoted) {}

  /**
   * Whether a name is rather an expression, such as {@code sum(amount)}. A minus needs spaces
   * around it, as a name may well hold one.
   */
  static boolean looksLikeOne(String name) {
    return OPERATOR.matcher(name).find();
  }

  /**
   * Reads an expression.
   *
   * @param table whose columns count when they are qualified; null when unknown
   */
  Reading read(String written, String table) {
    if (written.contains("{{") || written.contains("{%") || written.contains("{#")) {
      return Reading.not("it holds Jinja");
    }
    if (written.length() > LONGEST) {
      return Reading.not("it is longer than " + LONGEST + " characters");
    }
    String own = OWN_TABLE.matcher(written).replaceAll("").strip();
    String sql = REFERENCE.matcher(own).replaceAll(Matcher.quoteReplacement("null"));
    while (sql.endsWith(";")) {
      sql = sql.substring(0, sql.length() - 1).strip();
    }
    Matcher column = COLUMN.matcher(sql);
    if (column.matches()) {
      return column(column, table);
    }
    if (sql.isEmpty() || SqlWords.hasSemicolon(sql)) {
      return Reading.not("it is no SQL expression");
    }
    return sql.equals("*") ? new Reading(List.of(), false, null) : parse(sql, table);
  }

  private static Reading column(Matcher column, String table) {
    String name = column.group("name") == null ? column.group("quoted") : column.group("name");
    boolean foreign =
        column.group("table") != null
            && (table == null || !column.group("table").equalsIgnoreCase(lastPart(table)));
    boolean keyword =
        column.group("table") == null
            && column.group("quote") == null
            && SqlColumns.isKeyword(name);
    return foreign || keyword
        ? new Reading(List.of(), false, null)
        : new Reading(
            List.of(new UsedColumn(name, "\"".equals(column.group("quote")))), true, null);
  }

  private Reading parse(String sql, String table) {
    long started = System.nanoTime();
    try {
      return columns(expression(sql), table);
    } catch (JSQLParserException e) {
      return Reading.not(reason(e));
    } catch (StackOverflowError e) {
      // A sum of thousands is as deep as it is long; the parser survives it, its tree's walk not.
      return Reading.not(TOO_DEEP);
    } catch (RuntimeException e) {
      // The parser's own visitor stumbles over rare forms, trim(both from x) was one.
      return Reading.not("it has a form that is not known");
    } finally {
      left -= System.nanoTime() - started;
    }
  }

  private static String reason(JSQLParserException e) {
    return switch (e.getCause()) {
      case TimeoutException late -> "reading it took too long";
      case ExecutionException failed when failed.getCause() instanceof StackOverflowError ->
          TOO_DEEP;
      case null, default -> "it is no SQL expression";
    };
  }

  private Expression expression(String sql) throws JSQLParserException {
    try {
      return expression(sql, false);
    } catch (JSQLParserException e) {
      // SQL Server's [Order Id] means an element of an array elsewhere, so it has the second turn.
      if (sql.indexOf('[') < 0 || e.getCause() instanceof TimeoutException) {
        throw e;
      }
      return expression(sql, true);
    }
  }

  /** Only statements have a time limit in this parser, hence the select around it. */
  private Expression expression(String sql, boolean brackets) throws JSQLParserException {
    long millis = Math.min(each.toMillis(), Duration.ofNanos(left).toMillis());
    if (millis <= 0) {
      throw new JSQLParserException(new TimeoutException());
    }
    var statement =
        CCJSqlParserUtil.parse(
            "SELECT " + sql,
            PARSERS,
            (CCJSqlParser parser) ->
                parser.withSquareBracketQuotation(brackets).withTimeOut(millis));
    if (statement instanceof PlainSelect select && select.getSelectItems().size() == 1) {
      Expression expression = select.getSelectItem(0).getExpression();
      if (select.toString().equals("SELECT " + expression)) {
        return expression;
      }
    }
    throw new JSQLParserException("more than an expression");
  }

  private static Reading columns(Expression expression, String table) {
    SqlColumns columns = new SqlColumns(table == null ? null : lastPart(table));
    expression.accept(columns, null);
    boolean bare =
        expression instanceof Column column
            && column.getArrayConstructor() == null
            && columns.found().size() == 1;
    return new Reading(List.copyOf(new ArrayList<>(columns.found())), bare, null);
  }

  private static String lastPart(String table) {
    return table.substring(table.lastIndexOf('.') + 1).strip().toLowerCase(Locale.ROOT);
  }
}
