package io.caravan.schemasync;

import java.util.List;
import java.util.UUID;

/**
 * What a check found in one dataset.
 *
 * @param findings empty when YAML and live schema agree
 */
record CheckedDataset(UUID id, String name, UUID dataSourceId, List<Finding> findings) {

  /** Whether all of it could be compared. */
  boolean isVerified() {
    return findings.stream().allMatch(Finding::isVerified);
  }

  /** Whether a finding of before may still be there, since its place could not be looked at. */
  boolean hides(Incident incident) {
    return findings.stream()
        .filter(finding -> !finding.isVerified())
        .anyMatch(
            finding ->
                finding.table() == null
                    || finding.table().equalsIgnoreCase(incident.tableName())
                        && (finding.column() == null
                            || finding.column().equals(incident.columnName())));
  }
}
