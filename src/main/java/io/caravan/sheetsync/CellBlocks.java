package io.caravan.sheetsync;

import com.google.api.services.sheets.v4.model.CellData;
import com.google.api.services.sheets.v4.model.DataFilter;
import com.google.api.services.sheets.v4.model.DataFilterValueRange;
import com.google.api.services.sheets.v4.model.ExtendedValue;
import com.google.api.services.sheets.v4.model.GridCoordinate;
import com.google.api.services.sheets.v4.model.GridRange;
import com.google.api.services.sheets.v4.model.Request;
import com.google.api.services.sheets.v4.model.RowData;
import com.google.api.services.sheets.v4.model.UpdateCellsRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Cells to be written, in the two shapes that Google takes them in. Cells next to each other, also
 * in rows below each other, are one block.
 */
final class CellBlocks {
  /** The only part of a cell that is ever written: formats and notes are people's. */
  static final String CONTENT = "userEnteredValue";

  private final int tab;
  private final NavigableMap<Integer, NavigableMap<Integer, Object>> cells = new TreeMap<>();

  CellBlocks(int tab) {
    this.tab = tab;
  }

  /**
   * @param row 1 for the first one
   * @param column 0 for the first one
   */
  void put(int row, int column, Object content) {
    cells.computeIfAbsent(row, any -> new TreeMap<>()).put(column, content);
  }

  boolean isEmpty() {
    return cells.isEmpty();
  }

  private record Block(int row, int column, int width, List<List<Object>> rows) {}

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Map<Integer, Block> above = Map.of();
    for (Map.Entry<Integer, NavigableMap<Integer, Object>> row : cells.entrySet()) {
      Map<Integer, Block> current = new HashMap<>();
      for (Block run : runs(row.getKey(), row.getValue())) {
        Block upper = above.get(run.column());
        boolean continues =
            upper != null
                && upper.width() == run.width()
                && upper.row() + upper.rows().size() == run.row();
        if (continues) {
          upper.rows().addAll(run.rows());
        } else {
          blocks.add(run);
        }
        current.put(run.column(), continues ? upper : run);
      }
      above = current;
    }
    return blocks;
  }

  private static List<Block> runs(int row, NavigableMap<Integer, Object> content) {
    List<Block> runs = new ArrayList<>();
    List<Integer> columns = List.copyOf(content.keySet());
    for (int start = 0; start < columns.size(); ) {
      int first = columns.get(start);
      List<Object> values = new ArrayList<>();
      while (start < columns.size() && columns.get(start) == first + values.size()) {
        values.add(content.get(columns.get(start)));
        start++;
      }
      List<List<Object>> rows = new ArrayList<>();
      rows.add(values);
      runs.add(new Block(row, first, values.size(), rows));
    }
    return runs;
  }

  /** As values, which leave a cell alone that is null: an empty cell is an empty text. */
  List<DataFilterValueRange> ranges() {
    return blocks().stream()
        .map(
            block ->
                new DataFilterValueRange()
                    .setDataFilter(
                        new DataFilter()
                            .setGridRange(
                                new GridRange()
                                    .setSheetId(tab)
                                    .setStartRowIndex(block.row() - 1)
                                    .setEndRowIndex(block.row() - 1 + block.rows().size())
                                    .setStartColumnIndex(block.column())
                                    .setEndColumnIndex(block.column() + block.width())))
                    .setMajorDimension("ROWS")
                    .setValues(block.rows().stream().map(CellBlocks::withoutNulls).toList()))
        .toList();
  }

  private static List<Object> withoutNulls(List<Object> row) {
    return row.stream().map(cell -> cell == null ? (Object) "" : cell).toList();
  }

  /** As requests of a batch that changes rows, too. */
  List<Request> requests() {
    return blocks().stream()
        .map(
            block ->
                new Request()
                    .setUpdateCells(
                        new UpdateCellsRequest()
                            .setStart(
                                new GridCoordinate()
                                    .setSheetId(tab)
                                    .setRowIndex(block.row() - 1)
                                    .setColumnIndex(block.column()))
                            .setRows(block.rows().stream().map(CellBlocks::row).toList())
                            .setFields(CONTENT)))
        .toList();
  }

  /** A row of cells; null is an empty one. */
  static RowData row(List<?> cells) {
    return new RowData().setValues(cells.stream().map(CellBlocks::cell).toList());
  }

  /** A text stays one, whatever it looks like: a formula would be another kind of value. */
  private static CellData cell(Object content) {
    return new CellData()
        .setUserEnteredValue(
            switch (content) {
              case null -> null;
              case Boolean flag -> new ExtendedValue().setBoolValue(flag);
              case Number number -> new ExtendedValue().setNumberValue(number.doubleValue());
              default ->
                  content.toString().isEmpty()
                      ? null
                      : new ExtendedValue().setStringValue(content.toString());
            });
  }
}
