package io.caravan.sandbox;

/**
 * A rectangle of cells; the ends are the first row and column behind it.
 *
 * @param endRow {@link #OPEN} for as far as the grid goes
 * @param endColumn {@link #OPEN} for as far as the grid goes
 */
record SheetsArea(int startRow, int endRow, int startColumn, int endColumn) {
  static final int OPEN = Integer.MAX_VALUE;
  static final SheetsArea ALL = new SheetsArea(0, OPEN, 0, OPEN);

  static SheetsArea cell(int row, int column) {
    return new SheetsArea(row, row + 1, column, column + 1);
  }

  int rows() {
    return endRow - startRow;
  }

  int columns() {
    return endColumn - startColumn;
  }

  boolean isOneCell() {
    return rows() == 1 && columns() == 1;
  }

  boolean startsWithin(SheetsGrid grid) {
    return startRow < grid.rowCount() && startColumn < grid.columnCount();
  }

  /** Whether all that is not open lies in the grid. */
  boolean isWithin(SheetsGrid grid) {
    return startsWithin(grid)
        && (endRow == OPEN || endRow <= grid.rowCount())
        && (endColumn == OPEN || endColumn <= grid.columnCount());
  }

  /** The part of it that the grid has. */
  SheetsArea cutTo(SheetsGrid grid) {
    return new SheetsArea(
        startRow,
        Math.min(endRow, grid.rowCount()),
        startColumn,
        Math.min(endColumn, grid.columnCount()));
  }

  boolean intersects(SheetsArea other) {
    return startRow < other.endRow
        && other.startRow < endRow
        && startColumn < other.endColumn
        && other.startColumn < endColumn;
  }
}
