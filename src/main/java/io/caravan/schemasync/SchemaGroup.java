package io.caravan.schemasync;

import io.caravan.failure.Failure;
import io.caravan.source.SourceType;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The tables of datasets that stand in one schema of one data source, which is read once for all of
 * them (SS-04).
 *
 * @param database null or blank for the connection's own
 * @param unreachable data sources of the same organisation that could not be reached, so that no
 *     second schema waits for them
 */
record SchemaGroup(
    UUID dataSourceId,
    String dataSourceName,
    SourceType type,
    String database,
    String schema,
    List<TableToCheck> tables,
    Map<UUID, Failure> unreachable) {}
