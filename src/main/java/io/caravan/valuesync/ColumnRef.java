package io.caravan.valuesync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A column of a customer's database, by the four names of the seed (SV-14). Names are data: they
 * are quoted before they become SQL.
 *
 * @param databaseName may be null: the database that is connected to
 * @param schemaName may be null: the session's own schema
 * @param columnType the type somebody stated, or null; the database's own answer counts
 */
public record ColumnRef(
    String databaseName,
    String schemaName,
    String tableName,
    String columnName,
    String columnType) {

  /** For people: {@code schema.table.column}. */
  String title() {
    return (schemaName == null || schemaName.isBlank() ? "" : schemaName + ".")
        + tableName
        + "."
        + columnName;
  }

  /**
   * The type that a catalogue answered.
   *
   * @param found whether the table was found; a column that was not has no type
   * @throws Failure of kind configuration, naming what does not exist
   */
  String requireType(boolean found, ResultSet row, int position) throws SQLException {
    if (!found) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The table of %s does not exist in the source, or its user may not see it; correct the searchable column."
              .formatted(title()));
    }
    String type = row.getString(position);
    if (type == null) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The table has no column %s; correct or remove the searchable column."
              .formatted(title()));
    }
    return type;
  }
}
