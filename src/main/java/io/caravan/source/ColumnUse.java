package io.caravan.source;

/**
 * A column that a dataset's definition relies on. A dimension or measure that is an expression
 * gives one use for each column in it.
 *
 * @param column as written, without surrounding blanks and without the quotes of an expression
 * @param type as written; null when not given, and when what is given is not the type of the column
 *     itself: that of an expression, or of a count
 * @param origin what kind of entry uses it
 * @param entry the entry's name as written. A measure's name may look like an expression and still
 *     be the name of a column: when the table has a column of exactly this name, that one is meant
 * @param expression as written; null when the entry's name is the column
 * @param aggregate as written, null when not given
 * @param notNull whether the definition promises a value, null when it does not say
 * @param searchable whether people filter by the entry
 * @param usedInJoinOrFilter whether a filter or relationship of the same definition names it
 * @param optional nothing needs it: it is a count of rows, whose name is the measure's own
 * @param doubleQuoted it stood in double quotes in an expression, which is a text rather than a
 *     column for vendors that quote names otherwise
 * @param namePlace where its name stands, or the expression that holds it
 * @param typePlace where its type stands, null when {@code type} is
 */
public record ColumnUse(
    String column,
    String type,
    Origin origin,
    String entry,
    String expression,
    String aggregate,
    Boolean notNull,
    boolean searchable,
    boolean usedInJoinOrFilter,
    boolean optional,
    boolean doubleQuoted,
    YamlPlace namePlace,
    YamlPlace typePlace) {

  /** The kind of an entry. */
  public enum Origin {
    DIMENSION,
    MEASURE,
    DBT_COLUMN
  }
}
