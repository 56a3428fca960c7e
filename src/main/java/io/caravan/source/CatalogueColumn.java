package io.caravan.source;

/**
 * A column of a customer's table.
 *
 * @param name in the spelling of the database
 * @param nativeType the vendor's name of the type, with length and precision where the catalogue
 *     has them
 * @param position from 1, in the order of the table; gaps are possible
 */
public record CatalogueColumn(
    String schemaName,
    String tableName,
    String name,
    String nativeType,
    ValueKind kind,
    boolean nullable,
    int position) {}
