package io.caravan.source;

import io.caravan.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * A table or view of a customer's database as it is now.
 *
 * @param name in the spelling of the database
 * @param columns by position; null when they were not asked for
 */
public record LiveTable(String name, List<CatalogueColumn> columns) {
  /**
   * A column by its name as people write it: exactly so, or else in any case.
   *
   * @return empty when there is none
   * @throws Failure of kind configuration when several differ from the name by case only
   */
  public Optional<CatalogueColumn> column(String written) {
    List<String> names = columns.stream().map(CatalogueColumn::name).toList();
    return Spelling.of(written, names).map(spelling -> columns.get(names.indexOf(spelling)));
  }
}
