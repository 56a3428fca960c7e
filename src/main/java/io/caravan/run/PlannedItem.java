package io.caravan.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One piece of work that a pipeline wants done in a run.
 *
 * @param key names the thing worked on, for example a column's id; worked on once at a time in the
 *     whole cluster
 * @param title what people see
 * @param lane things that share a limit, for example one customer's database; null when it shares
 *     none
 * @param notBefore not handed out earlier than this; null for at once
 * @param payload what the part route needs, a JSON object
 */
public record PlannedItem(
    String key, String title, String lane, Instant notBefore, JsonNode payload) {}
