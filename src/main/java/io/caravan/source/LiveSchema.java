package io.caravan.source;

import io.caravan.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A schema of a customer's database as it is now. */
public final class LiveSchema {
  private final Map<String, List<CatalogueColumn>> tables = new LinkedHashMap<>();

  void add(String table) {
    tables.putIfAbsent(table, null);
  }

  void add(String table, CatalogueColumn column) {
    tables.computeIfAbsent(table, name -> new ArrayList<>()).add(column);
  }

  /** All tables and views, in the spelling of the database. */
  public Set<String> names() {
    return tables.keySet();
  }

  /**
   * A table by its name as people write it.
   *
   * @return empty when there is none
   * @throws Failure of kind configuration when several differ from the name by case only
   */
  public Optional<LiveTable> table(String name) {
    return Spelling.of(name, tables.keySet())
        .map(spelling -> new LiveTable(spelling, tables.get(spelling)));
  }
}
