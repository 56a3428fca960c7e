package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.airtable.AirtableError;
import io.caravan.connection.AirtableConnections;
import io.caravan.connection.GoogleConnections;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.WorkItem;
import io.caravan.sheets.NoSuchTab;
import io.caravan.sheets.TabValues;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What a route does with a cycle before anything is planned: both sides are read. */
@Component
public class Cycles {
  private static final Logger LOG = LoggerFactory.getLogger(Cycles.class);
  private static final Duration TABLES_KEPT = Duration.ofMinutes(10);
  private static final Duration NAMES_KEPT = Duration.ofMinutes(30);
  private static final int LOOP_CYCLES = 4;

  private final SyncConfigs configs;
  private final SyncStore store;
  private final ChangeJournal journal;
  private final AirtableConnections airtable;
  private final GoogleConnections google;

  Cycles(
      SyncConfigs configs,
      SyncStore store,
      ChangeJournal journal,
      AirtableConnections airtable,
      GoogleConnections google) {
    this.configs = configs;
    this.store = store;
    this.journal = journal;
    this.airtable = airtable;
    this.google = google;
  }

  /**
   * Why a config is not synced now (TS-03, TS-09): its owner lacks a connection, or has to connect
   * again, or a brake halted it.
   *
   * @return null when it is
   */
  public String skipReason(WorkItem item) {
    SyncConfig config = config(item);
    Optional<UUID> ofAirtable = airtable.ofOwner(config.ownerId());
    Optional<UUID> ofGoogle = google.ofOwner(config.ownerId());
    if (ofAirtable.isEmpty()) {
      return missing("Airtable", config);
    }
    if (ofGoogle.isEmpty()) {
      return missing("Google", config);
    }
    if (airtable.hasEnded(ofAirtable.get())) {
      return ended("Airtable", config);
    }
    if (google.hasEnded(ofGoogle.get())) {
      return ended("Google", config);
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

  private static String ended(String kind, SyncConfig config) {
    return "The %s connection of %s has ended; connect again by POST /api/v1/connections/%s."
        .formatted(kind, config.ownerId(), kind.toLowerCase(Locale.ROOT));
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
    cycle.fields = fields(cycle);
    if (cycle.reading != null && cycle.reading.isOf(cycle.fields)) {
      return;
    }
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
      if (cycle.isMapped(field)
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
    cycle.frozen = frozen(cycle.config);
    cycle.names.putAll(store.names(cycle.config.id(), NAMES_KEPT));
    wantNames(cycle);
  }

  private Set<String> frozen(SyncConfig config) {
    Set<String> frozen = new HashSet<>(store.frozen(config.id()));
    frozen.addAll(
        LoopBrake.frozen(journal.recent(config.id(), config.cycles(), LOOP_CYCLES), LOOP_CYCLES));
    return frozen;
  }

  /** Names that are not known: of a table, or of a record that was linked since they were kept. */
  private static void wantNames(Cycle cycle) {
    for (TableSchema.Field field : cycle.linkFields()) {
      String table = Cycle.linkedTable(field);
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

  /**
   * A record that has left the view is not deleted (defect D14): where rows are written to Airtable
   * it would be made a second time, or be deleted. So those that the view lacks are read by their
   * ids. One way towards the sheet the view is what is wanted.
   */
  public void lookOutsideView(Cycle cycle) {
    if (cycle.config.airtableViewId() == null
        || cycle.config.syncDirection() == SyncDirection.AIRTABLE_TO_SHEETS) {
      return;
    }
    Set<String> missing = new LinkedHashSet<>(cycle.base.keySet());
    List<Integer> ids = new HeaderRow(cycle.sheet).find(cycle.config.options().idColumn());
    if (ids.size() == 1) {
      cycle.sheet.rows().stream()
          .map(row -> row.at(ids.getFirst()) instanceof String id ? id.strip() : "")
          .filter(RecordIds::isOne)
          .forEach(missing::add);
    }
    cycle.reading.records().forEach(record -> missing.remove(record.path("id").asText()));
    cycle.outsideView.addAll(missing);
  }

  /** Takes records that the view lacks; an id that is not among them belongs to no record. */
  public void outsideView(Cycle cycle, JsonNode page) {
    cycle.reading.add(page);
    wantNames(cycle);
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
}
