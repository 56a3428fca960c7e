package io.caravan.schemasync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Drift with a life (CONTRACT section 3, GET /api/v1/drift).
 *
 * @param patch the change of the dataset's YAML that would settle it, as a short diff for people;
 *     null when there is none
 * @param usedBy what breaks with it here, in words
 * @param resolution why it is resolved; null while it is not
 */
public record Incident(
    UUID id,
    FindingType type,
    Severity severity,
    IncidentState state,
    UUID organizationId,
    UUID dataSourceId,
    UUID datasetId,
    String datasetName,
    String tableName,
    String columnName,
    String expected,
    String actual,
    String message,
    String suggestion,
    List<String> usedBy,
    String patch,
    Instant openedAt,
    Instant seenAt,
    Instant resolvedAt,
    Instant snoozedUntil,
    String resolution,
    @JsonIgnore JsonNode change,
    @JsonIgnore String fingerprint,
    @JsonIgnore String threadKey,
    @JsonIgnore Instant toldAt) {}
