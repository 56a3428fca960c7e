package io.caravan.valuesync;

import java.time.Instant;
import java.util.UUID;

/**
 * What the work on one column needs (SV-14; the first eight fields are the seed's).
 *
 * @param jobId the item's id; null while it is only planned
 * @param columnType may be null
 * @param always read even when the table looks unchanged, because somebody asked for this very
 *     column
 * @param firstLookAt when the table looked unchanged for the first time in this run; null before
 *     that
 * @param firstLook what was seen then
 */
record SyncJobPayload(
    UUID jobId,
    UUID dataSourceId,
    String databaseName,
    String schemaName,
    String tableName,
    String columnName,
    String columnType,
    int maxValues,
    boolean always,
    Instant firstLookAt,
    TableState firstLook) {

  ColumnRef column() {
    return new ColumnRef(databaseName, schemaName, tableName, columnName, columnType);
  }

  SyncJobPayload of(UUID item) {
    return new SyncJobPayload(
        item,
        dataSourceId,
        databaseName,
        schemaName,
        tableName,
        columnName,
        columnType,
        maxValues,
        always,
        firstLookAt,
        firstLook);
  }

  SyncJobPayload lookedAt(Instant time, TableState state) {
    return new SyncJobPayload(
        jobId,
        dataSourceId,
        databaseName,
        schemaName,
        tableName,
        columnName,
        columnType,
        maxValues,
        always,
        time,
        state);
  }
}
