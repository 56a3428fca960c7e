package io.caravan.source;

import java.util.UUID;

/**
 * A column that a dataset's YAML marks as searchable.
 *
 * @param columnType as the YAML says, null when it does not
 */
public record SearchableColumn(
    UUID dataSourceId,
    UUID datasetId,
    String databaseName,
    String schemaName,
    String tableName,
    String columnName,
    String columnType) {}
