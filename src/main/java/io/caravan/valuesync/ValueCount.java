package io.caravan.valuesync;

/**
 * One distinct value of a column.
 *
 * @param value the value as text
 * @param count rows that hold it, exact or estimated
 */
public record ValueCount(String value, long count) {}
