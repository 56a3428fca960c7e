package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Requests about rows and columns as such. */
final class SheetsDimensionRequests implements SheetsRequests {
  private final SheetsFilter filter;

  /** Rows or columns of a sheet, from one to before another. */
  private record Lines(SheetsTab tab, SheetsDimension dimension, int start, int end) {
    int size() {
      return tab.grid().lines(dimension).size();
    }

    String noun() {
      String plural = dimension.name().toLowerCase(Locale.ROOT);
      return plural.substring(0, plural.length() - 1);
    }
  }

  SheetsDimensionRequests(SheetsSpreadsheet spreadsheet) {
    this.filter = new SheetsFilter(spreadsheet);
  }

  @Override
  public Map<String, Function<JsonNode, ObjectNode>> byKind() {
    return Map.of(
        "appendDimension", this::append,
        "insertDimension", this::insert,
        "deleteDimension", this::delete,
        "moveDimension", this::move,
        "updateDimensionProperties", this::update,
        "autoResizeDimensions", this::resize);
  }

  private ObjectNode append(JsonNode request) {
    SheetsDimension dimension = SheetsDimension.of(request.path("dimension").asText());
    SheetsGrid grid = filter.tab(request).grid();
    grid.insert(dimension, grid.lines(dimension).size(), request.path("length").asInt());
    return done();
  }

  private ObjectNode insert(JsonNode request) {
    Lines lines = lines(request.path("range"));
    if (lines.start() > lines.size()
        || lines.start() == 0 && request.path("inheritFromBefore").asBoolean()) {
      throw SheetsErrors.invalid(
          "range.startIndex[%d] is not a place to insert a %s into a grid of %d."
              .formatted(lines.start(), lines.noun(), lines.size()));
    }
    lines.tab().grid().insert(lines.dimension(), lines.start(), lines.end() - lines.start());
    return done();
  }

  private ObjectNode delete(JsonNode request) {
    Lines lines = existing(request.path("range"), "delete");
    if (lines.start() == 0 && lines.end() == lines.size()) {
      throw SheetsErrors.invalid(
          "You can't delete all the %ss on the sheet.".formatted(lines.noun()));
    }
    lines.tab().grid().delete(lines.dimension(), lines.start(), lines.end());
    return done();
  }

  private ObjectNode move(JsonNode request) {
    Lines lines = existing(request.path("source"), "move");
    int destination = request.path("destinationIndex").asInt();
    if (destination > lines.size()) {
      throw SheetsErrors.invalid(
          "Cannot move a %s to index %d of a grid of %d."
              .formatted(lines.noun(), destination, lines.size()));
    }
    if (destination < lines.start() || destination > lines.end()) {
      lines.tab().grid().move(lines.dimension(), lines.start(), lines.end(), destination);
    }
    return done();
  }

  private ObjectNode update(JsonNode request) {
    Lines lines = existing(request.path("range"), "update");
    JsonNode properties = request.path("properties");
    if (SheetsSheetRequests.fields(request).wants("hiddenByUser")) {
      SheetsGrid grid = lines.tab().grid();
      grid.lines(lines.dimension())
          .subList(lines.start(), lines.end())
          .forEach(line -> grid.hide(line, properties.path("hiddenByUser").asBoolean()));
    }
    return done();
  }

  /** Nothing here has a width. */
  private ObjectNode resize(JsonNode request) {
    filter.tab(request.path("dimensions"));
    return done();
  }

  private Lines existing(JsonNode range, String verb) {
    Lines lines = lines(range);
    if (lines.end() > lines.size()) {
      throw SheetsErrors.invalid(
          ("Cannot %1$s a %2$s that doesn't exist. Tried to %1$s %2$s index %3$d but there are only"
                  + " %4$d %2$ss.")
              .formatted(verb, lines.noun(), lines.end() - 1, lines.size()));
    }
    return lines;
  }

  private Lines lines(JsonNode range) {
    SheetsTab tab = filter.tab(range);
    SheetsDimension dimension = SheetsDimension.of(range.path("dimension").asText());
    int start = range.path("startIndex").asInt(0);
    int end = range.path("endIndex").asInt(tab.grid().lines(dimension).size());
    if (start < 0 || end <= start) {
      throw SheetsErrors.invalid(
          "The range must not be empty: startIndex %d, endIndex %d.".formatted(start, end));
    }
    return new Lines(tab, dimension, start, end);
  }

  private static ObjectNode done() {
    return JsonNodeFactory.instance.objectNode();
  }
}
