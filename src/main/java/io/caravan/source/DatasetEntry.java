package io.caravan.source;

import io.caravan.source.ColumnUse.Origin;
import io.caravan.source.SqlExpressions.Reading;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A dimension, measure or dbt column together with the nodes it was read from, so that it can be
 * changed in place.
 *
 * @param path such as {@code measures[2]}
 * @param node all of it
 * @param type null when not given
 * @param expression null when the name is the column; else the node that holds the expression,
 *     which may be the name's
 * @param reading what the expression says, null when there is none
 * @param aggregate as written, null when not given
 * @param joined a test of its own says that it refers to another table
 */
record DatasetEntry(
    Origin origin,
    String path,
    Node node,
    ScalarNode name,
    ScalarNode type,
    ScalarNode expression,
    Reading reading,
    String aggregate,
    boolean searchable,
    Boolean notNull,
    boolean joined) {
  private static final Set<String> ROW_COUNTS = Set.of("count", "count(*)", "count(1)");

  String label() {
    return name.getValue().strip();
  }

  /** Whether the entry stands for one column rather than for something computed. */
  boolean isColumn() {
    return expression == null || reading.bare();
  }

  /** The column it stands for, see {@link #isColumn()}. */
  String column() {
    return expression == null ? label() : reading.columns().getFirst().name();
  }

  /** The type's node when it is the column's own type: a count is a number whatever it counts. */
  ScalarNode columnType() {
    boolean count = aggregate != null && lower(aggregate).startsWith("count");
    return isColumn() && !count ? type : null;
  }

  /** Rows can be counted without any column, so the name is just a name. */
  boolean isRowCount() {
    return expression == null && aggregate != null && ROW_COUNTS.contains(lower(aggregate));
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
