package io.caravan.source;

/**
 * A column of a customer's table.
 *
 * @param name in the spelling of the database
 * @param nativeType the vendor's name of the type, with length, precision and scale where it has
 *     them
 * @param position from 1, in the order of the table; gaps are possible
 */
public record CatalogueColumn(
    String name, String nativeType, ValueKind kind, boolean nullable, int position) {}
