package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** How values are shown: as people see them, bare, or as formulas. */
enum SheetsOutput {
  FORMATTED_VALUE,
  UNFORMATTED_VALUE,
  FORMULA;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double LARGEST_WHOLE = 1e15;

  /**
   * By its name in a request.
   *
   * @throws Refusal when there is no such option
   */
  static SheetsOutput of(String name) {
    for (SheetsOutput output : values()) {
      if (output.name().equals(name)) {
        return output;
      }
    }
    throw SheetsErrors.invalid("Invalid value at 'value_render_option': \"" + name + "\"");
  }

  /**
   * What is shown of a cell; an empty text when there is nothing.
   *
   * @param datesAsText whether bare dates are what people see instead of numbers
   */
  JsonNode show(SheetsTab tab, SheetsCell cell, boolean datesAsText) {
    if (this == FORMULA && cell.formula() != null) {
      return JSON.textNode(cell.formula());
    }
    Object value = tab.value(cell);
    boolean date = cell.format() != null && cell.format().isTime();
    if (this == FORMATTED_VALUE || this == UNFORMATTED_VALUE && date && datesAsText) {
      return JSON.textNode(text(value, cell.format()));
    }
    return switch (value) {
      case null -> JSON.textNode("");
      case Double number -> number(number);
      case Boolean truth -> JSON.booleanNode(truth);
      default -> JSON.textNode(value.toString());
    };
  }

  /** A number as JSON writes it: whole ones without a point. */
  static JsonNode number(double number) {
    return number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE
        ? JSON.numberNode((long) number)
        : JSON.numberNode(number);
  }

  /** What a person sees. */
  static String text(Object value, SheetsFormat format) {
    return switch (value) {
      case null -> "";
      case Double number -> format == null ? SheetsFormat.plain(number) : format.show(number);
      case Boolean truth -> truth ? "TRUE" : "FALSE";
      default -> value.toString();
    };
  }

  /** The values of an area, without empty ones at the ends of rows and without such rows. */
  ArrayNode rows(SheetsTab tab, SheetsArea area, boolean byColumns, boolean datesAsText) {
    ArrayNode rows = JSON.arrayNode();
    int lines = byColumns ? area.columns() : area.rows();
    int length = byColumns ? area.rows() : area.columns();
    int last = 0;
    for (int i = 0; i < lines; i++) {
      ArrayNode row = rows.addArray();
      int filled = 0;
      int end =
          byColumns
              ? length
              : Math.min(length, tab.grid().width(area.startRow() + i) - area.startColumn());
      for (int j = 0; j < end; j++) {
        int rowIndex = area.startRow() + (byColumns ? j : i);
        int columnIndex = area.startColumn() + (byColumns ? i : j);
        SheetsCell cell = tab.grid().cell(rowIndex, columnIndex);
        row.add(show(tab, cell, datesAsText));
        filled = cell.isEmpty() ? filled : j + 1;
      }
      while (row.size() > filled) {
        row.remove(row.size() - 1);
      }
      last = filled == 0 ? last : i + 1;
    }
    while (rows.size() > last) {
      rows.remove(rows.size() - 1);
    }
    return rows;
  }
}
