package io.caravan.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.sandbox.SheetsMetadataStore.Places;
import java.util.List;
import java.util.function.Predicate;

/** A spreadsheet as {@code spreadsheets.get} shows it. */
final class SheetsShow {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SheetsSpreadsheet spreadsheet;
  private final Places places = SheetsMetadataStore.places();

  SheetsShow(SheetsSpreadsheet spreadsheet) {
    this.spreadsheet = spreadsheet;
  }

  /**
   * The whole of it.
   *
   * @param ranges of the data, none for all of it; sheets without one of them are left out
   * @param withData whether cells are shown
   */
  ObjectNode json(List<SheetsRange> ranges, boolean withData, String url) {
    ObjectNode shown = JSON.objectNode().put("spreadsheetId", spreadsheet.id());
    shown
        .putObject("properties")
        .put("title", spreadsheet.title())
        .put("locale", "en_US")
        .put("autoRecalc", "ON_CHANGE")
        .put("timeZone", "Etc/GMT");
    ArrayNode sheets = shown.putArray("sheets");
    List<SheetsTab> tabs = spreadsheet.tabs();
    for (SheetsTab tab : tabs) {
      List<SheetsRange> here = ranges.stream().filter(range -> range.tab() == tab).toList();
      if (ranges.isEmpty() || !here.isEmpty()) {
        ObjectNode sheet = sheets.addObject();
        sheet.set("properties", properties(tab, tabs.indexOf(tab)));
        addMetadata(sheet, metadata -> metadata.tab() == tab && metadata.line() == null);
        if (withData) {
          ArrayNode data = sheet.putArray("data");
          if (here.isEmpty()) {
            data.add(data(tab, SheetsArea.ALL.cutTo(tab.grid())));
          }
          here.forEach(range -> data.add(data(tab, range.toRead().area())));
        }
      }
    }
    addMetadata(shown, metadata -> metadata.tab() == null);
    if (!spreadsheet.namedRanges().isEmpty()) {
      ArrayNode names = shown.putArray("namedRanges");
      spreadsheet
          .namedRanges()
          .forEach(
              (id, range) -> {
                ObjectNode one =
                    names.addObject().put("namedRangeId", id).put("name", range.name());
                one.set("range", range(range.tab(), range.area()));
              });
    }
    return shown.put("spreadsheetUrl", url);
  }

  static ObjectNode properties(SheetsTab tab, int index) {
    ObjectNode shown =
        JSON.objectNode()
            .put("sheetId", tab.sheetId())
            .put("title", tab.title())
            .put("index", index)
            .put("sheetType", "GRID");
    ObjectNode grid =
        shown
            .putObject("gridProperties")
            .put("rowCount", tab.grid().rowCount())
            .put("columnCount", tab.grid().columnCount());
    if (tab.frozenRows() > 0) {
      grid.put("frozenRowCount", tab.frozenRows());
    }
    if (tab.isHidden()) {
      shown.put("hidden", true);
    }
    return shown;
  }

  static ObjectNode range(SheetsTab tab, SheetsArea area) {
    ObjectNode shown = JSON.objectNode().put("sheetId", tab.sheetId());
    shown.put("startRowIndex", area.startRow());
    if (area.endRow() != SheetsArea.OPEN) {
      shown.put("endRowIndex", area.endRow());
    }
    shown.put("startColumnIndex", area.startColumn());
    if (area.endColumn() != SheetsArea.OPEN) {
      shown.put("endColumnIndex", area.endColumn());
    }
    return shown;
  }

  private void addMetadata(ObjectNode shown, Predicate<SheetsMetadata> there) {
    List<SheetsMetadata> found = spreadsheet.metadata().find(there, places);
    if (!found.isEmpty()) {
      ArrayNode list = shown.putArray("developerMetadata");
      found.forEach(metadata -> list.add(places.json(metadata)));
    }
  }

  private ObjectNode data(SheetsTab tab, SheetsArea area) {
    ObjectNode shown = JSON.objectNode();
    if (area.startRow() > 0) {
      shown.put("startRow", area.startRow());
    }
    if (area.startColumn() > 0) {
      shown.put("startColumn", area.startColumn());
    }
    ArrayNode rows = shown.putArray("rowData");
    int last = 0;
    for (int row = area.startRow(); row < area.endRow(); row++) {
      ObjectNode one = rows.addObject();
      int end = Math.min(area.endColumn(), tab.grid().width(row));
      if (end > area.startColumn()) {
        last = rows.size();
        ArrayNode values = one.putArray("values");
        for (int column = area.startColumn(); column < end; column++) {
          values.add(cell(tab, tab.grid().cell(row, column)));
        }
      }
    }
    while (rows.size() > last) {
      rows.remove(rows.size() - 1);
    }
    lines(shown.putArray("rowMetadata"), tab, SheetsDimension.ROWS, area.startRow(), area.endRow());
    lines(
        shown.putArray("columnMetadata"),
        tab,
        SheetsDimension.COLUMNS,
        area.startColumn(),
        area.endColumn());
    return shown;
  }

  private void lines(ArrayNode shown, SheetsTab tab, SheetsDimension dimension, int from, int to) {
    List<SheetsLine> lines = tab.grid().lines(dimension);
    for (int i = from; i < to; i++) {
      ObjectNode one =
          shown.addObject().put("pixelSize", dimension == SheetsDimension.ROWS ? 21 : 100);
      if (tab.grid().isHidden(lines.get(i))) {
        one.put("hiddenByUser", true);
      }
    }
    for (SheetsMetadata metadata :
        spreadsheet
            .metadata()
            .find(each -> each.tab() == tab && each.dimension() == dimension, places)) {
      int index = places.of(metadata).orElseThrow();
      if (index >= from && index < to) {
        ObjectNode line = (ObjectNode) shown.get(index - from);
        line.withArray("developerMetadata").add(places.json(metadata));
      }
    }
  }

  private static ObjectNode cell(SheetsTab tab, SheetsCell cell) {
    ObjectNode shown = JSON.objectNode();
    if (!cell.isEmpty()) {
      Object value = tab.value(cell);
      if (cell.formula() != null) {
        shown.putObject("userEnteredValue").put("formulaValue", cell.formula());
      } else {
        put(shown.putObject("userEnteredValue"), value);
      }
      put(shown.putObject("effectiveValue"), value);
      shown.put("formattedValue", SheetsOutput.text(value, cell.format()));
    }
    if (cell.format() != null) {
      for (String name : List.of("userEnteredFormat", "effectiveFormat")) {
        shown
            .putObject(name)
            .putObject("numberFormat")
            .put("type", cell.format().type())
            .put("pattern", cell.format().pattern());
      }
    }
    return shown;
  }

  private static void put(ObjectNode shown, Object value) {
    switch (value) {
      case Double number -> shown.set("numberValue", SheetsOutput.number(number));
      case Boolean truth -> shown.put("boolValue", truth);
      default -> shown.put("stringValue", value.toString());
    }
  }
}
