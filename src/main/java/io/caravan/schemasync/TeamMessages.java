package io.caravan.schemasync;

import io.caravan.slack.SlackBlocks;
import io.caravan.slack.SlackDestination;
import io.caravan.slack.SlackMessage;
import io.caravan.slack.SlackText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the data team is told after a run (SS-10, SS-13). */
@Component
class TeamMessages {
  static final String SUMMARY = "schema_sync_summary";
  static final String ERROR = "schema_sync_error";

  private static final int LINES_IN_SECTION = 20;
  private static final int MOST_LINES = 200;
  private static final int LONGEST_ERROR = 500;

  /** The daily summary: organisations with findings, or that all is clean. */
  SlackMessage summary(SchemaSyncReport report) {
    SchemaSyncReport.Result result = report.result();
    boolean clean = result.totalDiscrepancies() == 0 && result.errors().isEmpty();
    String headline =
        clean
            ? "Schema check: all clean"
            : "Schema check: %d critical, %d warnings"
                .formatted(result.criticalIssues(), result.warnings());
    SlackBlocks blocks =
        new SlackBlocks()
            .header(headline)
            .fields(
                List.of(
                    "*Organisations*\n" + result.organizationsProcessed(),
                    "*Datasets*\n" + result.datasetsChecked(),
                    "*New*\n" + result.opened(),
                    "*Fixed*\n" + result.resolved(),
                    "*Infos*\n" + result.infos(),
                    "*Could not be checked*\n" + result.unverifiable()));
    sections(blocks, lines(result.organizations()));
    blocks.context(
        "It took %s s. %d messages were sent, %d follow, %d could not be delivered.",
        String.valueOf(result.executionTimeMs() / 1000),
        result.notificationsSent(),
        result.notificationsPending(),
        result.notificationsUndelivered());
    return new SlackMessage(
        SUMMARY, SlackDestination.dataTeam(), SlackText.format("%s", headline), blocks);
  }

  private static List<String> lines(List<SchemaSyncReport.Organization> organizations) {
    return organizations.stream()
        .filter(
            organization ->
                organization.discrepanciesFound() > 0
                    || organization.unverifiable() > 0
                    || organization.status().equals("failed"))
        .map(
            organization ->
                SlackText.format(
                    "%s *%s*: %d critical, %d warnings, %d not checked",
                    emoji(organization),
                    organization.name(),
                    organization.criticalCount(),
                    organization.warningCount(),
                    organization.unverifiable()))
        .toList();
  }

  private static String emoji(SchemaSyncReport.Organization organization) {
    Severity severity =
        organization.criticalCount() > 0
            ? Severity.CRITICAL
            : organization.warningCount() > 0
                ? Severity.WARNING
                : organization.unverifiable() > 0 || organization.status().equals("failed")
                    ? Severity.UNVERIFIABLE
                    : Severity.INFO;
    return severity.emoji();
  }

  /**
   * What failed, and for whom. What only could not be read is in the summary, and every day in the
   * same words would be noise.
   *
   * @return empty when nothing failed
   */
  Optional<SlackMessage> errors(SchemaSyncReport report) {
    List<String> failures = new ArrayList<>();
    if (report.result().code() != null) {
      failures.add(report.result().errors().getFirst());
    }
    report.result().organizations().stream()
        .filter(organization -> organization.error() != null && organization.unverifiable() == 0)
        .map(organization -> organization.name() + ": " + organization.error())
        .forEach(failures::add);
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    String headline =
        report.result().code() == null
            ? "Schema check: not everything could be checked"
            : "Schema check failed";
    SlackBlocks blocks = new SlackBlocks().header(headline);
    sections(
        blocks, failures.stream().map(error -> "• " + SlackText.escape(shortened(error))).toList());
    return Optional.of(
        new SlackMessage(
            ERROR, SlackDestination.dataTeam(), SlackText.format("%s", headline), blocks));
  }

  private static String shortened(String error) {
    return error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR) + "…";
  }

  private static void sections(SlackBlocks blocks, List<String> lines) {
    List<String> shown = new ArrayList<>(lines.stream().limit(MOST_LINES).toList());
    if (lines.size() > MOST_LINES) {
      shown.add("… and %d more".formatted(lines.size() - MOST_LINES));
    }
    for (int from = 0; from < shown.size(); from += LINES_IN_SECTION) {
      blocks.mrkdwn(
          String.join("\n", shown.subList(from, Math.min(shown.size(), from + LINES_IN_SECTION))));
    }
  }
}
