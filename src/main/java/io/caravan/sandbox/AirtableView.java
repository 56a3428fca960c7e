package io.caravan.sandbox;

import java.util.List;

/**
 * A saved view of a table.
 *
 * @param filterByFormula null when it shows every record
 * @param sort empty for the order of creation
 */
record AirtableView(String id, String name, String filterByFormula, List<AirtableSort> sort) {
  boolean is(String nameOrId) {
    return name.equals(nameOrId) || id.equals(nameOrId);
  }
}
