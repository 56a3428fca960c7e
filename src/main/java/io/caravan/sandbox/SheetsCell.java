package io.caravan.sandbox;

import java.util.Objects;

/**
 * What stands in a cell.
 *
 * @param value a {@code String}, {@code Double} or {@code Boolean}; null when it is empty or a
 *     formula
 * @param formula with its equals sign, or null
 * @param format how numbers are shown, or null
 */
record SheetsCell(Object value, String formula, SheetsFormat format) {
  static final SheetsCell EMPTY = new SheetsCell(null, null, null);
  static final int LONGEST_TEXT = 50_000;

  boolean isEmpty() {
    return value == null && formula == null;
  }

  /** The same look with nothing in it. */
  SheetsCell cleared() {
    return format == null ? EMPTY : new SheetsCell(null, null, format);
  }

  /** The same content with another look. */
  SheetsCell with(SheetsFormat another) {
    return Objects.equals(format, another) ? this : new SheetsCell(value, formula, another);
  }
}
