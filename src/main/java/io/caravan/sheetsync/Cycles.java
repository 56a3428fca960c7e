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
import io.caravan.sheets.NoSuchTab;
import io.caravan.sheets.TabValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a route does with a cycle before anything is written: both sides are read and compared. */
@Component
public class Cycles {
  private static final Duration TABLES_KEPT = Duration.ofMinutes(10);
  private static final Duration NAMES_KEPT = Duration.ofMinutes(30);
  private static final int LOOP_CYCLES = 4;
  private static final int MOST_SHOWN = 10_000;

  private final SyncConfigs configs;
  private final SyncStore store;
  private final ChangeJournal journal;
  private final Conflicts conflicts;
  private final AirtableConnections airtable;
  private final GoogleConnections google;
  private final ObjectMapper json;

  Cycles(
      SyncConfigs configs,
      SyncStore store,
      ChangeJournal journal,
      Conflicts conflicts,
      AirtableConnections airtable,
      GoogleConnections google,
      ObjectMapper json) {
    this.configs = configs;
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
            undone(item),
            Instant.now());
    cycle.tab = config.googleSheetId();
    store
        .tables(config.id(), TABLES_KEPT)
        .ifPresent(
            tables -> {
              use(cycle, tables);
              cycle.tablesKept = true;
            });
    return cycle;
  }

  /**
   * Takes Airtable's description of its tables. Records that were read stay read, unless there are
   * other fields to be read by now.
   *
   * @throws Failure of kind configuration when the table is gone
   */
  public void describe(Cycle cycle, JsonNode tables) {
    cycle.tablesKept = false;
    use(cycle, tables);
    store.keepTables(cycle.config.id(), tables);
    if (cycle.sheet != null) {
      wantNames(cycle);
    }
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
    List<String> fields = fields(cycle);
    if (cycle.reading != null && cycle.reading.isOf(fields)) {
      return;
    }
    cycle.reading =
        new AirtableReading(
            cycle.airtable,
            cycle.config.airtableBaseId(),
            cycle.schema.id(),
            cycle.config.airtableViewId(),
            fields,
            cycle.config.syncDirection() == SyncDirection.AIRTABLE_TO_SHEETS
                ? cycle.config.options().batchSize()
                : 100);
  }

  /** The mapped fields, the primary one, and what says when a record was changed. */
  private static List<String> fields(Cycle cycle) {
    Set<String> fields = new LinkedHashSet<>();
    for (TableSchema.Field field : cycle.schema.fields()) {
      if (isMapped(cycle, field)
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
   * @throws Failure unless it has only lost the place in the table, or was asked for what a
   *     description of the tables named that is no longer true
   */
  public void lost(Cycle cycle, Failure refusal) {
    if (refusal instanceof AirtableError error
        && error.type().equals(AirtableError.ITERATOR_GONE)) {
      cycle.reading.restart(refusal);
    } else if (refusal instanceof AirtableError error && error.isOfNames() && cycle.tablesKept) {
      cycle.tables = null;
      cycle.reading = null;
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
   * Google refused to read the tab. One that is gone by its id is looked for by its name: people
   * bring a tab back as a copy.
   *
   * @throws Failure unless that is what is left to be tried
   */
  public void gone(Cycle cycle, Failure refusal) {
    boolean foundByName = !Objects.equals(cycle.tab, cycle.config.googleSheetId());
    if (foundByName || !(refusal instanceof NoSuchTab)) {
      throw refusal;
    }
    cycle.tab = null;
  }

  /**
   * Takes what stands in the tab.
   *
   * @throws Failure of kind configuration when Google answered with no tab at all
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
    wantNames(cycle);
  }

  /** Names that are not known: of a table, or of a record that was linked since they were kept. */
  private static void wantNames(Cycle cycle) {
    for (TableSchema.Field field : linkFields(cycle)) {
      String table = linkedTable(field);
      Map<String, String> known = cycle.names.get(table);
      boolean complete =
          known != null
              && cycle.reading.records().stream()
                  .flatMap(record -> record.path("fields").path(field.id()).valueStream())
                  .allMatch(id -> known.containsKey(id.asText()));
      if (!complete && !cycle.namesToRead.contains(table)) {
        cycle.namesToRead.add(table);
      }
    }
  }

  private static Set<String> linkedTables(Cycle cycle) {
    Set<String> tables = new LinkedHashSet<>();
    linkFields(cycle).forEach(field -> tables.add(linkedTable(field)));
    return tables;
  }

  private static String linkedTable(TableSchema.Field field) {
    return field.options().path("linkedTableId").asText();
  }

  /** The mapped fields whose linked records go by their names. */
  private static List<TableSchema.Field> linkFields(Cycle cycle) {
    return !cycle.config.options().resolveLinkedRecords()
        ? List.of()
        : cycle.schema.fields().stream()
            .filter(field -> field.type().equals("multipleRecordLinks") && isMapped(cycle, field))
            .toList();
  }

  private static boolean isMapped(Cycle cycle, TableSchema.Field field) {
    return cycle.config.fieldMappings().containsKey(field.id())
        || cycle.config.fieldMappings().containsKey(field.name());
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
      cycle.namesToRead.addAll(linkedTables(cycle));
    }
    cycle.stopped = stopped(cycle);
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
        options.createMissingLinkedRecords()
            && options.resolveLinkedRecords()
            && !cycle.linksGivenUp,
        conflicts.decisions(config.id()),
        LoopBrake.frozen(journal.recent(config.id(), config.cycles(), LOOP_CYCLES), LOOP_CYCLES),
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
    if (cycle.plan.halted() && !cycle.dryRun) {
      configs.halt(cycle.config.id(), cycle.plan.halts().getFirst().sentence());
    }
    if (cycle.stopped == null) {
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
