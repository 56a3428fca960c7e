package io.caravan.sheets;

import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.BatchGetValuesByDataFilterRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateValuesByDataFilterRequest;
import com.google.api.services.sheets.v4.model.DataFilter;
import com.google.api.services.sheets.v4.model.DataFilterValueRange;
import com.google.api.services.sheets.v4.model.GridRange;
import com.google.api.services.sheets.v4.model.MatchedValueRange;
import com.google.api.services.sheets.v4.model.Request;
import com.google.api.services.sheets.v4.model.Sheet;
import io.caravan.connection.GoogleConnections.Login;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** One request to a spreadsheet. A tab goes by its id, which survives a rename and a move. */
public sealed interface SheetsCall {
  /** Whose log-in it is made with. */
  UUID connection();

  String spreadsheet();

  /** The log-in that it brings itself, in place of that of a connection. */
  default Optional<Login> ownLogin() {
    return Optional.empty();
  }

  /** What somebody does when Google does not take the log-in. */
  default String renewal() {
    return "connect the account again";
  }

  /** Writes have a quota of their own. */
  default boolean isWrite() {
    return false;
  }

  /** Asks once. */
  Object ask(Sheets sheets) throws IOException;

  /** The tabs, title by id. */
  record Tabs(UUID connection, String spreadsheet) implements SheetsCall {
    @Override
    public Map<Integer, String> ask(Sheets sheets) throws IOException {
      Map<Integer, String> tabs = new LinkedHashMap<>();
      for (Sheet sheet :
          sheets
              .spreadsheets()
              .get(spreadsheet)
              .setFields("sheets.properties(sheetId,title)")
              .execute()
              .getSheets()) {
        // Zero, the first tab's id, is left out of an answer by some clients.
        Integer id = sheet.getProperties().getSheetId();
        tabs.put(id == null ? 0 : id, sheet.getProperties().getTitle());
      }
      return tabs;
    }
  }

  /** A whole tab: values as they are, dates as serial numbers. */
  record Read(UUID connection, String spreadsheet, int tab) implements SheetsCall {
    @Override
    public TabValues ask(Sheets sheets) throws IOException {
      List<MatchedValueRange> found =
          sheets
              .spreadsheets()
              .values()
              .batchGetByDataFilter(
                  spreadsheet,
                  new BatchGetValuesByDataFilterRequest()
                      .setDataFilters(
                          List.of(new DataFilter().setGridRange(new GridRange().setSheetId(tab))))
                      .setValueRenderOption("UNFORMATTED_VALUE")
                      .setDateTimeRenderOption("SERIAL_NUMBER"))
              .execute()
              .getValueRanges();
      return found == null || found.isEmpty()
          ? null
          : TabValues.of(found.getFirst().getValueRange());
    }
  }

  /**
   * A range with a log-in of its own: values as they are, dates as they are shown.
   *
   * @param range in A1 notation
   */
  record Range(Login login, String spreadsheet, String range) implements SheetsCall {
    @Override
    public UUID connection() {
      return login.id();
    }

    @Override
    public Optional<Login> ownLogin() {
      return Optional.of(login);
    }

    @Override
    public String renewal() {
      return "write a new key into credentials.serviceAccountJson";
    }

    @Override
    public List<List<Object>> ask(Sheets sheets) throws IOException {
      List<List<Object>> rows =
          sheets
              .spreadsheets()
              .values()
              .get(spreadsheet, range)
              .setValueRenderOption("UNFORMATTED_VALUE")
              .setDateTimeRenderOption("FORMATTED_STRING")
              .execute()
              .getValues();
      return rows == null ? List.of() : rows;
    }
  }

  /**
   * Cells to be stored as they are, so that no text becomes a formula, a number or a date.
   *
   * @param ranges places with their rows of values
   */
  record WriteValues(UUID connection, String spreadsheet, List<DataFilterValueRange> ranges)
      implements SheetsCall {
    @Override
    public boolean isWrite() {
      return true;
    }

    @Override
    public Object ask(Sheets sheets) throws IOException {
      return sheets
          .spreadsheets()
          .values()
          .batchUpdateByDataFilter(
              spreadsheet,
              new BatchUpdateValuesByDataFilterRequest().setValueInputOption("RAW").setData(ranges))
          .setFields("totalUpdatedCells")
          .execute();
    }
  }

  /**
   * Cells to be written, rows to be appended or deleted: all of it or none. Before it is made a
   * second time somebody has to look, or rows would come or go twice.
   */
  record Batch(UUID connection, String spreadsheet, List<Request> requests) implements SheetsCall {
    @Override
    public boolean isWrite() {
      return true;
    }

    @Override
    public Object ask(Sheets sheets) throws IOException {
      return Objects.requireNonNull(
          sheets
              .spreadsheets()
              .batchUpdate(spreadsheet, new BatchUpdateSpreadsheetRequest().setRequests(requests))
              .setFields("spreadsheetId")
              .execute());
    }
  }
}
