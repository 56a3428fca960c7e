package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The records of one resource of a connector (D9: one dataset a resource, not one a sync).
 *
 * @param documentsCount how many records there are, without removed ones
 * @param metadata of the last load: {@code syncId}, its counts, and when it was
 * @param primaryKey fields that identify a record; empty where its content does
 * @param tableName of the records, in schema {@code connectorsync}
 * @param cursorState where the next load goes on; null where there is nothing to go on from
 * @param version how many loads changed something
 */
public record Dataset(
    UUID id,
    UUID connectorId,
    String resource,
    String name,
    DatasetStatus status,
    long documentsCount,
    JsonNode metadata,
    List<String> primaryKey,
    String tableName,
    JsonNode cursorState,
    long version,
    Instant createdAt,
    Instant updatedAt) {}
