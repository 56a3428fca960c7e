package io.caravan.valuesync;

/**
 * A column of a customer's database, by the four names of the seed (SV-14). Names are data: they are quoted before they
 * become SQL.
 *
 * @param databaseName may be null: the database that is connected to
 * @param schemaName may be null: the session's own schema
 * @param columnType the type somebody stated, or null; the database's own answer counts
 */
public record ColumnRef(
    String databaseName, String schemaName, String tableName, String columnName, String columnType) {

  /** For people: {@code schema.table.column}. */
  String title() {
    return (schemaName == null || schemaName.isBlank() ? "" : schemaName + ".") + tableName + "." + columnName;
  }
}
