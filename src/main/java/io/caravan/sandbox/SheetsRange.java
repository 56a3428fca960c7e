package io.caravan.sandbox;

import io.caravan.sandbox.SheetsA1.Written;
import java.util.Optional;

/**
 * An area of a sheet, as a request names it.
 *
 * @param asked how it was written, for messages
 */
record SheetsRange(SheetsTab tab, SheetsArea area, String asked) {
  /**
   * What a range in A1 notation means.
   *
   * @throws Refusal when it names no sheet, or nothing that can be read
   */
  static SheetsRange of(SheetsSpreadsheet spreadsheet, String range) {
    return of(spreadsheet, spreadsheet.firstVisible(), range);
  }

  /**
   * The same, where a range without a title belongs to a given sheet.
   *
   * @throws Refusal when it names no sheet, or nothing that can be read
   */
  static SheetsRange of(SheetsSpreadsheet spreadsheet, SheetsTab otherwise, String range) {
    Written written = SheetsA1.split(range);
    if (written.title() != null && written.cells() == null) {
      return new SheetsRange(tab(spreadsheet, written.title(), range), SheetsArea.ALL, range);
    }
    Optional<SheetsArea> area = SheetsA1.area(written.cells());
    if (written.title() != null) {
      return new SheetsRange(
          tab(spreadsheet, written.title(), range),
          area.orElseThrow(() -> SheetsErrors.unparsableRange(range)),
          range);
    }
    // A name that looks like a cell is one, whatever sheets there are.
    return area.map(
            cells ->
                new SheetsRange(otherwise, cells, SheetsA1.quoted(otherwise.title()) + "!" + range))
        .or(() -> spreadsheet.named(range))
        .orElseGet(() -> new SheetsRange(tab(spreadsheet, range, range), SheetsArea.ALL, range));
  }

  private static SheetsTab tab(SheetsSpreadsheet spreadsheet, String title, String range) {
    return spreadsheet.find(title).orElseThrow(() -> SheetsErrors.unparsableRange(range));
  }

  /**
   * The part of it to read.
   *
   * @throws Refusal when it begins outside of the grid
   */
  SheetsRange toRead() {
    if (!area.startsWithin(tab.grid())) {
      throw SheetsErrors.exceedsGrid(asked, tab.grid());
    }
    return new SheetsRange(tab, area.cutTo(tab.grid()), asked);
  }

  /**
   * The part of it to write.
   *
   * @throws Refusal when any of it lies outside of the grid
   */
  SheetsRange toWrite() {
    if (!area.isWithin(tab.grid())) {
      throw SheetsErrors.exceedsGrid(asked, tab.grid());
    }
    return new SheetsRange(tab, area.cutTo(tab.grid()), asked);
  }

  /** As answers write it. */
  String written() {
    return SheetsA1.write(tab.title(), area.cutTo(tab.grid()));
  }
}
