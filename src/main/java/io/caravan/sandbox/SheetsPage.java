package io.caravan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;

/**
 * Both sides next to each other, to look at and to edit by hand: the files of the page, what it
 * shows as JSON, and the edits that it posts.
 */
final class SheetsPage {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** More rows than a person looks at are only counted. */
  private static final int MOST_ROWS = 200;

  private final AirtableWorkspace airtable;
  private final SheetsDrive drive;

  SheetsPage(AirtableWorkspace airtable, SheetsDrive drive) {
    this.airtable = airtable;
    this.drive = drive;
  }

  /** Answers a request to the page's own address. */
  void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      switch (what) {
        case "GET /" -> send(exchange, 200, "text/html", file("page.html"));
        case "GET /page.css" -> send(exchange, 200, "text/css", file("page.css"));
        case "GET /page.js" -> send(exchange, 200, "text/javascript", file("page.js"));
        case "GET /page/state" -> send(exchange, 200, "application/json", state().toString());
        case "POST /page/edit" -> edit(exchange);
        default -> send(exchange, 404, "text/plain", "Nothing is here.");
      }
    }
  }

  private static String file(String name) throws IOException {
    return new ClassPathResource("sandbox/sheets/" + name).getContentAsString(UTF_8);
  }

  /** The browser is told to run and load nothing but the page's own files. */
  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", "default-src 'self'; img-src data:");
    headers.set("X-Content-Type-Options", "nosniff");
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private ObjectNode state() {
    ObjectNode state = JSON.createObjectNode();
    ArrayNode tables = state.putArray("tables");
    synchronized (airtable) {
      for (AirtableBase base : airtable.bases()) {
        base.tables().forEach(table -> addTable(tables.addObject(), base, table));
      }
    }
    ArrayNode tabs = state.putArray("tabs");
    synchronized (drive) {
      for (SheetsSpreadsheet spreadsheet : drive.spreadsheets()) {
        spreadsheet.tabs().forEach(tab -> addTab(tabs.addObject(), spreadsheet, tab));
      }
    }
    return state;
  }

  private static void addTable(ObjectNode shown, AirtableBase base, AirtableTable table) {
    List<AirtableRecord> records = table.records();
    shown
        .put("base", base.id())
        .put("table", table.id())
        .put("title", base.name() + " / " + table.name())
        .put("count", records.size());
    ArrayNode fields = shown.putArray("fields");
    for (AirtableField field : table.fields()) {
      fields
          .addObject()
          .put("name", field.name())
          .put("type", field.type().apiName())
          .put(
              "readOnly",
              field.type().isComputed() || field.type() == AirtableFieldType.MULTIPLE_ATTACHMENTS);
    }
    ArrayNode rows = shown.putArray("rows");
    for (AirtableRecord record : records.subList(0, Math.min(MOST_ROWS, records.size()))) {
      ObjectNode row = rows.addObject().put("id", record.id());
      ArrayNode cells = row.putArray("cells");
      table.fields().forEach(field -> cells.add(AirtableText.of(table, record, field)));
    }
  }

  private static void addTab(ObjectNode shown, SheetsSpreadsheet spreadsheet, SheetsTab tab) {
    SheetsGrid grid = tab.grid();
    int count = 0;
    int width = 0;
    for (int row = 0; row < grid.rowCount(); row++) {
      width = Math.max(width, grid.width(row));
      count = grid.width(row) > 0 ? row + 1 : count;
    }
    shown
        .put("spreadsheet", spreadsheet.id())
        .put("tab", tab.title())
        .put("title", spreadsheet.title() + " / " + tab.title())
        .put("count", count);
    // One more of each to type into.
    int lastRow = Math.min(Math.min(count, MOST_ROWS) + 1, grid.rowCount());
    int lastColumn = Math.min(width + 1, grid.columnCount());
    ArrayNode columns = shown.putArray("columns");
    for (int column = 0; column < lastColumn; column++) {
      columns.add(SheetsA1.letters(column));
    }
    ArrayNode rows = shown.putArray("rows");
    for (int row = 0; row < lastRow; row++) {
      ArrayNode cells = rows.addArray();
      for (int column = 0; column < lastColumn; column++) {
        cells.add(SheetsOutput.FORMATTED_VALUE.show(tab, grid.cell(row, column), false));
      }
    }
  }

  /** Only JSON is taken: another site's page cannot post that here without asking first. */
  private void edit(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      send(exchange, 415, "text/plain", "Send JSON.");
      return;
    }
    try {
      JsonNode edit = JSON.readTree(exchange.getRequestBody());
      if (edit.has("table")) {
        editTable(edit);
      } else {
        editTab(edit);
      }
      send(exchange, 200, "application/json", state().toString());
    } catch (JsonProcessingException e) {
      send(exchange, 400, "text/plain", "That is no JSON.");
    } catch (Refusal | IllegalArgumentException | IndexOutOfBoundsException e) {
      send(exchange, 400, "text/plain", e.getMessage());
    }
  }

  private void editTable(JsonNode edit) {
    AirtableTable table;
    synchronized (airtable) {
      table =
          airtable
              .base(edit.path("base").asText())
              .orElseThrow(() -> new IllegalArgumentException("There is no such base."))
              .table(edit.path("table").asText());
    }
    String record = edit.path("record").asText();
    switch (edit.path("do").asText()) {
      case "add" -> table.create(Map.of());
      case "delete" -> table.delete(record);
      default -> table.edit(record, edit.path("field").asText(), edit.path("value").asText());
    }
  }

  private void editTab(JsonNode edit) {
    SheetsTab tab;
    synchronized (drive) {
      tab =
          drive
              .find(edit.path("spreadsheet").asText())
              .orElseThrow(() -> new IllegalArgumentException("There is no such spreadsheet."))
              .sheet(edit.path("tab").asText());
    }
    int row = edit.path("row").asInt();
    String column = edit.path("column").asText();
    switch (edit.path("do").asText()) {
      case "insert" -> tab.insertRows(row, 1);
      case "delete" -> tab.deleteRows(row, 1);
      case "sort" -> tab.sortBy(column, edit.path("ascending").asBoolean(), 2);
      default -> tab.type(column + row, edit.path("value").asText());
    }
  }
}
