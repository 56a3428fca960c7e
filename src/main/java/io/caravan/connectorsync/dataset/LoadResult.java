package io.caravan.connectorsync.dataset;

import java.util.List;
import java.util.UUID;

/**
 * What a load did.
 *
 * @param datasetId null after a dry run where there is no dataset
 * @param version what changed, counted
 * @param fetched how many records came, good and bad
 * @param processed how many of them the dataset holds, a repeated one not counted again
 * @param schemaChanges columns that were added or widened; empty at the first load
 */
public record LoadResult(
    UUID datasetId,
    DatasetVersion version,
    long fetched,
    long processed,
    List<SchemaChange> schemaChanges) {
  LoadResult withoutDataset() {
    return new LoadResult(null, version, fetched, processed, schemaChanges);
  }
}
