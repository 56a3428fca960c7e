package io.caravan.valuesync;

/** A suggestion: the value as it stands in the customer's database, and how many rows hold it. */
public record FoundValue(String value, long count) {}
