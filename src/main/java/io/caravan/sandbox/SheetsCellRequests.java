package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests about what stands in cells. */
final class SheetsCellRequests implements SheetsRequests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SheetsSpreadsheet spreadsheet;
  private final SheetsFilter filter;

  SheetsCellRequests(SheetsSpreadsheet spreadsheet) {
    this.spreadsheet = spreadsheet;
    this.filter = new SheetsFilter(spreadsheet);
  }

  @Override
  public Map<String, Function<JsonNode, ObjectNode>> byKind() {
    return Map.of(
        "updateCells", this::update,
        "appendCells", this::append,
        "repeatCell", this::repeat,
        "sortRange", this::sort,
        "setDataValidation", this::validate);
  }

  private ObjectNode update(JsonNode request) {
    SheetsFieldMask fields = SheetsSheetRequests.fields(request);
    JsonNode rows = request.path("rows");
    if (request.has("start")) {
      JsonNode start = request.get("start");
      SheetsTab tab = filter.tab(start);
      int row = start.path("rowIndex").asInt();
      int column = start.path("columnIndex").asInt();
      int width = 0;
      for (JsonNode line : rows) {
        width = Math.max(width, line.path("values").size());
      }
      checkWithin(row + rows.size(), column + width, SheetsArea.ALL.cutTo(tab.grid()));
      fill(tab, row, column, rows, fields);
      return JSON.objectNode();
    }
    SheetsRange range = filter.gridRange(request.path("range")).toWrite();
    SheetsArea area = range.area();
    for (int i = 0; i < Math.max(area.rows(), rows.size()); i++) {
      JsonNode values = rows.path(i).path("values");
      for (int j = 0; j < Math.max(area.columns(), values.size()); j++) {
        checkWithin(area.startRow() + i + 1, area.startColumn() + j + 1, area);
        put(range.tab(), area.startRow() + i, area.startColumn() + j, values.path(j), fields);
      }
    }
    return JSON.objectNode();
  }

  private static void checkWithin(int endRow, int endColumn, SheetsArea area) {
    if (endRow > area.endRow()) {
      throw SheetsErrors.invalid(
          "Attempting to write row: %d, beyond the last requested row of: %d"
              .formatted(area.endRow(), area.endRow() - 1));
    }
    if (endColumn > area.endColumn()) {
      throw SheetsErrors.invalid(
          "Attempting to write column: %d, beyond the last requested column of: %d"
              .formatted(area.endColumn(), area.endColumn() - 1));
    }
  }

  private ObjectNode append(JsonNode request) {
    SheetsTab tab = filter.tab(request);
    SheetsGrid grid = tab.grid();
    int row = grid.rowCount();
    while (row > 0 && grid.width(row - 1) == 0) {
      row--;
    }
    JsonNode rows = request.path("rows");
    int width = 0;
    for (JsonNode line : rows) {
      width = Math.max(width, line.path("values").size());
    }
    grid.resize(Math.max(grid.rowCount(), row + rows.size()), Math.max(grid.columnCount(), width));
    fill(tab, row, 0, rows, SheetsSheetRequests.fields(request));
    return JSON.objectNode();
  }

  private void fill(SheetsTab tab, int row, int column, JsonNode rows, SheetsFieldMask fields) {
    for (int i = 0; i < rows.size(); i++) {
      JsonNode values = rows.get(i).path("values");
      for (int j = 0; j < values.size(); j++) {
        put(tab, row + i, column + j, values.get(j), fields);
      }
    }
  }

  private ObjectNode repeat(JsonNode request) {
    SheetsRange range = filter.gridRange(request.path("range")).toWrite();
    SheetsFieldMask fields = SheetsSheetRequests.fields(request);
    SheetsArea area = range.area();
    for (int row = area.startRow(); row < area.endRow(); row++) {
      for (int column = area.startColumn(); column < area.endColumn(); column++) {
        put(range.tab(), row, column, request.path("cell"), fields);
      }
    }
    return JSON.objectNode();
  }

  /** What the mask names and the data leaves out is emptied. */
  private void put(SheetsTab tab, int row, int column, JsonNode data, SheetsFieldMask fields) {
    SheetsCell cell = tab.grid().cell(row, column);
    if (fields.wants("userEnteredValue")) {
      cell = valued(data.path("userEnteredValue"), cell);
    }
    if (fields.wants("userEnteredFormat", "numberFormat")) {
      JsonNode format = data.path("userEnteredFormat").path("numberFormat");
      cell =
          cell.with(
              format.isMissingNode()
                  ? null
                  : new SheetsFormat(
                      format.path("type").asText(), format.path("pattern").asText("")));
    }
    tab.grid().put(row, column, cell);
  }

  private SheetsCell valued(JsonNode value, SheetsCell before) {
    if (value.isEmpty()) {
      return before.cleared();
    }
    String kind = value.fieldNames().next();
    return switch (kind) {
      case "formulaValue" -> new SheetsCell(null, value.get(kind).asText(), before.format());
      case "stringValue", "numberValue", "boolValue" ->
          spreadsheet.drive().input().accept(value.get(kind), false, before);
      default -> throw SheetsErrors.unknownName(kind, "user_entered_value");
    };
  }

  private ObjectNode sort(JsonNode request) {
    SheetsRange range = filter.gridRange(request.path("range")).toWrite();
    Comparator<List<SheetsCell>> order = (one, other) -> 0;
    for (JsonNode spec : request.path("sortSpecs")) {
      int column = spec.path("dimensionIndex").asInt() - range.area().startColumn();
      if (column < 0 || column >= range.area().columns()) {
        throw SheetsErrors.invalid("The sort column must lie within the range.");
      }
      order =
          order.thenComparing(
              cells -> cells.get(column),
              SheetsOrder.of(range.tab(), !spec.path("sortOrder").asText("").equals("DESCENDING")));
    }
    range.tab().grid().sort(range.area(), order);
    return JSON.objectNode();
  }

  /** Taken, but nothing is checked: the API itself writes past such rules too. */
  private ObjectNode validate(JsonNode request) {
    filter.gridRange(request.path("range"));
    return JSON.objectNode();
  }
}
