package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import java.util.List;
import java.util.UUID;

/**
 * Tables of a data source, mostly one, described in YAML (CONTRACT section 3).
 *
 * @param yml as it was sent, comments and all
 */
public record Dataset(
    UUID id,
    UUID dataSourceId,
    String name,
    String databaseName,
    String schemaName,
    String yml,
    boolean enabled) {

  /** The database of one of its tables: what the dataset says, else what the table says, or "". */
  public String databaseOf(DatasetTable table) {
    return first(databaseName, table.database());
  }

  /** The schema of one of its tables: what the dataset says, else what the table says, or "". */
  public String schemaOf(DatasetTable table) {
    return first(schemaName, table.schema());
  }

  private static String first(String own, String ofTable) {
    if (Dialect.given(own)) {
      return own;
    }
    return ofTable == null ? "" : ofTable;
  }

  /**
   * What people filter by: dimensions marked {@code searchable: true}, dbt columns marked so in
   * their {@code meta}. One that is computed by an expression is listed under its own name.
   *
   * @throws InvalidInputException as {@link DatasetDefinitions#of}
   */
  public List<SearchableColumn> searchableColumns() {
    return DatasetDefinition.withoutExpressions(yml, name).tables().stream()
        .flatMap(
            table ->
                table.searchable().stream()
                    .map(
                        column ->
                            new SearchableColumn(
                                dataSourceId,
                                id,
                                databaseOf(table),
                                schemaOf(table),
                                table.name(),
                                column.column(),
                                column.type())))
        .toList();
  }
}
