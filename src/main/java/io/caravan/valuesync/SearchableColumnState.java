package io.caravan.valuesync;

import java.time.Instant;
import java.util.UUID;

/**
 * A searchable column and the state of its values, in the form of {@code GET
 * /api/v1/data-sources/{id}/searchable-columns}.
 *
 * @param storedValuesStatus {@code syncing}, {@code success}, {@code failed}, {@code suspect}; null
 *     before the first run
 * @param storedValuesError why it failed or is suspect, else null
 * @param complete the stored values are all the column holds
 * @param lastSyncedAt when the values were last read or found unchanged; null when never
 */
public record SearchableColumnState(
    String databaseName,
    String schemaName,
    String tableName,
    String columnName,
    String columnType,
    int maxValues,
    UUID id,
    String origin,
    String storedValuesStatus,
    String storedValuesError,
    long storedValuesCount,
    boolean complete,
    Instant lastSyncedAt) {}
