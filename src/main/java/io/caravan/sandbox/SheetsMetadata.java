package io.caravan.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Developer metadata: a key and a value that hang on a spreadsheet, a sheet, a row or a column.
 *
 * @param tab null on the spreadsheet
 * @param dimension null on a sheet
 * @param line the row or column, which it follows when that moves
 * @param visibility {@code DOCUMENT} or {@code PROJECT}
 */
record SheetsMetadata(
    int id,
    String key,
    String value,
    String visibility,
    SheetsTab tab,
    SheetsDimension dimension,
    SheetsLine line) {
  static final int LONGEST = 30_000;

  /** What counts towards the limit of a location. */
  int length() {
    return key.length() + (value == null ? 0 : value.length());
  }

  boolean isAtSamePlaceAs(SheetsMetadata other) {
    return tab == other.tab && line == other.line;
  }

  String locationType() {
    if (tab == null) {
      return "SPREADSHEET";
    }
    if (line == null) {
      return "SHEET";
    }
    return dimension == SheetsDimension.ROWS ? "ROW" : "COLUMN";
  }

  /**
   * As the API shows it.
   *
   * @param index where its row or column stands now
   */
  ObjectNode json(int index) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("metadataId", id).put("metadataKey", key);
    if (value != null) {
      shown.put("metadataValue", value);
    }
    ObjectNode location = shown.putObject("location").put("locationType", locationType());
    if (tab == null) {
      location.put("spreadsheet", true);
    } else if (line == null) {
      location.put("sheetId", tab.sheetId());
    } else {
      location
          .putObject("dimensionRange")
          .put("sheetId", tab.sheetId())
          .put("dimension", dimension.name())
          .put("startIndex", index)
          .put("endIndex", index + 1);
    }
    return shown.put("visibility", visibility);
  }
}
