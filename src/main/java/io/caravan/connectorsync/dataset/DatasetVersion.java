package io.caravan.connectorsync.dataset;

import java.time.Instant;
import java.util.UUID;

/**
 * What one load did.
 *
 * @param version of the dataset after it; the same as before when it changed nothing
 * @param repeated records whose key came again later in the same load
 * @param complete whether it brought all records, so that those it did not bring were removed
 */
public record DatasetVersion(
    UUID syncId,
    long version,
    long added,
    long updated,
    long unchanged,
    long removed,
    long repeated,
    long setAside,
    boolean complete,
    Instant loadedAt) {}
