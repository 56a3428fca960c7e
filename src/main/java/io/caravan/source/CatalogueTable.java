package io.caravan.source;

/**
 * A table or view in a customer's database.
 *
 * @param schemaName in the spelling of the database
 * @param name in the spelling of the database
 * @param view whether it is a view of some sort
 */
public record CatalogueTable(String schemaName, String name, boolean view) {}
