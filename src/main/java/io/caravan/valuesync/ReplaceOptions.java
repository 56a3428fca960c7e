package io.caravan.valuesync;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is known about the values that are stored.
 *
 * @param complete the values are all of the column
 * @param countsExact the counts were counted, not estimated
 * @param totalDistinct distinct values of the column, a lower bound when the list is incomplete
 * @param tableState what the next run compares to skip an unchanged table, a JSON object; may be
 *     null
 * @param force store an empty list over a full one
 */
public record ReplaceOptions(
    boolean complete,
    boolean countsExact,
    long totalDistinct,
    JsonNode tableState,
    boolean force) {}
