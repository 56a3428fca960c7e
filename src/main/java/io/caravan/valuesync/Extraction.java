package io.caravan.valuesync;

import java.util.List;

/**
 * The distinct values of one column.
 *
 * @param values most frequent first, at most as many as were wanted
 * @param complete whether these are all values there are, apart from null, blank and too long ones
 * @param totalDistinct how many distinct values there are; at least so many when not complete
 * @param countsExact whether the counts are exact; otherwise they are estimates
 * @param tooLong rows (where values are taken from an index: values) left out for their length,
 *     among what was looked at
 * @param nativeType the type as the source calls it
 * @param tableState sign of the table's state from before the values were read; null where {@link
 *     ChangeProbe} was not asked
 */
public record Extraction(
    List<ValueCount> values,
    boolean complete,
    long totalDistinct,
    boolean countsExact,
    ExtractionWay way,
    long tooLong,
    String nativeType,
    TableState tableState) {
  public Extraction {
    values = List.copyOf(values);
  }
}
