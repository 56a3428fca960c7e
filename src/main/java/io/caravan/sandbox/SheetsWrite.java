package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** Values to be written to a range: checked when it is made, written when it is applied. */
final class SheetsWrite {
  private final SheetsSpreadsheet spreadsheet;
  private final SheetsRange range;
  private final JsonNode lines;
  private final boolean byColumns;
  private final boolean typed;
  private final SheetsArea extent;
  private int updatedCells;

  /**
   * @param asked where to; a single cell is where to begin, beyond anything else nothing may go
   * @param given the value range of the request
   * @throws Refusal when a value is none, or lies outside of the range or the grid
   */
  SheetsWrite(SheetsSpreadsheet spreadsheet, SheetsRange asked, JsonNode given, boolean typed) {
    this.spreadsheet = spreadsheet;
    this.range = asked.toWrite();
    this.typed = typed;
    byColumns = given.path("majorDimension").asText("ROWS").equals("COLUMNS");
    lines = given.path("values");
    int length = 0;
    for (JsonNode line : lines) {
      length = Math.max(length, line.size());
    }
    SheetsArea area = range.area();
    extent =
        new SheetsArea(
            area.startRow(),
            area.startRow() + (byColumns ? length : lines.size()),
            area.startColumn(),
            area.startColumn() + (byColumns ? lines.size() : length));
    check(asked);
  }

  private void check(SheetsRange asked) {
    SheetsArea area = range.area();
    if (!asked.area().isOneCell()) {
      if (extent.endRow() > area.endRow()) {
        throw tried("row [%d]".formatted(area.endRow() + 1));
      }
      if (extent.endColumn() > area.endColumn()) {
        throw tried("column [%s]".formatted(SheetsA1.letters(area.endColumn())));
      }
    }
    if (extent.rows() > 0 && !extent.isWithin(range.tab().grid())) {
      throw SheetsErrors.exceedsGrid(
          SheetsA1.write(range.tab().title(), extent), range.tab().grid());
    }
    SheetsInput input = spreadsheet.drive().input();
    for (JsonNode line : lines) {
      for (JsonNode value : line) {
        if (!value.isNull()) {
          input.accept(value, typed, SheetsCell.EMPTY);
        }
      }
    }
  }

  private Refusal tried(String where) {
    return SheetsErrors.invalid(
        "Requested writing within range [%s], but tried writing to %s"
            .formatted(range.written(), where));
  }

  /** Writes the values; null leaves a cell as it is. */
  void apply() {
    SheetsInput input = spreadsheet.drive().input();
    SheetsGrid grid = range.tab().grid();
    for (int i = 0; i < lines.size(); i++) {
      for (int j = 0; j < lines.get(i).size(); j++) {
        JsonNode value = lines.get(i).get(j);
        if (!value.isNull()) {
          int row = extent.startRow() + (byColumns ? j : i);
          int column = extent.startColumn() + (byColumns ? i : j);
          grid.put(row, column, input.accept(value, typed, grid.cell(row, column)));
          updatedCells++;
        }
      }
    }
  }

  private boolean isEmpty() {
    return extent.rows() == 0 || extent.columns() == 0;
  }

  int updatedCells() {
    return updatedCells;
  }

  int updatedRows() {
    return isEmpty() ? 0 : extent.rows();
  }

  int updatedColumns() {
    return isEmpty() ? 0 : extent.columns();
  }

  SheetsTab tab() {
    return range.tab();
  }

  /** The answer after it was applied: the extent of the data, not the range that was asked for. */
  ObjectNode answer(SheetsReadOptions echo) {
    ObjectNode answer =
        JsonNodeFactory.instance.objectNode().put("spreadsheetId", spreadsheet.id());
    if (isEmpty()) {
      return answer.put("updatedRange", range.written());
    }
    String written = SheetsA1.write(range.tab().title(), extent);
    answer
        .put("updatedRange", written)
        .put("updatedRows", updatedRows())
        .put("updatedColumns", updatedColumns())
        .put("updatedCells", updatedCells);
    if (echo != null) {
      answer.set("updatedData", echo.read(new SheetsRange(range.tab(), extent, written)));
    }
    return answer;
  }

  /** How many different sheets some writes changed. */
  static int sheets(Iterable<SheetsWrite> writes) {
    Set<SheetsTab> tabs = new HashSet<>();
    writes.forEach(write -> tabs.add(write.tab()));
    return tabs.size();
  }
}
