package io.caravan.valuesync;

/**
 * A suggestion.
 *
 * @param value as it stands in the customer's database
 * @param count how many rows hold it; 1 when nobody counted them
 */
public record FoundValue(String value, long count) {}
