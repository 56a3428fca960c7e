package io.caravan.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The cells of a sheet. Who uses it holds the server's lock. */
final class SheetsGrid {
  static final int ROWS = 1000;
  static final int COLUMNS = 26;

  private final List<SheetsLine> rows;
  private final List<SheetsLine> columns;

  /** By row; a row's list ends at its last cell that ever held something. */
  private final List<List<SheetsCell>> cells;

  private final Set<SheetsLine> hidden;

  SheetsGrid(int rowCount, int columnCount) {
    rows = new ArrayList<>(lines(rowCount));
    columns = new ArrayList<>(lines(columnCount));
    cells = new ArrayList<>(emptyRows(rowCount));
    hidden = Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private SheetsGrid(SheetsGrid other, boolean sameLines) {
    rows = new ArrayList<>(sameLines ? other.rows : lines(other.rows.size()));
    columns = new ArrayList<>(sameLines ? other.columns : lines(other.columns.size()));
    cells = new ArrayList<>(other.cells.size());
    other.cells.forEach(row -> cells.add(new ArrayList<>(row)));
    hidden = Collections.newSetFromMap(new IdentityHashMap<>());
    if (sameLines) {
      hidden.addAll(other.hidden);
    }
  }

  /** What to return to: the same rows and columns with what stands in them now. */
  SheetsGrid snapshot() {
    return new SheetsGrid(this, true);
  }

  /** The same contents in rows and columns of their own. */
  SheetsGrid duplicate() {
    return new SheetsGrid(this, false);
  }

  int rowCount() {
    return rows.size();
  }

  int columnCount() {
    return columns.size();
  }

  List<SheetsLine> lines(SheetsDimension dimension) {
    return Collections.unmodifiableList(own(dimension));
  }

  private List<SheetsLine> own(SheetsDimension dimension) {
    return dimension == SheetsDimension.ROWS ? rows : columns;
  }

  /** Where each row or column stands now. */
  Map<SheetsLine, Integer> places(SheetsDimension dimension) {
    Map<SheetsLine, Integer> places = new IdentityHashMap<>();
    List<SheetsLine> lines = own(dimension);
    for (int i = 0; i < lines.size(); i++) {
      places.put(lines.get(i), i);
    }
    return places;
  }

  boolean isHidden(SheetsLine line) {
    return hidden.contains(line);
  }

  void hide(SheetsLine line, boolean hides) {
    if (hides) {
      hidden.add(line);
    } else {
      hidden.remove(line);
    }
  }

  /** Never null. */
  SheetsCell cell(int row, int column) {
    List<SheetsCell> line = cells.get(row);
    return column < line.size() ? line.get(column) : SheetsCell.EMPTY;
  }

  void put(int row, int column, SheetsCell cell) {
    List<SheetsCell> line = cells.get(row);
    while (line.size() <= column) {
      line.add(SheetsCell.EMPTY);
    }
    line.set(column, cell);
  }

  /** The number of cells up to the last one of the row that is not empty. */
  int width(int row) {
    List<SheetsCell> line = cells.get(row);
    int width = line.size();
    while (width > 0 && line.get(width - 1).isEmpty()) {
      width--;
    }
    return width;
  }

  /** Puts empty rows or columns before the one at an index. */
  void insert(SheetsDimension dimension, int at, int count) {
    own(dimension).addAll(at, lines(count));
    if (dimension == SheetsDimension.ROWS) {
      cells.addAll(at, emptyRows(count));
    } else {
      for (List<SheetsCell> row : cells) {
        if (row.size() > at) {
          row.addAll(at, Collections.nCopies(count, SheetsCell.EMPTY));
        }
      }
    }
  }

  void delete(SheetsDimension dimension, int from, int to) {
    own(dimension).subList(from, to).clear();
    if (dimension == SheetsDimension.ROWS) {
      cells.subList(from, to).clear();
    } else {
      for (List<SheetsCell> row : cells) {
        row.subList(Math.min(from, row.size()), Math.min(to, row.size())).clear();
      }
    }
  }

  /**
   * Moves rows or columns.
   *
   * @param destination the index, before the move, of the one they come to stand before
   */
  void move(SheetsDimension dimension, int from, int to, int destination) {
    shift(own(dimension), from, to, destination);
    if (dimension == SheetsDimension.ROWS) {
      shift(cells, from, to, destination);
      return;
    }
    for (List<SheetsCell> row : cells) {
      while (row.size() < Math.max(to, destination)) {
        row.add(SheetsCell.EMPTY);
      }
      shift(row, from, to, destination);
    }
  }

  private static <T> void shift(List<T> list, int from, int to, int destination) {
    List<T> moved = new ArrayList<>(list.subList(from, to));
    list.subList(from, to).clear();
    list.addAll(destination > from ? destination - moved.size() : destination, moved);
  }

  /** Orders what stands in the rows of an area; rows that compare equal keep their order. */
  void sort(SheetsArea area, Comparator<List<SheetsCell>> order) {
    List<List<SheetsCell>> parts = new ArrayList<>();
    for (int row = area.startRow(); row < area.endRow(); row++) {
      List<SheetsCell> part = new ArrayList<>();
      for (int column = area.startColumn(); column < area.endColumn(); column++) {
        part.add(cell(row, column));
      }
      parts.add(part);
    }
    parts.sort(order);
    for (int i = 0; i < parts.size(); i++) {
      for (int j = 0; j < parts.get(i).size(); j++) {
        put(area.startRow() + i, area.startColumn() + j, parts.get(i).get(j));
      }
    }
  }

  /** Ends the grid there, or makes it go on that far. */
  void resize(int rowCount, int columnCount) {
    resize(SheetsDimension.ROWS, rowCount);
    resize(SheetsDimension.COLUMNS, columnCount);
  }

  private void resize(SheetsDimension dimension, int count) {
    int size = own(dimension).size();
    if (count < size) {
      delete(dimension, count, size);
    } else {
      insert(dimension, size, count - size);
    }
  }

  private static List<SheetsLine> lines(int count) {
    return Stream.generate(SheetsLine::new).limit(count).toList();
  }

  private static List<List<SheetsCell>> emptyRows(int count) {
    return Stream.<List<SheetsCell>>generate(ArrayList::new).limit(count).toList();
  }
}
