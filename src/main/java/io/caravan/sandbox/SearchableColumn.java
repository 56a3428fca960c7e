package io.caravan.sandbox;

/**
 * A column of a sample warehouse whose values are worth completing while somebody types.
 *
 * @param databaseName the PostgreSQL database, or the DuckDB file's name without its ending
 */
public record SearchableColumn(
    String databaseName, String schemaName, String tableName, String columnName) {}
