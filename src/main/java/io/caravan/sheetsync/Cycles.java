package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.airtable.AirtableError;
import io.caravan.connection.AirtableConnections;
import io.caravan.connection.GoogleConnections;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.WorkItem;
import io.caravan.sheets.TabValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What a route does with a cycle before anything is written: both sides are read and compared. */
@Component
public class Cycles {
  private static final Logger LOG = LoggerFactory.getLogger(Cycles.class);
  private static final Duration TABLES_KEPT = Duration.ofMinutes(10);
  private static final Duration NAMES_KEPT = Duration.ofMinutes(30);
  private static final int LOOP_CYCLES = 4;
  private static final int MOST_SHOWN = 10_000;

  private final SyncConfigs configs;
  private final SyncHalts halts;
  private final SyncStore store;
  private final ChangeJournal journal;
  private final Conflicts conflicts;
  private final AirtableConnections airtable;
  private final GoogleConnections google;
  private final ObjectMapper json;

  Cycles(
      SyncConfigs configs,
      SyncHalts halts,
      SyncStore store,
      ChangeJournal journal,
      Conflicts conflicts,
      AirtableConnections airtable,
      GoogleConnections google,
      ObjectMapper json) {
    this.configs = configs;
    this.halts = halts;
    this.store = store;
    this.journal = journal;
    this.conflicts = conflicts;
    this.airtable = airtable;
    this.google = google;
    this.json = json;
  }

  /**
   * Why a config is not synced now (TS-03, TS-09): its owner lacks a connection, or a brake halted
   * it.
   *
   * @return null when it is
   */
  public String skipReason(WorkItem item) {
    SyncConfig config = config(item);
    if (airtable.ofOwner(config.ownerId()).isEmpty()) {
      return missing("Airtable", config);
    }
    if (google.ofOwner(config.ownerId()).isEmpty()) {
      return missing("Google", config);
    }
    return config.haltedAt() == null || item.dryRun() || undone(item) != null
        ? null
        : "Halted since %s: %s Resume it by POST /api/v1/sync-configs/%s/resume."
            .formatted(config.haltedAt(), config.haltReason(), config.id());
  }

  private static String missing(String kind, SyncConfig config) {
    return "%s has no connection to %s; add one by POST /api/v1/connections/%s."
        .formatted(config.ownerId(), kind, kind.toLowerCase(Locale.ROOT));
  }

  private static UUID undone(WorkItem item) {
    return item.payload().hasNonNull("undo")
        ? UUID.fromString(item.payload().get("undo").asText())
        : null;
  }

  private SyncConfig config(WorkItem item) {
    return configs.get(UUID.fromString(item.key()));
  }

  /** Begins a sync that has no reason to be skipped. */
  public Cycle open(WorkItem item) {
    SyncConfig config = config(item);
    Cycle cycle =
        new Cycle(
            config,
            item.runId(),
            item.dryRun(),
            airtable.ofOwner(config.ownerId()).orElseThrow(),
            google.ofOwner(config.ownerId()).orElseThrow(),
            undone(item));
    LOG.info(
        "syncing {} ({}), {}, owner {}: both connections found",
        config.name(),
        config.id(),
        config.syncDirection(),
        config.ownerId());
    cycle.tab = config.googleSheetId();
    store.tables(config.id(), TABLES_KEPT).ifPresent(tables -> use(cycle, tables));
    return cycle;
  }

  /** Takes Airtable's description of its tables. */
  public void describe(Cycle cycle, JsonNode tables) {
    store.keepTables(cycle.config.id(), tables);
    use(cycle, tables);
  }

  private static void use(Cycle cycle, JsonNode tables) {
    cycle.tables = tables;
    JsonNode table = cycle.table(cycle.config.airtableTableId());
    if (table.isMissingNode()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The Airtable base %s has no table %s; correct airtableTableId."
              .formatted(cycle.config.airtableBaseId(), cycle.config.airtableTableId()));
    }
    cycle.schema = TableSchema.of(table);
    cycle.fields = fields(cycle);
    cycle.reading =
        new AirtableReading(
            cycle.airtable,
            cycle.config.airtableBaseId(),
            cycle.schema.id(),
            cycle.config.airtableViewId(),
            cycle.fields,
            cycle.config.syncDirection() == SyncDirection.AIRTABLE_TO_SHEETS
                ? cycle.config.options().batchSize()
                : 100);
  }

  /** The mapped fields, the primary one, and what says when a record was changed. */
  private static List<String> fields(Cycle cycle) {
    Set<String> fields = new LinkedHashSet<>();
    for (TableSchema.Field field : cycle.schema.fields()) {
      boolean mapped =
          cycle.config.fieldMappings().containsKey(field.id())
              || cycle.config.fieldMappings().containsKey(field.name());
      if (mapped
          || field.id().equals(cycle.schema.primaryFieldId())
          || field.type().equals("lastModifiedTime")) {
        fields.add(field.id());
      }
    }
    return List.copyOf(fields);
  }

  /** Takes a page of records. */
  public void records(Cycle cycle, JsonNode page) {
    cycle.reading.accept(page);
  }

  /**
   * Airtable refused a page.
   *
   * @throws Failure unless it has only lost the place in the table
   */
  public void lost(Cycle cycle, Failure refusal) {
    if (refusal instanceof AirtableError error
        && error.type().equals(AirtableError.ITERATOR_GONE)) {
      cycle.reading.restart(refusal);
    } else {
      throw refusal;
    }
  }

  /**
   * Finds the tab by its name.
   *
   * @throws Failure of kind configuration when there is none
   */
  public void tabs(Cycle cycle, Map<Integer, String> tabs) {
    String wanted = cycle.config.googleSheetName();
    cycle.tab =
        tabs.entrySet().stream()
            .filter(tab -> tab.getValue().equals(wanted))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(
                () ->
                    new Failure(
                        FailureKind.CONFIGURATION,
                        "The spreadsheet has no tab %s, but %s; correct googleSheetName."
                            .formatted(wanted, String.join(", ", tabs.values()))));
    if (!cycle.dryRun) {
      configs.found(cycle.config.id(), cycle.tab);
    }
  }

  /**
   * Takes what stands in the tab.
   *
   * @throws Failure of kind configuration when the tab is gone
   */
  public void sheet(Cycle cycle, TabValues values) {
    if (values == null) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The tab that was %s is gone; give googleSheetName anew."
              .formatted(cycle.config.googleSheetName()));
    }
    cycle.read(values);
    cycle.base = store.base(cycle.config.id());
    cycle.names.putAll(store.names(cycle.config.id(), NAMES_KEPT));
    for (String table : linkedTables(cycle)) {
      if (!cycle.names.containsKey(table)) {
        cycle.namesToRead.add(table);
      }
    }
    lookOutsideView(cycle);
  }

  /**
   * A record that has left the view is not deleted (defect D14): where rows are written to Airtable
   * it would be made a second time, or be deleted. So those that the view lacks are read by their
   * ids. One way towards the sheet the view is what is wanted.
   */
  private void lookOutsideView(Cycle cycle) {
    if (cycle.config.airtableViewId() == null
        || cycle.config.syncDirection() == SyncDirection.AIRTABLE_TO_SHEETS) {
      return;
    }
    Set<String> missing = new LinkedHashSet<>(cycle.base.keySet());
    int idColumn = LayoutFinder.find(input(cycle, cycle.sheet, cycle.base)).idColumn();
    if (idColumn >= 0) {
      cycle.sheet.rows().stream()
          .map(row -> row.at(idColumn) instanceof String id ? id.strip() : "")
          .filter(RecordIds::isOne)
          .forEach(missing::add);
    }
    cycle.reading.records().forEach(record -> missing.remove(record.path("id").asText()));
    cycle.outsideView.addAll(missing);
  }

  /** Takes records that the view lacks; an id that is not among them belongs to no record. */
  public void outsideView(Cycle cycle, JsonNode page) {
    cycle.reading.add(page);
  }

  private static Set<String> linkedTables(Cycle cycle) {
    Set<String> tables = new LinkedHashSet<>();
    if (cycle.config.options().resolveLinkedRecords()) {
      for (TableSchema.Field field : cycle.schema.fields()) {
        boolean mapped =
            cycle.config.fieldMappings().containsKey(field.id())
                || cycle.config.fieldMappings().containsKey(field.name());
        if (mapped && field.type().equals("multipleRecordLinks")) {
          tables.add(field.options().path("linkedTableId").asText());
        }
      }
    }
    return tables;
  }

  /** Takes a page of names of linked records. */
  public void names(Cycle cycle, JsonNode page) {
    cycle.readingNames.accept(page);
    if (cycle.readingNames.isMore()) {
      return;
    }
    String table = cycle.namesToRead.remove();
    String primary = cycle.table(table).path("primaryFieldId").asText();
    Map<String, String> names = new HashMap<>();
    for (JsonNode record : cycle.readingNames.records()) {
      names.put(record.path("id").asText(), record.path("fields").path(primary).asText(""));
    }
    store.keepNames(cycle.config.id(), table, names);
    cycle.names.put(table, names);
    cycle.readingNames = null;
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
      cycle.errors.addAll(undo.kept());
      return;
    }
    cycle.plan = Merge.plan(input(cycle, cycle.reconciliation.tab(), base));
    boolean unknownName =
        cycle.plan.problems().stream()
            .anyMatch(problem -> problem.kind() == Problem.Kind.MISSING_LINK);
    if ((unknownName || !cycle.plan.linkedRecords().isEmpty()) && !cycle.namesRead) {
      cycle.namesRead = true;
      cycle.namesToRead.addAll(linkedTables(cycle));
    }
  }

  private MergeInput input(Cycle cycle, SheetTab sheet, Map<String, Snapshot> base) {
    Map<String, LinkedTable> linked = new HashMap<>();
    linkedTables(cycle)
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
        options.createMissingLinkedRecords(),
        conflicts.decisions(config.id()),
        LoopBrake.frozen(journal.recent(config.id(), config.cycles(), LOOP_CYCLES), LOOP_CYCLES),
        options.maxDeleteShare(),
        options.minDeleteRows(),
        config.approvedAt() != null);
  }

  /**
   * Decides whether the plan may be carried out, and writes it down before anything happens.
   * Afterwards the cycle has its writes, or the reason why it has none.
   */
  public void commit(Cycle cycle) {
    PlanJournal planned = new PlanJournal(cycle);
    boolean firstOfAll = cycle.config.seenAt() == null;
    if (cycle.dryRun) {
      cycle.stopped = cycle.plan.halted() ? "halted" : "dry_run";
    } else if (cycle.plan.halted()) {
      cycle.stopped = "halted";
      halts.halt(cycle.config.id(), cycle.plan.halts().getFirst().sentence());
    } else if (cycle.undone == null
        && cycle.config.options().requireApproval()
        && firstOfAll
        && cycle.config.approvedAt() == null) {
      cycle.stopped = "awaiting_approval";
    } else if (cycle.config.options().isStrict() && !cycle.plan.problems().isEmpty()) {
      cycle.stopped = "failed";
    } else {
      journal.settle(cycle.reconciliation.done(), "done", null);
      journal.settle(cycle.reconciliation.left(), "left", "It did not arrive.");
      store.keep(cycle.config.id(), cycle.reconciliation.agreed());
      if (cycle.undone == null) {
        conflicts.record(cycle);
      }
      planned.hand(
          journal.plan(
              cycle.config.id(), cycle.runId, cycle.config.cycles() + 1, planned.changes()));
    }
    cycle.shown = cycle.stopped == null ? null : shown(cycle, planned.changes());
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
