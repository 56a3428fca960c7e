package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.ItemState;
import io.caravan.run.Outcome;
import io.caravan.run.Run;
import io.caravan.run.Runs;
import io.caravan.run.WorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How a sync ends: what it says in the ledger, in its log, and of its config. */
@Component
public class SyncEnds {
  private static final Logger LOG = LoggerFactory.getLogger(SyncEnds.class);
  private static final int MOST_ERRORS = 100;

  private final SyncConfigs configs;
  private final SyncHalts halts;
  private final SyncStore store;
  private final SyncLogs logs;
  private final ChangeJournal journal;
  private final Runs runs;
  private final ObjectMapper json;
  private final TransactionTemplate transaction;

  SyncEnds(
      SyncConfigs configs,
      SyncHalts halts,
      SyncStore store,
      SyncLogs logs,
      ChangeJournal journal,
      Runs runs,
      ObjectMapper json,
      PlatformTransactionManager transactions) {
    this.configs = configs;
    this.halts = halts;
    this.store = store;
    this.logs = logs;
    this.journal = journal;
    this.runs = runs;
    this.json = json;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** A config that is not synced now. */
  public Outcome skip(String reason) {
    return Outcome.skipped(reason, null);
  }

  /** The item's outcome; what was agreed without any write is kept, too. */
  public Outcome end(WorkItem item, Cycle cycle) {
    SyncResult result = result(cycle);
    if (!item.dryRun()) {
      transaction.executeWithoutResult(status -> keep(item, cycle, result));
    }
    log(cycle.config, result, item);
    return switch (result.status()) {
      case "success", "partial" -> Outcome.succeeded(json.valueToTree(result));
      case "awaiting_approval" ->
          Outcome.skipped(
              "The first sync waits for approval; see its plan, then POST /api/v1/sync-configs/%s/resume."
                  .formatted(cycle.config.id()),
              json.valueToTree(result));
      default ->
          new Outcome(
              ItemState.FAILED,
              json.valueToTree(result),
              null,
              result.status().equals("halted") ? FailureKind.BRAKE : FailureKind.DATA,
              result.errors().getFirst().message(),
              null);
    };
  }

  private void keep(WorkItem item, Cycle cycle, SyncResult result) {
    UUID config = cycle.config.id();
    if (cycle.stopped == null) {
      Map<String, Snapshot> settled = new HashMap<>();
      for (Plan.BaseChange change : cycle.plan.settled()) {
        Snapshot known = settled.getOrDefault(change.recordId(), cycle.base.get(change.recordId()));
        settled.put(
            change.recordId(), (known == null ? Snapshot.of(Map.of()) : known).after(change));
      }
      store.keep(config, settled);
      store.forget(config, cycle.plan.forgotten());
      configs.seen(config, cycle.readAt);
      if (cycle.undone != null) {
        journal.undone(cycle.undone, config);
        halts.pause(
            config,
            "The run %s was undone, and the next sync would do the same again; change what it should not find."
                .formatted(cycle.undone));
      }
    }
    if (!result.status().equals("awaiting_approval")) {
      logs.add(cycle.config, item.runId(), result, item.claimedAt(), trigger(item, cycle.config));
    }
  }

  private String trigger(WorkItem item, SyncConfig config) {
    if (config.lastSyncAt() == null) {
      return "initial";
    }
    Run run = runs.get(item.runId());
    return run.trigger().equals("schedule") ? "scheduled" : "manual";
  }

  private SyncResult result(Cycle cycle) {
    Statistics statistics = cycle.plan.statistics();
    List<SyncError> errors = new ArrayList<>();
    cycle.plan.halts().forEach(halt -> errors.add(SyncError.of(halt)));
    errors.addAll(cycle.errors);
    cycle.plan.problems().forEach(problem -> errors.add(SyncError.of(problem)));
    int failed = cycle.failed + cycle.plan.problems().size();
    String status =
        switch (cycle.stopped) {
          case null -> errors.isEmpty() ? "success" : "partial";
          case "dry_run" -> "success";
          default -> cycle.stopped;
        };
    // What was only planned counts where somebody asked for the plan.
    boolean planned = cycle.dryRun || "awaiting_approval".equals(cycle.stopped);
    return new SyncResult(
        status,
        planned
            ? statistics.airtableToSheets()
            : journal.counts(cycle.runId, cycle.config.id(), Side.SHEETS),
        planned
            ? statistics.sheetsToAirtable()
            : journal.counts(cycle.runId, cycle.config.id(), Side.AIRTABLE),
        statistics.conflicts(),
        failed,
        errors.subList(0, Math.min(MOST_ERRORS, errors.size())),
        SyncResult.Matches.of(statistics),
        cycle.shown);
  }

  /**
   * A sync that broke off: its log says why (TS-08, TS-10), also when its config was deleted
   * meanwhile. Writes that were under way stay planned, and the next sync finds out what became of
   * them.
   */
  public SyncResult fail(WorkItem item, Failure failure) {
    SyncConfig config = configs.evenDeleted(UUID.fromString(item.key()));
    SyncResult result =
        SyncResult.failed(
            SyncError.of(failure),
            journal.counts(item.runId(), config.id(), Side.SHEETS),
            journal.counts(item.runId(), config.id(), Side.AIRTABLE));
    boolean counts =
        !item.dryRun()
            && failure.kind() != FailureKind.CANCELLED
            && failure.kind() != FailureKind.INTERRUPTED;
    if (counts) {
      logs.add(config, item.runId(), result, item.claimedAt(), trigger(item, config));
    }
    log(config, result, item);
    return result;
  }

  /** TS-16: what a person looks for in the log. */
  private static void log(SyncConfig config, SyncResult result, WorkItem item) {
    LOG.info(
        "sync of {} ({}), {}, owner {}: {}; Airtable → Sheets {} added, {} updated; Sheets →"
            + " Airtable {} added, {} updated; {} conflicts resolved; {} ms{}",
        config.name(),
        config.id(),
        config.syncDirection(),
        config.ownerId(),
        result.status(),
        result.airtableToSheets().added(),
        result.airtableToSheets().updated(),
        result.sheetsToAirtable().added(),
        result.sheetsToAirtable().updated(),
        result.conflicts().total() - result.conflicts().skipped(),
        Duration.between(item.claimedAt(), Instant.now()).toMillis(),
        result.errors().isEmpty() ? "" : "; " + result.errors().getFirst().message());
  }
}
