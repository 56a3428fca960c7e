package io.caravan.source;

import java.util.UUID;

/**
 * One table of a data source, described in YAML (CONTRACT section 3).
 *
 * @param yml as it was sent, comments and all
 */
public record Dataset(
    UUID id,
    UUID dataSourceId,
    String name,
    String databaseName,
    String schemaName,
    String yml,
    boolean enabled) {}
