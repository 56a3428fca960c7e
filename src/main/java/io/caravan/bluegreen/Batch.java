package io.caravan.bluegreen;

import java.time.Instant;
import java.util.UUID;

/**
 * A payload that is kept as it was received.
 *
 * @param batch number of its partition
 * @param contentHash of what was received, see {@link Spool#hash()}
 * @param etag of the answer; null when it had none, likewise lastModified
 * @param parts rows it is kept in: a page each, or a piece of a large body
 */
record Batch(
    int batch,
    UUID id,
    String rawName,
    String contentHash,
    String etag,
    String lastModified,
    int parts,
    long bytes,
    Instant createdAt) {}
