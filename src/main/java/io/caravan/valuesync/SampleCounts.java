package io.caravan.valuesync;

import java.util.List;

/**
 * Rows grouped by value, of a whole column or a part of it.
 *
 * @param values most frequent first, cut to the number of values wanted
 * @param distinct distinct values among these rows, also those that were cut
 * @param rows rows looked at, nulls included unless they were left out on purpose
 * @param valueRows rows that hold a value which is not null, not blank, not too long
 * @param loneRows rows whose value was seen in one place only
 * @param tooLong rows left out for their length
 * @param units places that were looked at
 */
record SampleCounts(
    List<ValueCount> values,
    long distinct,
    long rows,
    long valueRows,
    long loneRows,
    long tooLong,
    long units) {}
