package io.caravan.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds the table that an append goes below. Tables are what lies together: an empty column or row
 * ends one. Of several within a range the last counts.
 */
final class SheetsTableFinder {
  private final SheetsGrid grid;
  private final List<BitSet> seen = new ArrayList<>();

  SheetsTableFinder(SheetsGrid grid) {
    this.grid = grid;
    for (int row = 0; row < grid.rowCount(); row++) {
      seen.add(new BitSet());
    }
  }

  /** The last table that has cells in the area. */
  Optional<SheetsArea> within(SheetsArea area) {
    return merged(found()).stream()
        .filter(area::intersects)
        .max(
            Comparator.comparingInt(SheetsArea::startRow)
                .thenComparingInt(SheetsArea::startColumn));
  }

  private List<SheetsArea> found() {
    List<SheetsArea> tables = new ArrayList<>();
    for (int row = 0; row < grid.rowCount(); row++) {
      for (int column = 0; column < grid.width(row); column++) {
        if (isNew(row, column)) {
          tables.add(around(row, column));
        }
      }
    }
    return tables;
  }

  private boolean isNew(int row, int column) {
    return row >= 0
        && column >= 0
        && row < grid.rowCount()
        && column < grid.columnCount()
        && !grid.cell(row, column).isEmpty()
        && !seen.get(row).get(column);
  }

  private SheetsArea around(int row, int column) {
    SheetsArea area = SheetsArea.cell(row, column);
    Deque<int[]> open = new ArrayDeque<>();
    seen.get(row).set(column);
    open.push(new int[] {row, column});
    while (!open.isEmpty()) {
      int[] cell = open.pop();
      area = both(area, SheetsArea.cell(cell[0], cell[1]));
      for (int r = cell[0] - 1; r <= cell[0] + 1; r++) {
        for (int c = cell[1] - 1; c <= cell[1] + 1; c++) {
          if (isNew(r, c)) {
            seen.get(r).set(c);
            open.push(new int[] {r, c});
          }
        }
      }
    }
    return area;
  }

  /** Rectangles that overlap or touch are one table. */
  private static List<SheetsArea> merged(List<SheetsArea> tables) {
    List<SheetsArea> merged = new ArrayList<>();
    for (SheetsArea table : tables) {
      SheetsArea whole = table;
      for (int i = 0; i < merged.size(); ) {
        if (touch(merged.get(i), whole)) {
          whole = both(whole, merged.remove(i));
          i = 0;
        } else {
          i++;
        }
      }
      merged.add(whole);
    }
    return merged;
  }

  private static boolean touch(SheetsArea one, SheetsArea other) {
    return new SheetsArea(
            one.startRow() - 1, one.endRow() + 1, one.startColumn() - 1, one.endColumn() + 1)
        .intersects(other);
  }

  private static SheetsArea both(SheetsArea one, SheetsArea other) {
    return new SheetsArea(
        Math.min(one.startRow(), other.startRow()),
        Math.max(one.endRow(), other.endRow()),
        Math.min(one.startColumn(), other.startColumn()),
        Math.max(one.endColumn(), other.endColumn()));
  }
}
