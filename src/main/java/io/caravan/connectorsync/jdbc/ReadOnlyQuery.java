package io.caravan.connectorsync.jdbc;

import io.caravan.failure.InvalidInputException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.Statements;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;

/**
 * Whether a query is one statement that only reads. The session is read-only besides; this says so
 * before a server is asked, and keeps a second statement out.
 */
final class ReadOnlyQuery {
  private static final int LONGEST_PARSING_MS = 2_000;

  /** The parser stops at its time limit in a thread of its own; these end when idle. */
  private static final ExecutorService PARSERS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("connector-query-", 0).factory());

  private ReadOnlyQuery() {}

  /**
   * @return the query without a semicolon at its end
   * @throws InvalidInputException when it is not
   */
  static String checked(String query) {
    String sql = query.strip().replaceFirst(";\\s*$", "");
    if (!(parsed(sql) instanceof Select select) || !reads(select)) {
      throw new InvalidInputException(
          "config.query: must be one SELECT, with or without WITH, that changes and locks"
              + " nothing.");
    }
    return sql;
  }

  /** Null when there are several. */
  private static Statement parsed(String sql) {
    try {
      return parsed(sql, false);
    } catch (JSQLParserException e) {
      try {
        // SQL Server's [Order Id].
        return parsed(sql, true);
      } catch (JSQLParserException again) {
        throw new InvalidInputException(
            "config.query: cannot be read as one SQL statement; simplify it, or make a view of it"
                + " and name that as table.");
      }
    }
  }

  private static Statement parsed(String sql, boolean brackets) throws JSQLParserException {
    // The parser's method for one statement leaves what comes behind it unread.
    Statements statements =
        CCJSqlParserUtil.parseStatements(
            sql,
            PARSERS,
            (CCJSqlParser parser) ->
                parser
                    .withSquareBracketQuotation(brackets)
                    .withErrorRecovery(false)
                    .withTimeOut(LONGEST_PARSING_MS));
    return statements.size() == 1 ? statements.getFirst() : null;
  }

  private static boolean reads(Select select) {
    if (select.getWithItemsList() != null) {
      for (WithItem<?> item : select.getWithItemsList()) {
        if (!(item.getParenthesedStatement() instanceof Select inner) || !reads(inner)) {
          return false;
        }
      }
    }
    return select.getForMode() == null
        && !(select instanceof PlainSelect plain
            && (plain.getIntoTables() != null || plain.getIntoTempTable() != null));
  }
}
