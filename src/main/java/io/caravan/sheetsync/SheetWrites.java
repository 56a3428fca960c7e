package io.caravan.sheetsync;

import com.google.api.services.sheets.v4.model.AppendCellsRequest;
import com.google.api.services.sheets.v4.model.AppendDimensionRequest;
import com.google.api.services.sheets.v4.model.DeleteDimensionRequest;
import com.google.api.services.sheets.v4.model.DimensionRange;
import com.google.api.services.sheets.v4.model.Request;
import com.google.api.services.sheets.v4.model.RowData;
import io.caravan.sheets.SheetsCall;
import io.caravan.sheets.TabValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Places a plan's writes in the sheet as it is now: somebody may have inserted, sorted or typed
 * since it was read. What no longer holds what the plan saw is left for the next sync (defects D7,
 * D8). All of it is one request, so that nobody comes between.
 */
final class SheetWrites {
  /** Why a write is left. */
  static final String CHANGED = "It was changed meanwhile; the next sync looks at it again.";

  /** Google recommends no more than two megabytes a request (Sheets API: usage limits). */
  private static final int MOST_CHARACTERS = 2_000_000;

  /** What a cell costs beside its content, with the names of the JSON around it. */
  private static final int CELL_OVERHEAD = 50;

  /** Headers first, since other cells stand below them; ids before what is found by them. */
  private static final List<Change.Action> ORDER =
      List.of(
          Change.Action.HEADER,
          Change.Action.ID,
          Change.Action.UPDATE,
          Change.Action.DELETE,
          Change.Action.CREATE);

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

    private int characters() {
      return cells.stream().mapToInt(Cell::characters).sum() + CELL_OVERHEAD;
    }
  }

  /** A cell that is to be written; a null {@code before} is empty. */
  record Cell(int column, Object before, Object after) {
    private int characters() {
      return CELL_OVERHEAD + (after == null ? 0 : after.toString().length());
    }
  }

  private final int tab;
  private final SheetTab seen;
  private final TabValues now;
  private final SheetPlaces places;
  private final CellBlocks cells;
  private final List<RowData> appended = new ArrayList<>();
  private final NavigableSet<Integer> deletedRows = new TreeSet<>(Comparator.reverseOrder());
  private final List<Part> done = new ArrayList<>();
  private final List<Part> left = new ArrayList<>();
  private List<Part> rest = List.of();
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
    this.places = new SheetPlaces(seen, now, idColumn);
    this.cells = new CellBlocks(tab);
  }

  /** Places as many writes as fit into a request, or leaves those that have no place any more. */
  void place(List<Part> parts) {
    List<Part> ordered =
        parts.stream().sorted(Comparator.comparing(part -> ORDER.indexOf(part.action()))).toList();
    int characters = 0;
    int next = 0;
    while (next < ordered.size() && characters < MOST_CHARACTERS) {
      Part part = ordered.get(next++);
      characters += part.characters();
      (place(part) ? done : left).add(part);
    }
    rest = ordered.subList(next, ordered.size());
  }

  private boolean place(Part part) {
    return switch (part.action()) {
      case HEADER -> header(part);
      case CREATE -> append(part);
      case DELETE -> delete(part);
      default -> change(part);
    };
  }

  /** A header that the plan adds beyond the last one, where still nothing stands. */
  private boolean header(Part part) {
    Cell header = part.cells().getFirst();
    if (places.cell(seen.headerRow(), header.column()) != null) {
      return places.column(header.column()) != null;
    }
    places.addColumn(header.column());
    put(seen.headerRow(), header);
    return true;
  }

  private boolean append(Part part) {
    if (part.cells().stream().anyMatch(cell -> places.column(cell.column()) == null)) {
      return false;
    }
    int there = places.row(part.recordId(), 0, null);
    if (there > 0) {
      return arrived(there, part);
    }
    int width =
        part.cells().stream().mapToInt(cell -> places.column(cell.column()) + 1).max().orElse(0);
    Object[] row = new Object[width];
    part.cells().forEach(cell -> row[places.column(cell.column())] = cell.after());
    appended.add(CellBlocks.row(Arrays.asList(row)));
    lastColumn = Math.max(lastColumn, width - 1);
    return true;
  }

  private boolean delete(Part part) {
    int row = places.row(part.recordId(), part.row(), part.content());
    return row > 0
        && (part.content() == null || places.holds(row, part.content()))
        && deletedRows.add(row);
  }

  private boolean change(Part part) {
    String id = part.action() == Change.Action.ID ? null : part.recordId();
    int row = places.row(id, part.row(), part.content());
    if (row == 0) {
      return false;
    }
    for (Cell cell : part.cells()) {
      Integer column = places.column(cell.column());
      if (column == null || !SheetPlaces.same(places.cell(row, column), cell.before())) {
        return arrived(row, part);
      }
    }
    part.cells().forEach(cell -> put(row, cell));
    return true;
  }

  /** Whether an earlier request did it, though its answer was lost. */
  private boolean arrived(int row, Part part) {
    return part.cells().stream()
        .allMatch(
            cell -> {
              Integer column = places.column(cell.column());
              return column != null && SheetPlaces.same(places.cell(row, column), cell.after());
            });
  }

  private void put(int row, Cell cell) {
    int column = places.column(cell.column());
    cells.put(row, column, cell.after());
    lastColumn = Math.max(lastColumn, column);
  }

  /** What is placed, and what is left. */
  List<Part> done() {
    return done;
  }

  List<Part> left() {
    return left;
  }

  /** What needs a request of its own. */
  List<Part> rest() {
    return rest;
  }

  /**
   * All that is placed as one request, which Google carries out as a whole or not at all; empty
   * when nothing is placed.
   */
  Optional<SheetsCall> call(UUID google, String spreadsheet) {
    int newColumns = lastColumn + 1 - now.gridColumns();
    if (newColumns <= 0 && appended.isEmpty() && deletedRows.isEmpty()) {
      return cells.isEmpty()
          ? Optional.empty()
          : Optional.of(new SheetsCall.WriteValues(google, spreadsheet, cells.ranges()));
    }
    List<Request> requests = new ArrayList<>();
    grow("COLUMNS", newColumns, requests);
    requests.addAll(cells.requests());
    if (!appended.isEmpty()) {
      // Google finds the last row itself: a row that somebody appends meanwhile stays.
      requests.add(
          new Request()
              .setAppendCells(
                  new AppendCellsRequest()
                      .setSheetId(tab)
                      .setRows(appended)
                      .setFields(CellBlocks.CONTENT)));
    }
    if (!deletedRows.isEmpty()) {
      // A tab has to keep a row below a frozen header.
      grow("ROWS", seen.headerRow() + deletedRows.size() + 1 - now.gridRows(), requests);
      // From the last one up, so that no row moves before its turn.
      deletedRows.forEach(row -> requests.add(deletion(row)));
    }
    return Optional.of(new SheetsCall.Batch(google, spreadsheet, requests));
  }

  private void grow(String dimension, int length, List<Request> requests) {
    if (length > 0) {
      requests.add(
          new Request()
              .setAppendDimension(
                  new AppendDimensionRequest()
                      .setSheetId(tab)
                      .setDimension(dimension)
                      .setLength(length)));
    }
  }

  private Request deletion(int row) {
    return new Request()
        .setDeleteDimension(
            new DeleteDimensionRequest()
                .setRange(
                    new DimensionRange()
                        .setSheetId(tab)
                        .setDimension("ROWS")
                        .setStartIndex(row - 1)
                        .setEndIndex(row)));
  }
}
