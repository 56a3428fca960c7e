package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Puts another name in the place of a column's in an expression, where that is certain to mean the
 * column: not in literals and comments, not for words that SQL uses too, not for columns of another
 * table.
 */
final class ColumnRename {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*|[A-Z_][A-Z0-9_]*");

  /** What may be a type, a unit or a function without parentheses instead of a column. */
  private static final Set<String> SQL_WORDS =
      Set.of(
          "and",
          "array",
          "as",
          "asc",
          "between",
          "bigint",
          "bool",
          "boolean",
          "by",
          "case",
          "char",
          "date",
          "datetime",
          "day",
          "decimal",
          "desc",
          "distinct",
          "double",
          "else",
          "end",
          "filter",
          "float",
          "from",
          "group",
          "hour",
          "in",
          "int",
          "integer",
          "interval",
          "is",
          "json",
          "like",
          "limit",
          "long",
          "microsecond",
          "millisecond",
          "minute",
          "month",
          "not",
          "number",
          "numeric",
          "offset",
          "on",
          "or",
          "order",
          "over",
          "partition",
          "quarter",
          "range",
          "real",
          "row",
          "rows",
          "second",
          "select",
          "string",
          "struct",
          "table",
          "text",
          "then",
          "time",
          "timestamp",
          "timestamptz",
          "uuid",
          "varchar",
          "week",
          "when",
          "where",
          "year");

  private final String table;
  private final String from;
  private final String to;

  /**
   * @param table whose columns are meant when they are qualified; null when unknown
   */
  ColumnRename(String table, String from, String to) {
    this.table = table == null ? null : table.substring(table.lastIndexOf('.') + 1).strip();
    this.from = from;
    this.to = to;
  }

  /**
   * Replaces the name in an expression that is known to use the column.
   *
   * @return the expression's new value
   * @throws InvalidInputException when it is not certain what to replace
   */
  String in(ScalarNode expression, String text, TextEdits edits) {
    YamlScalar scalar = YamlScalar.of(text, expression);
    YamlScalar.Content content = scalar.content();
    String sql = content.characters();
    List<SqlWords.Word> found = new ArrayList<>();
    for (SqlWords.Word word : SqlWords.in(sql)) {
      if (means(word, sql)) {
        requireSafe(word, sql, scalar);
        found.add(word);
      }
    }
    if (found.isEmpty()) {
      throw scalar.byHand();
    }
    for (SqlWords.Word word : found) {
      edits.replace(content.places()[word.start()], content.places()[word.end()], to);
    }
    return replacedIn(expression.getValue());
  }

  private String replacedIn(String value) {
    StringBuilder changed = new StringBuilder(value);
    for (SqlWords.Word word : SqlWords.in(value).reversed()) {
      if (means(word, value)) {
        changed.replace(word.start(), word.end(), to);
      }
    }
    return changed.toString();
  }

  private boolean means(SqlWords.Word word, String sql) {
    boolean named = word.quoted() ? word.text().equals(from) : word.text().equalsIgnoreCase(from);
    boolean own =
        word.qualifier() == null
            || word.qualifier().equals("TABLE")
            || word.qualifier().equalsIgnoreCase(table);
    boolean function = !word.quoted() && sql.substring(word.end()).stripLeading().startsWith("(");
    return named && own && !function;
  }

  private void requireSafe(SqlWords.Word word, String sql, YamlScalar scalar) {
    boolean safe =
        word.quoted()
            ? to.chars().noneMatch(c -> "\"'`[]\\".indexOf(c) >= 0 || c < ' ')
            : PLAIN.matcher(to).matches() && !isSqlWord(to) && !isSqlWord(from);
    boolean reference = word.start() > 1 && sql.startsWith("${", word.start() - 2);
    if (!safe || reference || sql.contains("$$")) {
      throw scalar.byHand();
    }
  }

  private static boolean isSqlWord(String word) {
    return SQL_WORDS.contains(word.toLowerCase(Locale.ROOT)) || SqlColumns.isKeyword(word);
  }
}
