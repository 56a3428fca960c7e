package io.caravan.schemasync;

import io.caravan.source.DatasetTable;
import io.caravan.source.SourceType;
import java.util.UUID;

/**
 * A table that a dataset describes.
 *
 * @param dialect in which its types are written
 * @param yml the dataset's whole text
 */
record TableToCheck(
    UUID datasetId,
    String datasetName,
    UUID dataSourceId,
    SourceType dialect,
    DatasetTable table,
    String yml) {

  /** The table's name as the YAML says it, or as the dataset is called. */
  String name() {
    return table.name();
  }
}
