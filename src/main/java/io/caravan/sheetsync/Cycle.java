package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.airtable.AirtableCall;
import io.caravan.sheets.SheetsCall;
import io.caravan.sheets.TabValues;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One sync of one config on its way: what was read, what is planned, what is done. Belongs to one
 * exchange; what has to survive is in the database.
 */
public final class Cycle {
  final SyncConfig config;
  final UUID runId;
  final boolean dryRun;
  final UUID airtable;
  final UUID google;

  /** The run whose writes are taken back; null for a sync. */
  final UUID undone;

  JsonNode tables;

  /** Whether the description of the tables is one that was kept, and may be out of date. */
  boolean tablesKept;

  TableSchema schema;
  List<String> fields;
  AirtableReading reading;
  final Map<String, Map<String, String>> names = new HashMap<>();
  final Deque<String> namesToRead = new ArrayDeque<>();
  boolean namesRead;
  AirtableReading readingNames;
  final Deque<String> outsideView = new ArrayDeque<>();

  /** Linked records that were asked for, whether or not Airtable made them. */
  final Set<Plan.LinkedRecord> linksTried = new HashSet<>();

  List<Plan.LinkedRecord> links = List.of();
  List<Long> linkChanges = List.of();
  boolean linksOneByOne;

  /** Whether all that were asked for were tried, and some still have no record of their name. */
  boolean linksGivenUp;

  Instant readAt;
  Integer tab;
  SheetTab sheet;
  Map<String, Snapshot> base;

  /** Records that the loop brake leaves out. */
  Set<String> frozen = Set.of();

  Layout layout;
  Reconciliation reconciliation;
  Plan plan;
  List<Long> changeIds;
  AirtableWrites airtableWrites;
  int checked;
  AirtableWrites.Batch batch;
  List<SheetWrites.Part> sheetParts = new ArrayList<>();
  SheetWrites sheetWrites;
  SheetsCall sheetCall;
  final List<SyncError> errors = new ArrayList<>();
  int failed;
  String stopped;
  ObjectNode shown;

  Cycle(SyncConfig config, UUID runId, boolean dryRun, UUID airtable, UUID google, UUID undone) {
    this.config = config;
    this.runId = runId;
    this.dryRun = dryRun;
    this.airtable = airtable;
    this.google = google;
    this.undone = undone;
  }

  /** How often a call is made again. */
  public int getMaxRetries() {
    return config.options().maxRetries();
  }

  /** Whether Airtable has to describe its tables first. */
  public boolean isUndescribed() {
    return tables == null;
  }

  public AirtableCall getDescription() {
    return AirtableCall.tables(airtable, config.airtableBaseId());
  }

  public boolean isMoreRecords() {
    return reading == null || reading.isMore();
  }

  public AirtableCall getNextRecords() {
    return reading.next();
  }

  /** Whether the tab was not read yet. */
  public boolean isSheetUnread() {
    return sheet == null;
  }

  /** Whether the tab's id is not known yet. */
  public boolean isTabUnknown() {
    return tab == null;
  }

  public SheetsCall getTabs() {
    return new SheetsCall.Tabs(google, config.googleSpreadsheetId());
  }

  public SheetsCall getReadTab() {
    return new SheetsCall.Read(google, config.googleSpreadsheetId(), tab);
  }

  /**
   * Whether something is wrong with a field that may have been put right since Airtable described
   * its tables.
   */
  public boolean isDescriptionInDoubt() {
    return tablesKept && plan.problems().stream().anyMatch(problem -> problem.field() != null);
  }

  /** Whether records are still to be looked for outside the view. */
  public boolean isMoreOutsideView() {
    return !outsideView.isEmpty();
  }

  public AirtableCall getNextOutsideView() {
    List<String> ids = new ArrayList<>();
    while (ids.size() < AirtableReading.LARGEST_PAGE && !outsideView.isEmpty()) {
      ids.add(outsideView.remove());
    }
    return AirtableReading.byIds(airtable, config.airtableBaseId(), schema.id(), fields, ids);
  }

  /** Whether names of linked records have to be read before the plan is worth anything. */
  public boolean isMoreNames() {
    return readingNames != null || !namesToRead.isEmpty();
  }

  public AirtableCall getNextNames() {
    if (readingNames == null) {
      String table = namesToRead.peek();
      readingNames =
          new AirtableReading(
              airtable,
              config.airtableBaseId(),
              table,
              null,
              List.of(table(table).path("primaryFieldId").asText()),
              100);
    }
    return readingNames.next();
  }

  /** Whether a mapping means this field. */
  boolean isMapped(TableSchema.Field field) {
    return config.fieldMappings().keySet().stream()
        .anyMatch(name -> field.equals(schema.field(name)));
  }

  /** The mapped fields whose linked records go by their names. */
  List<TableSchema.Field> linkFields() {
    return !config.options().resolveLinkedRecords()
        ? List.of()
        : schema.fields().stream()
            .filter(field -> field.type().equals("multipleRecordLinks") && isMapped(field))
            .toList();
  }

  static String linkedTable(TableSchema.Field field) {
    return field.options().path("linkedTableId").asText();
  }

  /** The tables that those point to. */
  Set<String> linkedTables() {
    Set<String> linked = new LinkedHashSet<>();
    linkFields().forEach(field -> linked.add(linkedTable(field)));
    return linked;
  }

  /** A table of the base as Airtable described it; missing when there is none. */
  JsonNode table(String idOrName) {
    for (JsonNode table : tables.path("tables")) {
      if (idOrName.equals(table.path("id").asText())
          || idOrName.equals(table.path("name").asText())) {
        return table;
      }
    }
    return MissingNode.getInstance();
  }

  /** Whether linked records have to be made before the rest can be planned. */
  public boolean isMoreLinks() {
    return stopped == null && !linksTried.containsAll(plan.linkedRecords());
  }

  /** Whether the next records have to be read again before they are written. */
  public boolean isAirtableUnchecked() {
    return airtableWrites.isUnchecked();
  }

  public AirtableCall getCheck() {
    List<String> ids = airtableWrites.toCheck();
    checked = ids.size();
    List<String> fields =
        layout.columns().stream().filter(Column::writable).map(Column::id).toList();
    return AirtableReading.byIds(airtable, config.airtableBaseId(), schema.id(), fields, ids);
  }

  public boolean isMoreAirtableWrites() {
    return airtableWrites != null && airtableWrites.isMore();
  }

  public AirtableCall getNextAirtableWrite() {
    batch = airtableWrites.take();
    return airtableWrites.call(batch);
  }

  /** Whether the sheet is to be written. */
  public boolean isSheetToBeWritten() {
    return !sheetParts.isEmpty();
  }

  /** What is to be written to the tab at once; null when nothing has a place in it any more. */
  public SheetsCall getSheetCall() {
    return sheetCall;
  }

  /** Headers that were written stand in the tab from now on. */
  void addHeaders(List<SheetWrites.Part> written) {
    for (SheetWrites.Part part : written) {
      if (part.action() == Change.Action.HEADER) {
        SheetWrites.Cell header = part.cells().getFirst();
        sheet = sheet.withHeader(header.column(), header.after());
      }
    }
  }

  void read(TabValues found) {
    List<SheetTab.SheetRow> rows = new ArrayList<>();
    for (int i = 1; i < found.rows().size(); i++) {
      rows.add(new SheetTab.SheetRow(i + 1, found.rows().get(i)));
    }
    sheet = new SheetTab(1, found.rows().isEmpty() ? List.of() : found.rows().getFirst(), rows);
    readAt = Instant.now();
  }
}
