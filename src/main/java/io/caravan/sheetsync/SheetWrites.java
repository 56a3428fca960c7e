package io.caravan.sheetsync;

import com.google.api.services.sheets.v4.model.AppendDimensionRequest;
import com.google.api.services.sheets.v4.model.DataFilter;
import com.google.api.services.sheets.v4.model.DataFilterValueRange;
import com.google.api.services.sheets.v4.model.DeleteDimensionRequest;
import com.google.api.services.sheets.v4.model.DimensionRange;
import com.google.api.services.sheets.v4.model.GridRange;
import com.google.api.services.sheets.v4.model.Request;
import io.caravan.sheets.TabValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the places of a plan's writes in the sheet as it is now: somebody may have inserted, sorted
 * or typed since it was read. What no longer holds what the plan saw is left for the next sync
 * (defects D7, D8).
 */
final class SheetWrites {
  /** Why a write is left. */
  static final String CHANGED = "It was changed meanwhile; the next sync looks at it again.";

  /**
   * A part of the plan.
   *
   * @param changeId in the journal
   * @param recordId whose row it is
   * @param row its number when it was read; 0 for a row to be appended
   * @param cells content by column as it was read: what is there now, and what is to be there
   * @param content the row's content as it was read, where it is found by nothing else; null where
   *     its id finds it
   * @param base what both sides agree on when it is done; null when that is nothing new
   */
  record Part(
      long changeId,
      Change.Action action,
      String recordId,
      int row,
      List<Cell> cells,
      List<?> content,
      Plan.BaseChange base) {
    Part withChange(long id) {
      return new Part(id, action, recordId, row, cells, content, base);
    }
  }

  /** A cell that is to be written; a null {@code before} is empty. */
  record Cell(int column, Object before, Object after) {}

  private final int tab;
  private final SheetTab seen;
  private final TabValues now;
  private final int idColumn;
  private final Map<Integer, Integer> columns = new HashMap<>();
  private final Map<String, Integer> rowsById = new HashMap<>();
  private final Set<String> doubledIds = new HashSet<>();
  private final List<Part> done = new ArrayList<>();
  private final List<Part> left = new ArrayList<>();
  private final Map<Integer, Map<Integer, Object>> cells = new HashMap<>();
  private final List<Integer> deletedRows = new ArrayList<>();
  private int lastRow;
  private int lastColumn;

  /**
   * @param seen the tab as the plan saw it
   * @param now the tab as it is
   * @param idColumn the column of the record ids as the plan saw it
   */
  SheetWrites(int tab, SheetTab seen, TabValues now, int idColumn) {
    this.tab = tab;
    this.seen = seen;
    this.now = now;
    this.idColumn = idColumn;
    columns();
    rows();
  }

  /** Each header that the plan saw, where it stands now; new columns stand beyond all others. */
  private void columns() {
    List<Object> header = row(seen.headerRow());
    Map<String, Integer> places = new HashMap<>();
    for (int column = 0; column < header.size(); column++) {
      places.putIfAbsent(text(header.get(column)), column);
    }
    for (int column = 0; column < seen.header().size(); column++) {
      String title = text(seen.header().get(column));
      boolean unmoved = column < header.size() && title.equals(text(header.get(column)));
      Integer place = unmoved ? Integer.valueOf(column) : places.get(title);
      if (place != null) {
        columns.put(column, place);
      }
    }
    lastColumn = header.size() - 1;
  }

  private void rows() {
    Integer ids = columns.get(idColumn);
    lastRow = Math.max(seen.headerRow(), now.rows().size());
    if (ids == null) {
      return;
    }
    for (int number = seen.headerRow() + 1; number <= now.rows().size(); number++) {
      String id = text(cell(number, ids));
      if (!id.isEmpty() && rowsById.putIfAbsent(id, number) != null) {
        doubledIds.add(id);
      }
    }
  }

  private List<Object> row(int number) {
    return number <= now.rows().size() ? now.rows().get(number - 1) : List.of();
  }

  private Object cell(int number, int column) {
    List<Object> row = row(number);
    Object cell = column < row.size() ? row.get(column) : null;
    return cell instanceof String text && text.isEmpty() ? null : cell;
  }

  private static String text(Object cell) {
    return cell == null ? "" : cell.toString().strip();
  }

  /** Places a write, or leaves it. */
  void add(Part part) {
    boolean placed =
        switch (part.action()) {
          case HEADER -> header(part);
          case CREATE -> append(part);
          case DELETE -> delete(part);
          default -> change(part);
        };
    (placed ? done : left).add(part);
  }

  /** A header that the plan adds beyond the last one, where still nothing stands. */
  private boolean header(Part part) {
    Cell header = part.cells().getFirst();
    if (cell(seen.headerRow(), header.column()) != null) {
      return columns.containsKey(header.column());
    }
    columns.put(header.column(), header.column());
    put(seen.headerRow(), header.column(), header.after());
    return true;
  }

  private boolean append(Part part) {
    if (rowsById.containsKey(part.recordId())
        || part.cells().stream().anyMatch(cell -> !columns.containsKey(cell.column()))) {
      return false;
    }
    lastRow++;
    part.cells().forEach(cell -> put(lastRow, columns.get(cell.column()), cell.after()));
    return true;
  }

  private boolean delete(Part part) {
    int row = find(part);
    if (row == 0 || part.content() != null && !holds(row, part.content())) {
      return false;
    }
    deletedRows.add(row);
    return true;
  }

  private boolean change(Part part) {
    int row = find(part);
    if (row == 0) {
      return false;
    }
    for (Cell cell : part.cells()) {
      Integer column = columns.get(cell.column());
      if (column == null || !same(cell(row, column), cell.before())) {
        return false;
      }
    }
    part.cells().forEach(cell -> put(row, columns.get(cell.column()), cell.after()));
    return true;
  }

  /** The row by its id; one without an id where it stood, or else where its content stands now. */
  private int find(Part part) {
    Integer byId = part.action() == Change.Action.ID ? null : rowsById.get(part.recordId());
    if (byId != null) {
      return doubledIds.contains(part.recordId()) && !holds(part.row(), part.content())
          ? 0
          : doubledIds.contains(part.recordId()) ? part.row() : byId;
    }
    if (part.content() == null) {
      return 0;
    }
    if (holds(part.row(), part.content())) {
      return part.row();
    }
    int found = 0;
    for (int number = seen.headerRow() + 1; number <= now.rows().size(); number++) {
      if (holds(number, part.content())) {
        if (found > 0) {
          return 0;
        }
        found = number;
      }
    }
    return found;
  }

  /** Whether a row has just this content, in columns that may have moved. */
  private boolean holds(int number, List<?> content) {
    if (content == null || number <= seen.headerRow() || number > now.rows().size()) {
      return false;
    }
    for (int column = 0; column < content.size(); column++) {
      Integer place = columns.get(column);
      if (place == null
          ? !same(null, content.get(column))
          : !same(cell(number, place), content.get(column))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Object one, Object other) {
    Object left = one instanceof String text && text.isEmpty() ? null : one;
    Object right = other instanceof String text && text.isEmpty() ? null : other;
    return left instanceof Number number && right instanceof Number same
        ? number.doubleValue() == same.doubleValue()
        : Objects.equals(left, right);
  }

  private void put(int row, int column, Object content) {
    cells.computeIfAbsent(row, any -> new HashMap<>()).put(column, content);
    lastColumn = Math.max(lastColumn, column);
  }

  /** What is placed, and what is left. */
  List<Part> done() {
    return done;
  }

  List<Part> left() {
    return left;
  }

  /** Rows to be deleted, and room for new ones: one request at most, all or nothing. */
  List<Request> structure() {
    List<Request> requests = new ArrayList<>();
    deletedRows.sort(Collections.reverseOrder());
    for (int row : deletedRows) {
      requests.add(
          new Request()
              .setDeleteDimension(
                  new DeleteDimensionRequest()
                      .setRange(
                          new DimensionRange()
                              .setSheetId(tab)
                              .setDimension("ROWS")
                              .setStartIndex(row - 1)
                              .setEndIndex(row))));
    }
    grow(requests, "ROWS", lastRow - deletedRows.size(), now.gridRows() - deletedRows.size());
    grow(requests, "COLUMNS", lastColumn + 1, now.gridColumns());
    return requests;
  }

  private void grow(List<Request> requests, String dimension, int wanted, int there) {
    if (wanted > there) {
      requests.add(
          new Request()
              .setAppendDimension(
                  new AppendDimensionRequest()
                      .setSheetId(tab)
                      .setDimension(dimension)
                      .setLength(wanted - there)));
    }
  }

  /** All cells, where they stand once rows were deleted; cells next to each other are one range. */
  List<DataFilterValueRange> values() {
    List<DataFilterValueRange> ranges = new ArrayList<>();
    List<Integer> deleted = deletedRows.stream().sorted().toList();
    cells.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            row -> {
              int above = -Collections.binarySearch(deleted, row.getKey()) - 1;
              if (above >= 0) {
                ranges(ranges, row.getKey() - above, row.getValue());
              }
            });
    return ranges;
  }

  private void ranges(List<DataFilterValueRange> ranges, int row, Map<Integer, Object> content) {
    List<Integer> sorted = content.keySet().stream().sorted().toList();
    for (int start = 0; start < sorted.size(); ) {
      int end = start;
      List<Object> values = new ArrayList<>();
      do {
        values.add(content.get(sorted.get(end)));
        end++;
      } while (end < sorted.size() && sorted.get(end) == sorted.get(end - 1) + 1);
      ranges.add(
          new DataFilterValueRange()
              .setDataFilter(
                  new DataFilter()
                      .setGridRange(
                          new GridRange()
                              .setSheetId(tab)
                              .setStartRowIndex(row - 1)
                              .setEndRowIndex(row)
                              .setStartColumnIndex(sorted.get(start))
                              .setEndColumnIndex(sorted.get(end - 1) + 1)))
              .setMajorDimension("ROWS")
              .setValues(List.of(values)));
      start = end;
    }
  }
}
