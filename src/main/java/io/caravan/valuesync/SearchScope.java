package io.caravan.valuesync;

import java.util.UUID;

/** Which columns are searched; null leaves a name open. */
record SearchScope(UUID dataSourceId, String schema, String table, String column) {
  /** Names one column, or its namesakes in other databases of the same source. */
  boolean isOneColumn() {
    return schema != null && table != null && column != null;
  }

  boolean isNarrowed() {
    return schema != null || table != null || column != null;
  }
}
