package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A sheet of a spreadsheet, as a person with it open sees and edits it: what is typed is parsed,
 * rows can be inserted, deleted and sorted, and no limit of the API applies. Rows and columns are
 * counted from one, as people do. Thread-safe.
 */
public final class SheetsTab {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SheetsSpreadsheet spreadsheet;
  private final int sheetId;
  private String title;
  private boolean hidden;
  private int frozenRows;
  private SheetsGrid grid;

  SheetsTab(SheetsSpreadsheet spreadsheet, int sheetId, String title, SheetsGrid grid) {
    this.spreadsheet = spreadsheet;
    this.sheetId = sheetId;
    this.title = title;
    this.grid = grid;
  }

  /** Stays when the sheet is renamed or moved. */
  public int sheetId() {
    return sheetId;
  }

  /** As people see it. */
  public String title() {
    synchronized (spreadsheet.drive()) {
      return title;
    }
  }

  /** Gives the sheet another title. */
  public void rename(String another) {
    synchronized (spreadsheet.drive()) {
      title = another;
    }
  }

  /**
   * Types into a cell.
   *
   * @param cell as in {@code B2}
   * @param text an empty one clears it
   * @throws IllegalArgumentException when there is no such cell
   */
  public void type(String cell, String text) {
    synchronized (spreadsheet.drive()) {
      SheetsArea at = existing(cell);
      SheetsCell before = grid.cell(at.startRow(), at.startColumn());
      grid.put(at.startRow(), at.startColumn(), spreadsheet.drive().input().typed(text, before));
    }
  }

  /**
   * Fills cells from one on, as values rather than typing.
   *
   * @param cell the upper left one
   * @param values texts, numbers, truth values, or null for what stays as it is
   */
  public void put(String cell, List<? extends List<?>> values) {
    synchronized (spreadsheet.drive()) {
      SheetsArea at = existing(cell);
      int row = at.startRow();
      for (List<?> line : values) {
        int column = at.startColumn();
        for (Object value : line) {
          if (value != null) {
            SheetsCell before = grid.cell(row, column);
            JsonNode json = JSON.valueToTree(value);
            grid.put(row, column, spreadsheet.drive().input().accept(json, false, before));
          }
          column++;
        }
        row++;
      }
    }
  }

  /** What a cell shows. */
  public String text(String cell) {
    synchronized (spreadsheet.drive()) {
      return SheetsOutput.FORMATTED_VALUE.show(this, cellAt(cell), false).asText();
    }
  }

  /** What stands in a cell: a formula, or the bare value as the API shows it. */
  public Object value(String cell) {
    synchronized (spreadsheet.drive()) {
      return JSON.convertValue(SheetsOutput.FORMULA.show(this, cellAt(cell), false), Object.class);
    }
  }

  /**
   * All rows up to the last one with something in it, each up to its last cell, bare: texts, truth
   * values, {@code Long} for whole numbers and {@code Double} for others.
   */
  public List<List<Object>> rows() {
    synchronized (spreadsheet.drive()) {
      List<List<Object>> rows = new ArrayList<>();
      SheetsOutput.UNFORMATTED_VALUE
          .rows(this, SheetsArea.ALL.cutTo(grid), false, false)
          .forEach(
              row -> {
                List<Object> values = new ArrayList<>();
                row.forEach(value -> values.add(JSON.convertValue(value, Object.class)));
                rows.add(values);
              });
      return rows;
    }
  }

  /** How many rows it has, empty ones included. */
  public int gridRows() {
    synchronized (spreadsheet.drive()) {
      return grid.rowCount();
    }
  }

  /** Shows numbers of an area in another way, for example {@code DATE} and {@code yyyy-mm-dd}. */
  public void format(String range, String type, String pattern) {
    synchronized (spreadsheet.drive()) {
      SheetsArea area = existing(range);
      for (int row = area.startRow(); row < area.endRow(); row++) {
        for (int column = area.startColumn(); column < area.endColumn(); column++) {
          grid.put(row, column, grid.cell(row, column).with(new SheetsFormat(type, pattern)));
        }
      }
    }
  }

  /** Inserts empty rows above one. */
  public void insertRows(int above, int count) {
    structure(SheetsDimension.ROWS, above, (dimension, at) -> grid.insert(dimension, at, count));
  }

  /** Deletes rows from one on. */
  public void deleteRows(int from, int count) {
    structure(
        SheetsDimension.ROWS, from, (dimension, at) -> grid.delete(dimension, at, at + count));
  }

  /** Inserts empty columns before one. */
  public void insertColumns(String before, int count) {
    structure(
        SheetsDimension.COLUMNS,
        number(before),
        (dimension, at) -> grid.insert(dimension, at, count));
  }

  /** Deletes columns from one on. */
  public void deleteColumns(String from, int count) {
    structure(
        SheetsDimension.COLUMNS,
        number(from),
        (dimension, at) -> grid.delete(dimension, at, at + count));
  }

  /** Drags a row to above another. */
  public void moveRow(int row, int above) {
    structure(
        SheetsDimension.ROWS, row, (dimension, at) -> grid.move(dimension, at, at + 1, above - 1));
  }

  /** Drags a column to before another. */
  public void moveColumn(String column, String before) {
    int destination = number(before) - 1;
    structure(
        SheetsDimension.COLUMNS,
        number(column),
        (dimension, at) -> grid.move(dimension, at, at + 1, destination));
  }

  /** Hides a row or shows it again, as a filter does. */
  public void hideRow(int row, boolean hides) {
    structure(
        SheetsDimension.ROWS,
        row,
        (dimension, at) -> grid.hide(grid.lines(dimension).get(at), hides));
  }

  /**
   * Sorts everything from a row on by a column; empty cells come last.
   *
   * @param firstRow 2 when the first row is a header
   */
  public void sortBy(String column, boolean ascending, int firstRow) {
    int by = number(column) - 1;
    structure(
        SheetsDimension.ROWS,
        firstRow,
        (dimension, at) -> {
          Comparator<SheetsCell> order = SheetsOrder.of(this, ascending);
          grid.sort(
              new SheetsArea(at, grid.rowCount(), 0, grid.columnCount()),
              Comparator.comparing(cells -> cells.get(by), order));
        });
  }

  private interface Change {
    void make(SheetsDimension dimension, int index);
  }

  /** References in formulas do not follow. */
  private void structure(SheetsDimension dimension, int number, Change change) {
    synchronized (spreadsheet.drive()) {
      change.make(dimension, number - 1);
    }
  }

  private static int number(String column) {
    return SheetsA1.area(column + "1").orElseThrow().endColumn();
  }

  private SheetsCell cellAt(String cell) {
    SheetsArea at = existing(cell);
    return grid.cell(at.startRow(), at.startColumn());
  }

  private SheetsArea existing(String range) {
    return SheetsA1.area(range)
        .filter(area -> area.isWithin(grid))
        .map(area -> area.cutTo(grid))
        .orElseThrow(() -> new IllegalArgumentException("The sheet has no " + range + "."));
  }

  SheetsSpreadsheet spreadsheet() {
    return spreadsheet;
  }

  SheetsGrid grid() {
    return grid;
  }

  void grid(SheetsGrid another) {
    grid = another;
  }

  boolean isHidden() {
    return hidden;
  }

  void hide(boolean hides) {
    hidden = hides;
  }

  int frozenRows() {
    return frozenRows;
  }

  void freeze(int rows) {
    frozenRows = rows;
  }

  /** What stands in a cell, computed when it is a formula. */
  Object value(SheetsCell cell) {
    return cell.formula() == null ? cell.value() : SheetsFormula.value(this, cell.formula());
  }
}
