package io.caravan.schemasync;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The report of a run: the fields of the seed document's example output (SS-17), and what we add at
 * the end of each part.
 *
 * @param success whether every dataset of every organisation could be checked
 * @param timestamp when the run began
 */
public record SchemaSyncReport(boolean success, Instant timestamp, Result result) {

  /**
   * @param totalDiscrepancies critical issues, warnings and infos
   * @param notificationsSent messages to organisations that Slack took
   * @param errors what failed, one sentence each
   * @param infos findings that break nothing
   * @param unverifiable datasets that could not be checked, or not wholly
   * @param code {@code SCHEMA_SYNC_FAILED} when the run itself failed, with what it had found until
   *     then; null else
   */
  public record Result(
      boolean success,
      long executionTimeMs,
      int organizationsProcessed,
      int totalDiscrepancies,
      int criticalIssues,
      int warnings,
      int notificationsSent,
      List<String> errors,
      int infos,
      int unverifiable,
      int datasetsChecked,
      int opened,
      int resolved,
      int notificationsPending,
      int notificationsUndelivered,
      String code,
      List<Organization> organizations) {}

  /**
   * One organisation's share.
   *
   * @param error why its check failed, or what of it could not be checked; null for nothing
   */
  public record Organization(
      UUID organizationId,
      String name,
      String status,
      int datasetsChecked,
      int discrepanciesFound,
      int criticalCount,
      int warningCount,
      int unverifiable,
      Long durationMs,
      String error) {}
}
