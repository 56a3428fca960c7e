package io.caravan.valuesync;

import io.caravan.source.ValueKind;
import java.util.List;

/**
 * What the source's catalogue and statistics say about a column. Statistics may be old or wrong:
 * they choose a way and are never an answer.
 *
 * @param column whose facts these are
 * @param nativeType the type as the source calls it
 * @param kind kind of one value; of one element when {@code array}
 * @param array whether each row holds a list of values
 * @param rows estimated rows, or -1 when nobody counted yet
 * @param units places that can be picked at random, for example blocks; 0 when none can
 * @param small whether grouping all rows costs next to nothing
 * @param indexed whether a complete ordered index begins with this column
 * @param distinctEstimate distinct values by statistics, or -1
 * @param mayBeLong whether a value could be longer than the limit; false only when that is certain
 * @param byText whether values have to be compared as text, because the column's own comparison
 *     calls different values equal
 * @param mostCommon the most common values by statistics, or none
 * @param changedRows rows changed since statistics were made; -1 when unknown
 * @param handle how the vendor's SQL picks rows, for example the name of an integer key; null when
 *     not needed
 * @param state see {@link Extraction#tableState()}
 */
record ColumnFacts(
    ColumnRef column,
    String nativeType,
    ValueKind kind,
    boolean array,
    long rows,
    long units,
    boolean small,
    boolean indexed,
    long distinctEstimate,
    boolean mayBeLong,
    boolean byText,
    List<Share> mostCommon,
    long changedRows,
    Object handle,
    TableState state) {

  /**
   * A value and its share of all rows.
   *
   * @param share 0 to 1
   */
  record Share(String value, double share) {}
}
