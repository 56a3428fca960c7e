package io.caravan.sheetsync;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything a merge looks at.
 *
 * @param table the Airtable table's schema
 * @param records its records, all of them
 * @param sheet the tab, all of it
 * @param base snapshot by record id; a record that was never in step is not there
 * @param linkedTables linked table by its id; a table left out shows ids
 * @param sheetChanges when a row's last change was seen, by record id; may be empty
 * @param options what the config asks for
 */
public record MergeInput(
    TableSchema table,
    List<AirtableRecord> records,
    SheetTab sheet,
    Map<String, Snapshot> base,
    Map<String, LinkedTable> linkedTables,
    Map<String, ObservedChange> sheetChanges,
    MergeOptions options) {

  /**
   * When somebody changed a row, as far as we can know: Google keeps no time of a row, so we only
   * know the last read that did not show the change and the first that did.
   *
   * @param notBefore the read before
   * @param notAfter the read that showed it
   */
  public record ObservedChange(Instant notBefore, Instant notAfter) {}
}
