package io.caravan.valuesync;

/**
 * A column whose values shall be searchable, as a caller gives it.
 *
 * @param columnType the type as the database calls it; null when not known
 * @param maxValues distinct values kept, 1 to 1000000; null for 1000 (SV-06)
 */
public record SearchableColumn(
    String databaseName,
    String schemaName,
    String tableName,
    String columnName,
    String columnType,
    Integer maxValues) {
  static final int DEFAULT_MAX_VALUES = 1000;

  String name() {
    return databaseName + "." + schemaName + "." + tableName + "." + columnName;
  }

  int maxValuesOrDefault() {
    return maxValues == null ? DEFAULT_MAX_VALUES : maxValues;
  }
}
