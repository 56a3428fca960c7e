package io.caravan.valuesync;

/**
 * What storing a column's values changed (SV-15).
 *
 * @param processedCount values stored now
 * @param existingCount of these, the ones that were searchable before
 * @param newCount of these, the ones that were not
 * @param removedCount values that were searchable before and are not any more
 */
public record ReplaceResult(
    long processedCount, long existingCount, long newCount, long removedCount) {}
