package io.caravan.valuesync;

import java.time.Instant;
import java.util.List;

/**
 * The answer of {@code GET /api/v1/values/search}.
 *
 * @param values best first
 * @param truncated more values match than are returned; also when the one column searched is not
 *     complete and its source could not tell whether it has more values that begin with the query
 * @param complete the stored lists are everything the searched columns hold
 * @param total distinct values known in the searched columns; a lower bound when not complete
 * @param asOf when the searched columns were last read, the oldest of them; null when one never was
 */
public record SearchResult(
    List<FoundValue> values, boolean truncated, boolean complete, long total, Instant asOf) {}
