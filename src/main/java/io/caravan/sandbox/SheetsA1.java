package io.caravan.sandbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A1 notation: how ranges are written. */
final class SheetsA1 {
  private static final Pattern CELLS =
      Pattern.compile(
          "\\$?(?<c1>[A-Za-z]{1,3})?\\$?(?<r1>[1-9]\\d{0,8})?"
              + "(?<to>:\\$?(?<c2>[A-Za-z]{1,3})?\\$?(?<r2>[1-9]\\d{0,8})?)?");
  private static final Pattern PLAIN_TITLE = Pattern.compile("[A-Za-z0-9_]+");

  private SheetsA1() {}

  /**
   * A range with the title of its sheet.
   *
   * @param title null for the first sheet
   * @param cells null for the whole sheet
   */
  record Written(String title, String cells) {}

  /** Parts a range at the exclamation mark; a title in quotes may hold one. */
  static Written split(String range) {
    if (range.startsWith("'")) {
      int end = 1;
      while (end < range.length() && (range.charAt(end) != '\'' || range.startsWith("''", end))) {
        end += range.charAt(end) == '\'' ? 2 : 1;
      }
      if (end >= range.length()) {
        throw SheetsErrors.unparsableRange(range);
      }
      String title = range.substring(1, end).replace("''", "'");
      String rest = range.substring(end + 1);
      if (!rest.isEmpty() && !rest.startsWith("!")) {
        throw SheetsErrors.unparsableRange(range);
      }
      return new Written(title, rest.isEmpty() ? null : rest.substring(1));
    }
    int mark = range.lastIndexOf('!');
    return mark < 0
        ? new Written(null, range)
        : new Written(range.substring(0, mark), range.substring(mark + 1));
  }

  /** The rectangle that is meant, none when it is not one; corners may be given in any order. */
  static Optional<SheetsArea> area(String cells) {
    Matcher parts = CELLS.matcher(cells);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Integer column1 = column(parts.group("c1"));
    Integer row1 = row(parts.group("r1"));
    if (parts.group("to") == null) {
      return column1 == null || row1 == null
          ? Optional.empty()
          : Optional.of(SheetsArea.cell(row1, column1));
    }
    Integer column2 = column(parts.group("c2"));
    Integer row2 = row(parts.group("r2"));
    if (column1 == null && row1 == null || column2 == null && row2 == null) {
      return Optional.empty();
    }
    int[] rows = ends(row1, row2);
    int[] columns = ends(column1, column2);
    return Optional.of(new SheetsArea(rows[0], rows[1], columns[0], columns[1]));
  }

  private static int[] ends(Integer first, Integer last) {
    if (first == null || last == null) {
      int start = first != null ? first : 0;
      return new int[] {start, last == null ? SheetsArea.OPEN : last + 1};
    }
    return new int[] {Math.min(first, last), Math.max(first, last) + 1};
  }

  private static Integer row(String digits) {
    return digits == null ? null : Integer.valueOf(Integer.parseInt(digits) - 1);
  }

  private static Integer column(String letters) {
    if (letters == null) {
      return null;
    }
    int column = 0;
    for (char letter : letters.toUpperCase().toCharArray()) {
      column = column * 26 + letter - 'A' + 1;
    }
    return column - 1;
  }

  /** The letters of a column, the first being 0. */
  static String letters(int column) {
    String rest = column < 26 ? "" : letters(column / 26 - 1);
    return rest + (char) ('A' + column % 26);
  }

  /** A range as answers write it: explicit, and the title in quotes where it needs them. */
  static String write(String title, SheetsArea area) {
    String first = letters(area.startColumn()) + (area.startRow() + 1);
    String last = letters(area.endColumn() - 1) + area.endRow();
    return quoted(title) + "!" + (first.equals(last) ? first : first + ":" + last);
  }

  static String quoted(String title) {
    return PLAIN_TITLE.matcher(title).matches() ? title : "'" + title.replace("'", "''") + "'";
  }
}
