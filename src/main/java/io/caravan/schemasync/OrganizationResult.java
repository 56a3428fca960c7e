package io.caravan.schemasync;

import java.util.List;
import java.util.UUID;

/**
 * What the check of one organisation found and did; the result of its run item.
 *
 * @param discrepanciesFound critical, warnings and infos together
 * @param unverifiable datasets that could not be checked, or not wholly
 * @param opened incidents that are new
 * @param notificationsSent messages that Slack took
 * @param notificationsPending messages that Slack is still to take; they are sent later
 * @param notificationsUndelivered messages that were refused, or have nobody to go to
 * @param discrepancies the findings, the first {@link #MOST} of them
 */
record OrganizationResult(
    UUID organizationId,
    String organizationName,
    int dataSourcesChecked,
    int datasetsChecked,
    int discrepanciesFound,
    int criticalCount,
    int warningCount,
    int infoCount,
    int unverifiable,
    int opened,
    int reminded,
    int resolved,
    int notificationsSent,
    int notificationsPending,
    int notificationsUndelivered,
    List<Discrepancy> discrepancies) {
  static final int MOST = 1_000;

  /** A finding with the field names of the document this grew from. */
  record Discrepancy(
      FindingType type,
      Severity severity,
      UUID datasetId,
      String datasetName,
      String tableName,
      String columnName,
      String message,
      String ymlValue,
      String databaseValue,
      String suggestion,
      Finding.Details details) {

    static Discrepancy of(Finding finding) {
      return new Discrepancy(
          finding.type(),
          finding.severity(),
          finding.datasetId(),
          finding.datasetName(),
          finding.table(),
          finding.column(),
          finding.message(),
          finding.expected(),
          finding.actual(),
          finding.suggestion(),
          finding.details());
    }
  }
}
