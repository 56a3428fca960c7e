package io.caravan.valuesync;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * A searchable column of an eligible data source, with what planning needs to decide whether to
 * read it now.
 *
 * @param columnType may be null
 * @param storedValuesStatus as in {@link SearchableColumnState}
 * @param tableState what the last read left for recognising an unchanged table; may be null
 * @param lastSyncedAt null when never
 * @param lastReadAt when somebody last searched the column, exact to a minute; null when never
 */
public record ColumnToSync(
    UUID id,
    UUID dataSourceId,
    String databaseName,
    String schemaName,
    String tableName,
    String columnName,
    String columnType,
    int maxValues,
    String storedValuesStatus,
    JsonNode tableState,
    Instant lastSyncedAt,
    Instant lastReadAt) {}
