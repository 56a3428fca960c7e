package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The methods of {@code spreadsheets.values}. */
final class SheetsValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SheetsSpreadsheet spreadsheet;

  SheetsValues(SheetsSpreadsheet spreadsheet) {
    this.spreadsheet = spreadsheet;
  }

  JsonNode get(String range, SheetsReadOptions options) {
    return options.read(SheetsRange.of(spreadsheet, range));
  }

  JsonNode batchGet(List<String> ranges, SheetsReadOptions options) {
    ObjectNode answer = answer();
    ArrayNode found = answer.putArray("valueRanges");
    ranges.forEach(range -> found.add(get(range, options)));
    return answer;
  }

  JsonNode batchGetByDataFilter(JsonNode body) {
    SheetsReadOptions options = SheetsReadOptions.ofBody(body);
    SheetsFilter filters = new SheetsFilter(spreadsheet);
    ObjectNode answer = answer();
    ArrayNode found = answer.putArray("valueRanges");
    for (JsonNode filter : body.path("dataFilters")) {
      for (SheetsRange range : filters.ranges(filter)) {
        ObjectNode one = found.addObject();
        one.set("valueRange", options.read(range));
        one.putArray("dataFilters").add(filter);
      }
    }
    return answer;
  }

  /** Writes to one range. */
  JsonNode update(String range, JsonNode given, String inputOption, SheetsReadOptions echo) {
    SheetsWrite write =
        new SheetsWrite(
            spreadsheet, SheetsRange.of(spreadsheet, range), given, isTyped(inputOption));
    write.apply();
    return write.answer(echo);
  }

  /** Writes to several ranges, or to none when one of them cannot be written. */
  JsonNode batchUpdate(JsonNode body) {
    boolean typed = isTyped(body.path("valueInputOption").asText(null));
    List<SheetsWrite> writes = new ArrayList<>();
    for (JsonNode data : body.path("data")) {
      int index = writes.size();
      writes.add(
          prefixed(
              index,
              () ->
                  new SheetsWrite(
                      spreadsheet,
                      SheetsRange.of(spreadsheet, data.path("range").asText()),
                      data,
                      typed)));
    }
    writes.forEach(SheetsWrite::apply);
    SheetsReadOptions echo = SheetsReadOptions.ofEcho(body);
    return totals(writes, writes.stream().map(write -> write.answer(echo)).toList());
  }

  /** The same, with ranges that data filters choose; values go to every range of a filter. */
  JsonNode batchUpdateByDataFilter(JsonNode body) {
    boolean typed = isTyped(body.path("valueInputOption").asText(null));
    SheetsFilter filters = new SheetsFilter(spreadsheet);
    List<SheetsWrite> writes = new ArrayList<>();
    List<JsonNode> chosenBy = new ArrayList<>();
    int index = 0;
    for (JsonNode data : body.path("data")) {
      int place = index++;
      for (SheetsRange range : filters.ranges(data.path("dataFilter"))) {
        writes.add(prefixed(place, () -> new SheetsWrite(spreadsheet, range, data, typed)));
        chosenBy.add(data.path("dataFilter"));
      }
    }
    writes.forEach(SheetsWrite::apply);
    SheetsReadOptions echo = SheetsReadOptions.ofEcho(body);
    List<ObjectNode> answers = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      ObjectNode answer = writes.get(i).answer(echo);
      answer.set("dataFilter", chosenBy.get(i));
      answers.add(answer.without(List.of("spreadsheetId")));
    }
    return totals(writes, answers);
  }

  private interface Attempt {
    SheetsWrite make();
  }

  private static SheetsWrite prefixed(int index, Attempt attempt) {
    try {
      return attempt.make();
    } catch (Refusal e) {
      throw SheetsErrors.invalid("Invalid data[%d]: %s".formatted(index, e.getMessage()));
    }
  }

  private JsonNode totals(List<SheetsWrite> writes, List<ObjectNode> answers) {
    ObjectNode answer =
        answer()
            .put("totalUpdatedRows", writes.stream().mapToInt(SheetsWrite::updatedRows).sum())
            .put("totalUpdatedColumns", writes.stream().mapToInt(SheetsWrite::updatedColumns).sum())
            .put("totalUpdatedCells", writes.stream().mapToInt(SheetsWrite::updatedCells).sum())
            .put("totalUpdatedSheets", SheetsWrite.sheets(writes));
    answer.putArray("responses").addAll(answers);
    return answer;
  }

  /** Writes below the last table in a range; the grid grows as far as it has to. */
  JsonNode append(
      String asked,
      JsonNode given,
      String inputOption,
      boolean insertsRows,
      SheetsReadOptions echo) {
    boolean typed = isTyped(inputOption);
    SheetsRange range = SheetsRange.of(spreadsheet, asked).toRead();
    SheetsTab tab = range.tab();
    Optional<SheetsArea> table = new SheetsTableFinder(tab.grid()).within(range.area());
    int row = table.map(SheetsArea::endRow).orElse(range.area().startRow());
    int column = table.map(SheetsArea::startColumn).orElse(range.area().startColumn());
    JsonNode lines = given.path("values");
    return spreadsheet.atomically(
        () -> {
          makeRoom(tab, row, column, lines, insertsRows);
          SheetsRange to = new SheetsRange(tab, SheetsArea.cell(row, column), asked);
          SheetsWrite write = new SheetsWrite(spreadsheet, to, given, typed);
          write.apply();
          ObjectNode answer = answer();
          table.ifPresent(area -> answer.put("tableRange", SheetsA1.write(tab.title(), area)));
          answer.set("updates", write.answer(echo));
          return answer;
        });
  }

  private static void makeRoom(
      SheetsTab tab, int row, int column, JsonNode lines, boolean insertsRows) {
    SheetsGrid grid = tab.grid();
    int length = 1;
    for (JsonNode line : lines) {
      length = Math.max(length, line.size());
    }
    if (insertsRows) {
      grid.insert(SheetsDimension.ROWS, row, lines.size());
    }
    grid.resize(
        Math.max(grid.rowCount(), row + Math.max(1, lines.size())),
        Math.max(grid.columnCount(), column + length));
  }

  JsonNode clear(String range) {
    return answer().put("clearedRange", cleared(SheetsRange.of(spreadsheet, range).toRead()));
  }

  JsonNode batchClear(List<String> ranges) {
    return clear(ranges.stream().map(range -> SheetsRange.of(spreadsheet, range)).toList());
  }

  JsonNode batchClearByDataFilter(JsonNode body) {
    SheetsFilter filters = new SheetsFilter(spreadsheet);
    List<SheetsRange> ranges = new ArrayList<>();
    body.path("dataFilters").forEach(filter -> ranges.addAll(filters.ranges(filter)));
    return clear(ranges);
  }

  private JsonNode clear(List<SheetsRange> asked) {
    List<SheetsRange> ranges = asked.stream().map(SheetsRange::toRead).toList();
    ObjectNode answer = answer();
    ArrayNode cleared = answer.putArray("clearedRanges");
    ranges.forEach(range -> cleared.add(cleared(range)));
    return answer;
  }

  private static String cleared(SheetsRange range) {
    SheetsGrid grid = range.tab().grid();
    SheetsArea area = range.area();
    for (int row = area.startRow(); row < area.endRow(); row++) {
      int end = Math.min(area.endColumn(), grid.width(row));
      for (int column = area.startColumn(); column < end; column++) {
        grid.put(row, column, grid.cell(row, column).cleared());
      }
    }
    return range.written();
  }

  private ObjectNode answer() {
    return JSON.objectNode().put("spreadsheetId", spreadsheet.id());
  }

  private static boolean isTyped(String option) {
    return switch (option) {
      case "RAW" -> false;
      case "USER_ENTERED" -> true;
      case null -> throw SheetsErrors.invalid("'valueInputOption' is required but not specified");
      default ->
          throw SheetsErrors.invalid("Invalid value at 'value_input_option': \"" + option + "\"");
    };
  }
}
