package io.caravan.sheetsync;

import java.util.Map;
import java.util.Set;

/**
 * What a sync config asks for. The defaults are the seed's (TS-12 to TS-14).
 *
 * @param direction which side is changed by the other
 * @param conflictResolution who wins a conflict
 * @param fallback who wins where {@code NEWEST_WINS} cannot compare the times; never {@code
 *     NEWEST_WINS} itself
 * @param fieldMappings column header by Airtable field name or id
 * @param idColumn header of the column with the record ids
 * @param matchOn name or id of the mapped field that pairs rows without id, or null for the primary
 *     field
 * @param includeHeader whether missing headers of a tab that was never in step are written
 * @param deleteExtraRows whether a row may be deleted because Airtable has no such record
 * @param deleteExtraRecords whether a record may be deleted because the sheet has no such row
 * @param createMissingLinkedRecords whether names of unknown linked records are to be created
 * @param decisions winners that a person chose, of conflicts that were queued
 * @param frozenRecords records that the loop brake left out
 * @param maxDeleteShare share of a side that may vanish or be deleted in one cycle
 * @param minDeleteRows how many have to be before the share counts
 * @param approved whether a person approved what the brakes halted
 */
public record MergeOptions(
    SyncDirection direction,
    ConflictResolution conflictResolution,
    ConflictResolution fallback,
    Map<String, String> fieldMappings,
    String idColumn,
    String matchOn,
    boolean includeHeader,
    boolean deleteExtraRows,
    boolean deleteExtraRecords,
    boolean createMissingLinkedRecords,
    Map<Conflict.Key, Side> decisions,
    Set<String> frozenRecords,
    double maxDeleteShare,
    int minDeleteRows,
    boolean approved) {
  public MergeOptions {
    if (fallback == ConflictResolution.NEWEST_WINS) {
      throw new IllegalArgumentException("The fallback of NEWEST_WINS must not need times itself");
    }
    decisions = Map.copyOf(decisions);
    frozenRecords = Set.copyOf(frozenRecords);
  }

  /** Whether the sheet may be written. */
  boolean toSheets() {
    return direction != SyncDirection.SHEETS_TO_AIRTABLE;
  }

  /** Whether Airtable may be written. */
  boolean toAirtable() {
    return direction != SyncDirection.AIRTABLE_TO_SHEETS;
  }
}
