package io.caravan.connectorsync;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * A connector as the API shows it (CN-01); its credentials are never shown.
 *
 * @param type name of an installed connector type
 * @param config what the type's JSON Schema asks for
 * @param allowedHours as {@code 22:00-06:00}; null for always
 * @param syncInterval seconds between the end of a sync that succeeded and the next
 * @param lastSyncAt end of the last sync that succeeded
 * @param lastSyncStatus COMPLETED, PARTIAL or FAILED, of the last sync
 * @param failures syncs that failed in a row
 * @param expected how long a sync takes; null as long as that is not known
 */
public record Connector(
    UUID id,
    String tenantId,
    String createdById,
    String name,
    String type,
    JsonNode config,
    String allowedHours,
    int syncInterval,
    boolean autoSync,
    JsonNode metadata,
    ConnectorStatus status,
    Instant lastSyncAt,
    String lastSyncStatus,
    String lastSyncError,
    int failures,
    Due due,
    Expected expected,
    Instant createdAt) {
  Connector expecting(Expected learned) {
    return new Connector(
        id,
        tenantId,
        createdById,
        name,
        type,
        config,
        allowedHours,
        syncInterval,
        autoSync,
        metadata,
        status,
        lastSyncAt,
        lastSyncStatus,
        lastSyncError,
        failures,
        due,
        learned,
        createdAt);
  }
}
