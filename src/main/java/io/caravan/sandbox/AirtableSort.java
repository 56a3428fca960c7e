package io.caravan.sandbox;

/**
 * One level of an order of records.
 *
 * @param field name or id
 */
public record AirtableSort(String field, boolean ascending) {}
