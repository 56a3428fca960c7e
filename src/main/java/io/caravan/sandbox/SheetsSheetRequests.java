package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.sandbox.SheetsSpreadsheet.NamedRange;
import java.util.Map;
import java.util.function.Function;

/** Requests about whole sheets and about names of ranges. */
final class SheetsSheetRequests implements SheetsRequests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SheetsSpreadsheet spreadsheet;
  private final SheetsFilter filter;

  SheetsSheetRequests(SheetsSpreadsheet spreadsheet) {
    this.spreadsheet = spreadsheet;
    this.filter = new SheetsFilter(spreadsheet);
  }

  @Override
  public Map<String, Function<JsonNode, ObjectNode>> byKind() {
    return Map.of(
        "addSheet", this::add,
        "deleteSheet", this::delete,
        "duplicateSheet", this::duplicate,
        "updateSheetProperties", this::update,
        "updateSpreadsheetProperties", this::updateSpreadsheet,
        "addNamedRange", this::addName,
        "deleteNamedRange", this::deleteName);
  }

  private ObjectNode add(JsonNode request) {
    JsonNode properties = request.path("properties");
    JsonNode size = properties.path("gridProperties");
    int id = properties.has("sheetId") ? properties.get("sheetId").asInt() : nextId();
    if (spreadsheet.find(id).isPresent()) {
      throw SheetsErrors.invalid("A sheet with the id " + id + " already exists.");
    }
    String title = properties.path("title").asText("Sheet" + (spreadsheet.tabs().size() + 1));
    checkTitle(title, null);
    SheetsTab tab =
        new SheetsTab(
            spreadsheet,
            id,
            title,
            new SheetsGrid(
                size.path("rowCount").asInt(SheetsGrid.ROWS),
                size.path("columnCount").asInt(SheetsGrid.COLUMNS)));
    tab.hide(properties.path("hidden").asBoolean());
    tab.freeze(size.path("frozenRowCount").asInt());
    spreadsheet.insert(tab, properties.path("index").asInt(Integer.MAX_VALUE));
    return reply("addSheet", tab);
  }

  private int nextId() {
    int id = spreadsheet.nextSheetId();
    return spreadsheet.find(id).isPresent() ? nextId() : id;
  }

  private ObjectNode reply(String kind, SheetsTab tab) {
    ObjectNode reply = JSON.objectNode();
    reply
        .putObject(kind)
        .set("properties", SheetsShow.properties(tab, spreadsheet.tabs().indexOf(tab)));
    return reply;
  }

  private void checkTitle(String title, SheetsTab except) {
    if (spreadsheet.tabs().stream()
        .anyMatch(tab -> tab != except && tab.title().equalsIgnoreCase(title))) {
      throw SheetsErrors.invalid(
          "A sheet with the name \"%s\" already exists. Please enter another name."
              .formatted(title));
    }
  }

  private ObjectNode delete(JsonNode request) {
    SheetsTab tab = filter.tab(request);
    if (spreadsheet.tabs().size() == 1) {
      throw SheetsErrors.invalid("You can't remove all the sheets in a document.");
    }
    spreadsheet.remove(tab);
    return JSON.objectNode();
  }

  private ObjectNode duplicate(JsonNode request) {
    SheetsTab source = filter.tab(JSON.objectNode().set("sheetId", request.path("sourceSheetId")));
    String title = request.path("newSheetName").asText("Copy of " + source.title());
    checkTitle(title, null);
    SheetsTab copy =
        new SheetsTab(
            spreadsheet,
            request.has("newSheetId") ? request.get("newSheetId").asInt() : nextId(),
            title,
            source.grid().duplicate());
    spreadsheet.insert(copy, request.path("insertSheetIndex").asInt(0));
    return reply("duplicateSheet", copy);
  }

  private ObjectNode update(JsonNode request) {
    JsonNode properties = request.path("properties");
    SheetsTab tab = filter.tab(properties);
    SheetsFieldMask fields = fields(request);
    if (fields.wants("title") && properties.has("title")) {
      checkTitle(properties.get("title").asText(), tab);
      tab.rename(properties.get("title").asText());
    }
    if (fields.wants("hidden") && properties.has("hidden")) {
      tab.hide(properties.get("hidden").asBoolean());
      if (spreadsheet.tabs().stream().allMatch(SheetsTab::isHidden)) {
        throw SheetsErrors.invalid("You can't hide all the sheets in a document.");
      }
    }
    if (fields.wants("index") && properties.has("index")) {
      spreadsheet.move(tab, properties.get("index").asInt());
    }
    JsonNode size = properties.path("gridProperties");
    if (fields.wants("gridProperties", "frozenRowCount") && size.has("frozenRowCount")) {
      tab.freeze(size.get("frozenRowCount").asInt());
    }
    SheetsGrid grid = tab.grid();
    grid.resize(
        fields.wants("gridProperties", "rowCount")
            ? size.path("rowCount").asInt(grid.rowCount())
            : grid.rowCount(),
        fields.wants("gridProperties", "columnCount")
            ? size.path("columnCount").asInt(grid.columnCount())
            : grid.columnCount());
    return JSON.objectNode();
  }

  private ObjectNode updateSpreadsheet(JsonNode request) {
    if (fields(request).wants("title")) {
      spreadsheet.rename(request.path("properties").path("title").asText());
    }
    return JSON.objectNode();
  }

  /**
   * The mask of a request that changes.
   *
   * @throws Refusal when there is none
   */
  static SheetsFieldMask fields(JsonNode request) {
    if (request.path("fields").asText("").isEmpty()) {
      throw SheetsErrors.invalid("At least one field must be listed in 'fields'.");
    }
    return SheetsFieldMask.of(request.get("fields").asText());
  }

  private ObjectNode addName(JsonNode request) {
    JsonNode given = request.path("namedRange");
    SheetsRange range = filter.gridRange(given.path("range"));
    String name = given.path("name").asText();
    if (spreadsheet.named(name).isPresent()) {
      throw SheetsErrors.invalid(
          "A named range with the name \"%s\" already exists.".formatted(name));
    }
    String id = given.path("namedRangeId").asText(StandInIds.of("", name));
    spreadsheet.namedRanges().put(id, new NamedRange(name, range.tab(), range.area()));
    ObjectNode reply = JSON.objectNode();
    reply
        .putObject("addNamedRange")
        .putObject("namedRange")
        .put("namedRangeId", id)
        .put("name", name)
        .set("range", given.path("range"));
    return reply;
  }

  private ObjectNode deleteName(JsonNode request) {
    String id = request.path("namedRangeId").asText();
    if (spreadsheet.namedRanges().remove(id) == null) {
      throw SheetsErrors.invalid("No named range with id: " + id);
    }
    return JSON.objectNode();
  }
}
