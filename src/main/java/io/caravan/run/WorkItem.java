package io.caravan.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.StopSignal;
import java.time.Instant;
import java.util.UUID;

/**
 * An item that this node holds the lease of and is working on now.
 *
 * @param payload as planned, see {@link PlannedItem}
 * @param attempt 1 for the first time this item is worked on
 * @param claimedAt when this attempt began
 * @param force whether the run was asked to overrule brakes
 * @param stop fires when the item has to end: time-out, cancel, lost lease
 */
public record WorkItem(
    UUID id,
    UUID runId,
    String pipeline,
    String key,
    String title,
    int attempt,
    Instant claimedAt,
    boolean dryRun,
    boolean force,
    JsonNode payload,
    StopSignal stop) {}
