package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a route does with a cycle whose sides are read: they are compared, and it is decided. */
@Component
public class Planner {
  private static final int MOST_SHOWN = 10_000;

  private final SyncHalts halts;
  private final SyncStore store;
  private final ChangeJournal journal;
  private final Conflicts conflicts;
  private final ObjectMapper json;
  private final TransactionTemplate transaction;

  Planner(
      SyncHalts halts,
      SyncStore store,
      ChangeJournal journal,
      Conflicts conflicts,
      ObjectMapper json,
      PlatformTransactionManager transactions) {
    this.halts = halts;
    this.store = store;
    this.journal = journal;
    this.conflicts = conflicts;
    this.json = json;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Compares both sides, and plans what is to be written; with names that are new once more. */
  public void plan(Cycle cycle) {
    MergeInput first = input(cycle, cycle.sheet, cycle.base);
    cycle.layout = LayoutFinder.find(first);
    cycle.reconciliation =
        new Reconciliation(cycle.layout, cycle.sheet, cycle.base, cycle.reading.records())
            .settle(journal.open(cycle.config.id()));
    Map<String, Snapshot> base = new HashMap<>(cycle.base);
    base.putAll(cycle.reconciliation.agreed());
    cycle.base = base;
    if (cycle.undone != null) {
      Undo undo = new Undo(cycle);
      cycle.plan = undo.of(journal.done(cycle.undone, cycle.config.id()));
      cycle.errors.clear();
      cycle.errors.addAll(undo.kept());
      cycle.stopped = stopped(cycle);
      return;
    }
    cycle.plan = Merge.plan(input(cycle, cycle.reconciliation.tab(), base));
    List<Plan.LinkedRecord> links = cycle.plan.linkedRecords();
    if (!links.isEmpty() && cycle.linksTried.containsAll(links)) {
      cycle.linksGivenUp = true;
      cycle.plan = Merge.plan(input(cycle, cycle.reconciliation.tab(), base));
    }
    boolean nameInDoubt =
        !cycle.plan.linkedRecords().isEmpty()
            || cycle.plan.problems().stream()
                .anyMatch(
                    problem ->
                        problem.kind() == Problem.Kind.MISSING_LINK
                            || problem.kind() == Problem.Kind.AMBIGUOUS_LINK);
    if (nameInDoubt && !cycle.namesRead) {
      cycle.namesRead = true;
      cycle.namesToRead.addAll(cycle.linkedTables());
    }
    cycle.stopped = stopped(cycle);
  }

  private MergeInput input(Cycle cycle, SheetTab sheet, Map<String, Snapshot> base) {
    Map<String, LinkedTable> linked = new HashMap<>();
    cycle
        .linkedTables()
        .forEach(
            table -> linked.put(table, new LinkedTable(cycle.names.getOrDefault(table, Map.of()))));
    Map<String, MergeInput.ObservedChange> sheetChanges = new HashMap<>();
    if (cycle.config.seenAt() != null) {
      MergeInput.ObservedChange since =
          new MergeInput.ObservedChange(cycle.config.seenAt(), cycle.readAt);
      base.keySet().forEach(record -> sheetChanges.put(record, since));
    }
    return new MergeInput(
        cycle.schema, records(cycle), sheet, base, linked, sheetChanges, options(cycle));
  }

  private static List<AirtableRecord> records(Cycle cycle) {
    String modified =
        cycle.schema.fields().stream()
            .filter(field -> field.type().equals("lastModifiedTime"))
            .map(TableSchema.Field::id)
            .findFirst()
            .orElse(null);
    List<AirtableRecord> records = new ArrayList<>();
    for (JsonNode record : cycle.reading.records()) {
      JsonNode at = modified == null ? null : record.path("fields").get(modified);
      records.add(
          new AirtableRecord(
              record.path("id").asText(),
              record.path("fields"),
              at == null || !at.isTextual() ? null : Instant.parse(at.asText())));
    }
    return records;
  }

  private MergeOptions options(Cycle cycle) {
    SyncConfig config = cycle.config;
    SyncOptions options = config.options();
    return new MergeOptions(
        config.syncDirection(),
        config.conflictResolution(),
        options.fallback(),
        config.fieldMappings(),
        options.idColumn(),
        options.matchOn(),
        options.includeHeader(),
        options.deleteExtraRows(),
        options.deleteExtraRecords(),
        options.createMissingLinkedRecords()
            && options.resolveLinkedRecords()
            && !cycle.linksGivenUp,
        conflicts.decisions(config.id()),
        cycle.frozen,
        options.maxDeleteShare(),
        options.minDeleteRows(),
        config.approvedAt() != null);
  }

  /**
   * Why nothing may be written, not even linked records that the rest of the plan needs.
   *
   * @return null when the plan may be carried out
   */
  private static String stopped(Cycle cycle) {
    SyncConfig config = cycle.config;
    boolean awaitsApproval =
        cycle.undone == null
            && config.options().requireApproval()
            && config.seenAt() == null
            && config.approvedAt() == null;
    if (cycle.plan.halted()) {
      return "halted";
    }
    if (cycle.dryRun) {
      return "dry_run";
    }
    if (awaitsApproval) {
      return "awaiting_approval";
    }
    return config.options().isStrict() && !cycle.plan.problems().isEmpty() ? "failed" : null;
  }

  /**
   * Writes a plan that may be carried out down before anything happens. Afterwards the cycle has
   * its writes, or shows what it would have written.
   */
  public void commit(Cycle cycle) {
    PlanJournal planned = new PlanJournal(cycle);
    transaction.executeWithoutResult(status -> commit(cycle, planned));
    cycle.shown = cycle.stopped == null ? null : shown(cycle, planned.changes());
  }

  /** All or nothing: what an earlier sync left is settled together with what follows from it. */
  private void commit(Cycle cycle, PlanJournal planned) {
    if (cycle.plan.halted() && !cycle.dryRun) {
      halts.halt(cycle.config.id(), cycle.plan.halts().getFirst().sentence());
    }
    if (cycle.stopped == null) {
      journal.settle(cycle.reconciliation.done(), "done", null);
      journal.settle(cycle.reconciliation.left(), "left", "It did not arrive.");
      store.keep(cycle.config.id(), cycle.reconciliation.agreed());
      store.freeze(cycle.config.id(), cycle.frozen);
      if (cycle.undone == null) {
        conflicts.record(cycle);
      }
      planned.hand(
          journal.plan(
              cycle.config.id(), cycle.runId, cycle.config.cycles() + 1, planned.changes()));
    }
  }

  private ObjectNode shown(Cycle cycle, List<Change> changes) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("changesTotal", changes.size());
    shown.set("changes", PlanJournal.shown(changes, MOST_SHOWN));
    shown.set("conflicts", json.valueToTree(conflicts.shown(cycle)));
    shown.set("halts", json.valueToTree(cycle.plan.halts()));
    return shown;
  }
}
