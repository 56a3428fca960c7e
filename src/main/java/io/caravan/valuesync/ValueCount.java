package io.caravan.valuesync;

/**
 * One distinct value.
 *
 * @param value as text, never null or blank, otherwise as it is stored
 * @param count rows that hold it, or an estimate, see {@link Extraction#countsExact()}
 */
public record ValueCount(String value, long count) {}
