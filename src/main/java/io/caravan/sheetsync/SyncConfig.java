package io.caravan.sheetsync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A table of Airtable and a tab of a Google spreadsheet that are kept in step.
 *
 * @param fieldMappings header of the sheet's column by the field's name or id
 * @param lastSyncStatus {@code success}, {@code failed} or {@code partial}; null before the first
 *     sync
 * @param haltedAt when a brake stopped it; null while none does
 * @param googleSheetId the tab's id, which survives a rename; null before the first sync
 * @param approvedAt when somebody let the next sync pass; null when nobody did
 * @param seenAt when both sides were last read whole
 * @param cycles how many syncs there were
 */
public record SyncConfig(
    UUID id,
    String ownerId,
    String name,
    String airtableBaseId,
    String airtableTableId,
    String airtableViewId,
    String googleSpreadsheetId,
    String googleSheetName,
    Map<String, String> fieldMappings,
    SyncDirection syncDirection,
    ConflictResolution conflictResolution,
    SyncOptions options,
    boolean isActive,
    Instant lastSyncAt,
    String lastSyncStatus,
    Instant lastErrorAt,
    String lastErrorMessage,
    Instant haltedAt,
    String haltReason,
    Instant createdAt,
    @JsonIgnore Integer googleSheetId,
    @JsonIgnore Instant approvedAt,
    @JsonIgnore Instant seenAt,
    @JsonIgnore long cycles) {}
