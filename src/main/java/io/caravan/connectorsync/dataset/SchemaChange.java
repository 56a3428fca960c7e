package io.caravan.connectorsync.dataset;

import java.time.Instant;
import java.util.UUID;

/**
 * A column that a load added or widened.
 *
 * @param fromType null where it is new
 */
public record SchemaChange(
    UUID syncId, String column, String fromType, String toType, Instant changedAt) {}
