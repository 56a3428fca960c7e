package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.NotFoundException;
import io.caravan.run.ItemState;
import io.caravan.run.PlannedItem;
import io.caravan.run.Run;
import io.caravan.run.RunItem;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A run as a whole: which configs, and what came of it (TS-16, TS-17). */
@Component
public class SheetSync {
  private static final Logger LOG = LoggerFactory.getLogger(SheetSync.class);

  private final SyncConfigs configs;
  private final ChangeJournal journal;
  private final Runs runs;

  SheetSync(SyncConfigs configs, ChangeJournal journal, Runs runs) {
    this.configs = configs;
    this.journal = journal;
    this.runs = runs;
  }

  /**
   * The active configs, the least recently synced first (TS-02); one that is named is synced though
   * it is not active (TS-23). Those of one base come one after another, since they share its limit.
   *
   * @throws Failure of kind configuration when the run names one that is not there
   */
  public List<PlannedItem> plan(Run run) {
    Set<String> only = new HashSet<>(run.request().only());
    List<SyncConfig> chosen;
    if (only.isEmpty()) {
      chosen = configs.active();
    } else {
      chosen =
          configs.list().stream().filter(config -> only.remove(config.id().toString())).toList();
      if (!only.isEmpty()) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "There is no sync config with the id %s."
                .formatted(String.join(", ", only.stream().sorted().limit(5).toList())));
      }
    }
    LOG.info("sheetsync run {}: {} active sync configurations", run.id(), chosen.size());
    return chosen.stream().map(SheetSync::item).toList();
  }

  /** Body of POST /api/v1/sync-configs/{id}/runs. */
  public record Start(boolean dryRun) {}

  /**
   * Asks for a run over one config.
   *
   * @param start null for a sync that writes
   * @throws NotFoundException when there is no such config
   */
  public Run request(UUID config, Start start) {
    configs.get(config);
    boolean dryRun = start != null && start.dryRun();
    return runs.request(
        "sheetsync",
        "api",
        new RunRequest(List.of(config.toString()), null, dryRun, false, null),
        null);
  }

  /**
   * Asks for a run that takes back what another one wrote, where it still stands. The configs are
   * halted afterwards: the next sync would do the same again.
   *
   * @throws NotFoundException when there is no such run
   * @throws ConflictException when it wrote nothing that could be taken back
   */
  public Run undo(UUID run) {
    runs.get(run);
    List<SyncConfig> written = journal.configs(run).stream().map(configs::get).toList();
    if (written.isEmpty()) {
      throw new ConflictException(
          "The run %s wrote nothing to Airtable or Google Sheets that is not undone already."
              .formatted(run));
    }
    Run undo =
        runs.request(
            "sheetsync",
            "api",
            new RunRequest(
                written.stream().map(config -> config.id().toString()).toList(),
                null,
                false,
                false,
                "undo of " + run),
            null);
    runs.plan(
        undo,
        written.stream()
            .map(config -> item(config, payload(config).put("undo", run.toString())))
            .toList());
    return undo;
  }

  private static PlannedItem item(SyncConfig config) {
    return item(config, payload(config));
  }

  private static ObjectNode payload(SyncConfig config) {
    return JsonNodeFactory.instance.objectNode().put("syncConfigId", config.id().toString());
  }

  private static PlannedItem item(SyncConfig config, JsonNode payload) {
    return new PlannedItem(
        config.id().toString(), config.name(), config.airtableBaseId(), null, payload);
  }

  /**
   * The seed's job summary.
   *
   * @param errors why the run as a whole failed; empty when it did not
   */
  public record Report(
      int totalProcessed,
      int successful,
      int failed,
      int skipped,
      long durationMs,
      List<Detail> detailedResults,
      List<String> errors) {}

  /** One config's line. */
  public record Detail(
      String syncConfigId, String name, String outcome, String message, Long durationMs) {}

  /**
   * The report as far as the run's items are done.
   *
   * @param failure why the run as a whole failed; null when it did not
   */
  public Report report(Run run, Failure failure) {
    List<RunItem> items = runs.items(run.id(), null);
    Map<ItemState, Long> states =
        items.stream().collect(Collectors.groupingBy(RunItem::status, Collectors.counting()));
    Instant start = run.startedAt() == null ? run.requestedAt() : run.startedAt();
    List<Detail> details = new ArrayList<>();
    for (RunItem item : items) {
      details.add(
          new Detail(item.key(), item.title(), outcome(item), message(item), item.durationMs()));
    }
    Report report =
        new Report(
            items.size(),
            states.getOrDefault(ItemState.SUCCEEDED, 0L).intValue(),
            states.getOrDefault(ItemState.FAILED, 0L).intValue(),
            states.getOrDefault(ItemState.SKIPPED, 0L).intValue(),
            Duration.between(start, Instant.now()).toMillis(),
            details,
            failure == null ? List.of() : List.of(failure.getMessage()));
    LOG.info(
        "sheetsync run {}: {} processed, {} successful, {} failed, {} skipped in {} ms",
        run.id(),
        report.totalProcessed(),
        report.successful(),
        report.failed(),
        report.skipped(),
        report.durationMs());
    for (int i = 0; i < details.size(); i++) {
      LOG.info("  {}. {} - {}", i + 1, details.get(i).name(), details.get(i).message());
    }
    return report;
  }

  private static String outcome(RunItem item) {
    JsonNode status = item.result() == null ? null : item.result().get("status");
    return status == null ? item.status().word() : status.asText();
  }

  /** TS-17: a partial one is synced, "(partial)". */
  private static String message(RunItem item) {
    return switch (item.status()) {
      case SUCCEEDED ->
          "Synced successfully (%s) (%d ms)".formatted(outcome(item), item.durationMs());
      case FAILED -> item.error() == null ? "Failed" : "Failed: " + item.error().message();
      case SKIPPED -> "Skipped: " + item.reason();
      default -> "Not done yet";
    };
  }
}
