package io.caravan.source;

import io.caravan.source.SqlExpressions.UsedColumn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LambdaExpression;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.schema.Column;

/**
 * Collects the columns of one table in a parsed expression. Columns of other tables are left out,
 * and so is all of a subselect: its names belong to tables of its own.
 */
final class SqlColumns extends ExpressionVisitorAdapter<Void> {
  /**
   * Words that the parser takes for columns and databases do not. A column of one of these names
   * has to be quoted in most of them.
   */
  private static final Set<String> KEYWORDS =
      Set.of(
          "current_catalog",
          "current_database",
          "current_date",
          "current_role",
          "current_schema",
          "current_time",
          "current_timestamp",
          "current_user",
          "default",
          "false",
          "localtime",
          "localtimestamp",
          "null",
          "rownum",
          "session_user",
          "sysdate",
          "system_user",
          "systimestamp",
          "true",
          "unknown",
          "user",
          "utc_date",
          "utc_time",
          "utc_timestamp");

  /** BigQuery's {@code date_trunc(day, week(monday))}. */
  private static final Set<String> WEEKDAYS =
      Set.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private final String table;
  private final Set<UsedColumn> found = new LinkedHashSet<>();
  private final Deque<List<String>> parameters = new ArrayDeque<>();

  /**
   * @param table in lower case, null when unknown: then qualified columns are left out
   */
  SqlColumns(String table) {
    this.table = table;
  }

  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  Set<UsedColumn> found() {
    return found;
  }

  @Override
  public <S> Void visit(Column column, S context) {
    String written = column.getColumnName();
    boolean quoted = !Character.isLetter(written.charAt(0)) && written.charAt(0) != '_';
    boolean own = column.getTable() == null || isOwn(column.getUnquotedTableName());
    boolean parameter =
        parameters.stream().anyMatch(names -> names.stream().anyMatch(written::equalsIgnoreCase));
    if (own && !parameter && (quoted || !isKeyword(written))) {
      found.add(new UsedColumn(column.getUnquotedColumnName(), written.startsWith("\"")));
    }
    return super.visit(column, context);
  }

  private boolean isOwn(String qualifier) {
    return qualifier == null || qualifier.isEmpty() || qualifier.equalsIgnoreCase(table);
  }

  @Override
  public <S> Void visit(Function function, S context) {
    if (function.getName().equalsIgnoreCase("week")
        && function.getParameters() != null
        && WEEKDAYS.contains(function.getParameters().toString().toLowerCase(Locale.ROOT))) {
      return null;
    }
    // The adapter forgets substring(x from 1 for 2).
    if (function.getNamedParameters() != null) {
      function.getNamedParameters().forEach(parameter -> parameter.accept(this, context));
    }
    return super.visit(function, context);
  }

  /** The adapter stumbles when one of the two is absent. */
  @Override
  public <S> Void visit(TrimFunction trim, S context) {
    if (trim.getExpression() != null) {
      trim.getExpression().accept(this, context);
    }
    if (trim.getFromExpression() != null) {
      trim.getFromExpression().accept(this, context);
    }
    return null;
  }

  @Override
  public <S> Void visit(LambdaExpression lambda, S context) {
    parameters.push(lambda.getIdentifiers());
    lambda.getExpression().accept(this, context);
    parameters.pop();
    return null;
  }
}
