package io.caravan.sandbox;

import java.time.Clock;
import java.time.Year;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The spreadsheets of a server. Whoever reads or changes any of them holds its monitor. */
final class SheetsDrive {
  private final Clock clock;
  private final Map<String, SheetsSpreadsheet> spreadsheets = new LinkedHashMap<>();
  private final StandInIds ids = new StandInIds();

  SheetsDrive(Clock clock) {
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  SheetsInput input() {
    return new SheetsInput(Year.now(clock));
  }

  Optional<SheetsSpreadsheet> find(String id) {
    return Optional.ofNullable(spreadsheets.get(id));
  }

  List<SheetsSpreadsheet> spreadsheets() {
    return List.copyOf(spreadsheets.values());
  }

  SheetsSpreadsheet add(String id, String title) {
    SheetsSpreadsheet spreadsheet = new SheetsSpreadsheet(this, id, title);
    spreadsheets.put(id, spreadsheet);
    return spreadsheet;
  }

  /** Under an id of its own. */
  SheetsSpreadsheet add(String title) {
    return add(ids.next("1") + ids.next(""), title);
  }
}
