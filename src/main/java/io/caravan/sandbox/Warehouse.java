package io.caravan.sandbox;

import io.caravan.source.SourceType;
import java.util.List;

/**
 * A sample warehouse that is ready to be read.
 *
 * @param organization the business it belongs to, as people say it
 * @param databaseName as in {@link SearchableColumn}
 * @param jdbcUrl holds neither user nor password
 * @param username who may read it, or null when the database knows no users (DuckDB)
 * @param fresh true when it was made by this call, false when an earlier start had made it
 * @param searchableColumns those of {@link Warehouses#searchableColumns()} that lie here
 */
public record Warehouse(
    String organization,
    SourceType type,
    String databaseName,
    String jdbcUrl,
    String username,
    boolean fresh,
    List<SearchableColumn> searchableColumns) {}
