package io.caravan.sheetsync;

import java.util.ArrayList;
import java.util.List;

/**
 * A tab as {@code values.get} answers it with {@code UNFORMATTED_VALUE} and {@code SERIAL_NUMBER}.
 *
 * @param headerRow number of the header row, 1 for the first row of the tab
 * @param header cells of the header row; empty when it is blank
 * @param rows the rows below it; trailing empty cells may be missing
 */
public record SheetTab(int headerRow, List<?> header, List<SheetRow> rows) {
  public SheetTab {
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param number its number in the tab, 1 for the first row
   * @param cells String, Number, Boolean, or null and {@code ""} for an empty cell
   */
  public record SheetRow(int number, List<?> cells) {
    /** What stands in a column, or null where the row ends before it or the cell is empty. */
    Object at(int column) {
      Object cell = column < cells.size() ? cells.get(column) : null;
      return cell instanceof String text && text.isEmpty() ? null : cell;
    }
  }

  /** The same tab with one more header. */
  SheetTab withHeader(int column, Object title) {
    List<Object> longer = new ArrayList<>(header);
    while (longer.size() <= column) {
      longer.add(null);
    }
    longer.set(column, title);
    return new SheetTab(headerRow, longer, rows);
  }

  /** A cell's name as people read it, {@code B7}. */
  static String address(int column, int row) {
    StringBuilder letters = new StringBuilder();
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
      letters.insert(0, (char) ('A' + (rest - 1) % 26));
    }
    return letters.append(row).toString();
  }
}
