package io.caravan.schemasync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.ItemState;
import io.caravan.run.PlannedItem;
import io.caravan.run.Run;
import io.caravan.run.RunItem;
import io.caravan.run.Runs;
import io.caravan.slack.SlackMessage;
import io.caravan.source.DataSource;
import io.caravan.source.DataSources;
import io.caravan.source.Organization;
import io.caravan.source.Organizations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A run as a whole: which organisations, and what came of it. */
@Component
public class SchemaSync {
  static final String SLUG = "schemasync";

  /** What the logs are searched for (SS-18). */
  private static final String TASK = "schema-sync";

  private static final Logger LOG = LoggerFactory.getLogger(SchemaSync.class);

  private final Organizations organizations;
  private final DataSources dataSources;
  private final Runs runs;
  private final TeamMessages messages;
  private final ObjectMapper json;

  SchemaSync(
      Organizations organizations,
      DataSources dataSources,
      Runs runs,
      TeamMessages messages,
      ObjectMapper json) {
    this.organizations = organizations;
    this.dataSources = dataSources;
    this.runs = runs;
    this.messages = messages;
    this.json = json;
  }

  /**
   * The organisations that are set up and have a data source that is (SS-02).
   *
   * @throws Failure of kind configuration when the run names one that is not
   */
  public List<PlannedItem> plan(Run run) {
    Set<UUID> withSource =
        dataSources.eligible().stream().map(DataSource::organizationId).collect(Collectors.toSet());
    Set<String> only = new HashSet<>(run.request().only());
    boolean all = only.isEmpty();
    List<PlannedItem> items =
        organizations.list().stream()
            .filter(organization -> withSource.contains(organization.id()))
            .filter(organization -> all || only.remove(organization.id().toString()))
            .map(SchemaSync::item)
            .toList();
    if (!only.isEmpty()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "There is no organisation with the id %s that is set up and has a data source that is."
              .formatted(String.join(", ", only.stream().sorted().limit(5).toList())));
    }
    LOG.info("{} run {}: {} organisations", TASK, run.id(), items.size());
    return items;
  }

  private static PlannedItem item(Organization organization) {
    return new PlannedItem(
        organization.id().toString(),
        organization.name(),
        null,
        null,
        JsonNodeFactory.instance.objectNode().put("organizationId", organization.id().toString()));
  }

  /**
   * The report (SS-15, SS-17) as far as the run's items are done.
   *
   * @param failure why the run as a whole failed; null when it did not
   */
  public SchemaSyncReport report(Run run, Failure failure) {
    List<RunItem> items = runs.items(run.id(), null);
    List<OrganizationResult> results =
        items.stream().filter(item -> item.result() != null).map(this::result).toList();
    List<String> errors = new ArrayList<>();
    if (failure != null) {
      errors.add(failure.getMessage());
    }
    items.stream()
        .filter(item -> item.error() != null)
        .map(item -> item.title() + ": " + item.error().message())
        .forEach(errors::add);
    Instant start = run.startedAt() == null ? run.requestedAt() : run.startedAt();
    boolean success = errors.isEmpty();
    SchemaSyncReport report =
        new SchemaSyncReport(
            success,
            start,
            new SchemaSyncReport.Result(
                success,
                Duration.between(start, Instant.now()).toMillis(),
                (int) items.stream().filter(SchemaSync::isProcessed).count(),
                sum(results, OrganizationResult::discrepanciesFound),
                sum(results, OrganizationResult::criticalCount),
                sum(results, OrganizationResult::warningCount),
                sum(results, OrganizationResult::notificationsSent),
                errors,
                sum(results, OrganizationResult::infoCount),
                sum(results, OrganizationResult::unverifiable),
                sum(results, OrganizationResult::datasetsChecked),
                sum(results, OrganizationResult::opened),
                sum(results, OrganizationResult::resolved),
                sum(results, OrganizationResult::notificationsPending),
                sum(results, OrganizationResult::notificationsUndelivered),
                failure == null ? null : "SCHEMA_SYNC_FAILED",
                items.stream().map(this::organization).toList()));
    LOG.info(
        "{} run {}: {} discrepancies in {} datasets of {} organisations, {} unverifiable, {}"
            + " errors",
        TASK,
        run.id(),
        report.result().totalDiscrepancies(),
        report.result().datasetsChecked(),
        report.result().organizationsProcessed(),
        report.result().unverifiable(),
        errors.size());
    return report;
  }

  private static boolean isProcessed(RunItem item) {
    return item.status() == ItemState.SUCCEEDED || item.status() == ItemState.FAILED;
  }

  private static int sum(List<OrganizationResult> results, ToIntFunction<OrganizationResult> of) {
    return results.stream().mapToInt(of).sum();
  }

  private SchemaSyncReport.Organization organization(RunItem item) {
    OrganizationResult result = item.result() == null ? null : result(item);
    return new SchemaSyncReport.Organization(
        UUID.fromString(item.key()),
        item.title(),
        item.status().word(),
        result == null ? 0 : result.datasetsChecked(),
        result == null ? 0 : result.discrepanciesFound(),
        result == null ? 0 : result.criticalCount(),
        result == null ? 0 : result.warningCount(),
        result == null ? 0 : result.unverifiable(),
        item.durationMs(),
        item.error() == null ? null : item.error().message());
  }

  private OrganizationResult result(RunItem item) {
    try {
      return json.treeToValue(item.result(), OrganizationResult.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The ledger holds another result than was written", e);
    }
  }

  /**
   * What the data team is told of a run (SS-10, SS-13): the summary of one over all organisations,
   * and whatever failed. Of a dry run nothing.
   *
   * @param report of this run
   */
  public List<SlackMessage> news(Run run, SchemaSyncReport report) {
    if (run.dryRun()) {
      return List.of();
    }
    List<SlackMessage> news = new ArrayList<>();
    if (run.request().only().isEmpty() && report.result().code() == null) {
      news.add(messages.summary(report));
    }
    messages.errors(report).ifPresent(news::add);
    return news;
  }
}
