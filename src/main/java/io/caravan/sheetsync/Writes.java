package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.airtable.AirtableCall;
import io.caravan.airtable.AirtableError;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.sheets.NoRoom;
import io.caravan.sheets.TabValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a route does with a cycle's writes: each is marked in the journal once it is done, together
 * with what both sides agree on from then on.
 */
@Component
public class Writes {
  private final SyncStore store;
  private final ChangeJournal journal;
  private final TransactionTemplate transaction;

  Writes(SyncStore store, ChangeJournal journal, PlatformTransactionManager transactions) {
    this.store = store;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** The next linked records to be made, at most ten of one table. */
  public AirtableCall links(Cycle cycle) {
    List<Plan.LinkedRecord> wanted =
        cycle.plan.linkedRecords().stream()
            .filter(link -> !cycle.linksTried.contains(link))
            .toList();
    String table = wanted.getFirst().tableId();
    String primary = cycle.table(table).path("primaryFieldId").asText();
    cycle.links =
        wanted.stream()
            .filter(link -> link.tableId().equals(table))
            .limit(cycle.linksOneByOne ? 1 : AirtableWrites.MOST)
            .toList();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("returnFieldsByFieldId", true);
    ArrayNode records = body.putArray("records");
    List<Change> changes = new ArrayList<>();
    for (Plan.LinkedRecord link : cycle.links) {
      records.addObject().putObject("fields").put(primary, link.name());
      changes.add(PlanJournal.link(cycle, link));
    }
    cycle.linkChanges =
        journal.plan(cycle.config.id(), cycle.runId, cycle.config.cycles() + 1, changes);
    return new AirtableCall(
        cycle.airtable,
        cycle.config.airtableBaseId(),
        "POST",
        List.of(cycle.config.airtableBaseId(), table),
        Map.of(),
        body,
        false);
  }

  /** Linked records were made; their names are known from now on. */
  public void linked(Cycle cycle, JsonNode answer) {
    String table = cycle.links.getFirst().tableId();
    String primary = cycle.table(table).path("primaryFieldId").asText();
    Map<String, String> names = new HashMap<>(cycle.names.getOrDefault(table, Map.of()));
    for (int i = 0; i < cycle.links.size(); i++) {
      JsonNode record = answer.path("records").path(i);
      String id = record.path("id").asText();
      names.put(id, record.path("fields").path(primary).asText());
      journal.created(cycle.linkChanges.get(i), id);
    }
    cycle.linksTried.addAll(cycle.links);
    cycle.names.put(table, names);
    store.keepNames(cycle.config.id(), table, names);
  }

  /**
   * Airtable refused to make linked records: they go one by one, and for what is refused alone the
   * cells that name it are left alone, as for any name that no record has.
   *
   * @throws Failure when no single record is at fault
   */
  public void unlinked(Cycle cycle, Failure refusal) {
    if (!(refusal instanceof AirtableError error) || !error.isOfOneRecord()) {
      throw refusal;
    }
    journal.settle(cycle.linkChanges, "refused", refusal.getMessage());
    if (cycle.links.size() > 1) {
      cycle.linksOneByOne = true;
    } else {
      cycle.linksTried.addAll(cycle.links);
    }
  }

  /**
   * The next records as they are now: one that somebody has changed since it was read is left for
   * the next sync, which sees both edits.
   */
  public void checked(Cycle cycle, JsonNode answer) {
    Map<String, JsonNode> now = new HashMap<>();
    answer.path("records").forEach(record -> now.put(record.path("id").asText(), record));
    Map<String, Column> columns = new HashMap<>();
    cycle.layout.columns().forEach(column -> columns.put(column.id(), column));
    List<AirtableWrites.Part> left =
        cycle.airtableWrites.checked(
            cycle.checked, part -> isAsRead(part, now.get(part.recordId()), columns));
    journal.settle(
        left.stream().map(AirtableWrites.Part::changeId).toList(), "left", SheetWrites.CHANGED);
  }

  /** Whether the fields that count are as they were read, whatever URL a file has by now. */
  private static boolean isAsRead(
      AirtableWrites.Part part, JsonNode now, Map<String, Column> columns) {
    if (now == null) {
      return false;
    }
    boolean deleted = part.fields() == null;
    return columns.values().stream()
        .filter(column -> column.writable() && (deleted || part.before().has(column.id())))
        .allMatch(
            column ->
                column
                    .ofAirtable(part.before().get(column.id()))
                    .equals(column.ofAirtable(now.path("fields").get(column.id()))));
  }

  /** Airtable has done the batch. */
  public void done(Cycle cycle, JsonNode answer) {
    AirtableWrites.Batch batch = cycle.batch;
    transaction.executeWithoutResult(
        status -> {
          switch (batch.action()) {
            case CREATE -> created(cycle, batch, answer.path("records"));
            case UPDATE -> {
              keep(cycle, batch.parts().stream().map(part -> part.update().baseChange()).toList());
              journal.settle(ids(batch), "done", null);
            }
            default -> {
              store.forget(
                  cycle.config.id(),
                  batch.parts().stream().map(AirtableWrites.Part::recordId).toList());
              journal.settle(ids(batch), "done", null);
            }
          }
        });
  }

  private void created(Cycle cycle, AirtableWrites.Batch batch, JsonNode records) {
    List<Plan.BaseChange> agreed = new ArrayList<>();
    List<SheetWrites.Part> ids = new ArrayList<>();
    for (int i = 0; i < batch.parts().size(); i++) {
      AirtableWrites.Part part = batch.parts().get(i);
      String id = records.path(i).path("id").asText();
      journal.created(part.changeId(), id);
      // Until its id stands in the row, or else a crash would look like a wiped id column.
      agreed.add(new Plan.BaseChange(id, part.create().settles(), Side.SHEETS));
      if (part.create().row() > 0) {
        ids.add(PlanJournal.idOf(cycle, part.create(), id));
      }
    }
    keep(cycle, agreed);
    List<Long> changes =
        journal.plan(
            cycle.config.id(),
            cycle.runId,
            cycle.config.cycles() + 1,
            ids.stream().map(PlanJournal::change).toList());
    for (int i = 0; i < ids.size(); i++) {
      cycle.sheetParts.add(ids.get(i).withChange(changes.get(i)));
    }
  }

  private void keep(Cycle cycle, List<Plan.BaseChange> changes) {
    Map<String, Snapshot> snapshots = new HashMap<>();
    for (Plan.BaseChange change : changes) {
      Snapshot known =
          Objects.requireNonNullElse(
              snapshots.getOrDefault(change.recordId(), cycle.base.get(change.recordId())),
              Snapshot.of(Map.of()));
      snapshots.put(change.recordId(), known.after(change));
    }
    cycle.base.putAll(snapshots);
    store.keep(cycle.config.id(), snapshots);
  }

  private static List<Long> ids(AirtableWrites.Batch batch) {
    return batch.parts().stream().map(AirtableWrites.Part::changeId).toList();
  }

  /**
   * Airtable refused the batch, all of it: the records go one by one, and what is refused alone is
   * left out.
   *
   * @throws Failure when no single record is at fault
   */
  public void refused(Cycle cycle, Failure refusal) {
    if (!(refusal instanceof AirtableError error) || !error.isOfOneRecord()) {
      throw refusal;
    }
    AirtableWrites.Batch batch = cycle.batch;
    if (batch.parts().size() > 1) {
      cycle.airtableWrites.split(batch);
      return;
    }
    AirtableWrites.Part part = batch.parts().getFirst();
    journal.settle(List.of(part.changeId()), "refused", refusal.getMessage());
    // A field may be of another type by now.
    store.forgetTables(cycle.config.id());
    cycle.failed++;
    cycle.errors.add(refused(cycle, part, error));
  }

  /** Names the field that Airtable names, or else the only one there is. */
  private static SyncError refused(Cycle cycle, AirtableWrites.Part part, AirtableError error) {
    List<Column> written =
        part.fields() == null
            ? List.of()
            : cycle.layout.columns().stream()
                .filter(column -> part.fields().has(column.id()))
                .toList();
    Column column =
        written.stream()
            .filter(one -> written.size() == 1 || error.names(one.id(), one.field().name()))
            .findFirst()
            .orElse(null);
    return new SyncError(
        "WRITE",
        part.recordId(),
        column == null ? null : column.field().name(),
        part.row() == 0
            ? null
            : SheetTab.address(
                column == null ? cycle.layout.idColumn() : column.index(), part.row()),
        error.getMessage());
  }

  /**
   * Finds the places of the sheet's next writes in the sheet as it is now.
   *
   * @throws Failure of kind configuration when the tab is gone
   */
  public void locate(Cycle cycle, TabValues now) {
    if (now == null) {
      throw new Failure(
          FailureKind.CONFIGURATION, "The tab was deleted meanwhile; nothing was written to it.");
    }
    SheetWrites writes = new SheetWrites(cycle.tab, cycle.sheet, now, cycle.layout.idColumn());
    writes.place(cycle.sheetParts);
    cycle.sheetWrites = writes;
    cycle.sheetCall = writes.call(cycle.google, cycle.config.googleSpreadsheetId()).orElse(null);
  }

  private static List<Long> changes(List<SheetWrites.Part> parts) {
    return parts.stream().map(SheetWrites.Part::changeId).toList();
  }

  /** Google has done all that was placed, and what had no place any more is left. */
  public void written(Cycle cycle) {
    List<SheetWrites.Part> done = cycle.sheetWrites.done();
    transaction.executeWithoutResult(
        status -> {
          keep(cycle, done.stream().map(SheetWrites.Part::base).filter(Objects::nonNull).toList());
          store.forget(
              cycle.config.id(),
              done.stream()
                  .filter(part -> part.action() == Change.Action.DELETE)
                  .map(SheetWrites.Part::recordId)
                  .filter(Objects::nonNull)
                  .toList());
          journal.settle(changes(done), "done", null);
          journal.settle(changes(cycle.sheetWrites.left()), "left", SheetWrites.CHANGED);
        });
    cycle.sheetParts = cycle.sheetWrites.rest();
    cycle.addHeaders(done);
  }

  /**
   * The spreadsheet has no room for more rows: those are named and left for a later sync, and the
   * rest is written without them.
   *
   * @throws Failure unless there are rows to leave out
   */
  public void unwritten(Cycle cycle, Failure refusal) {
    List<SheetWrites.Part> rows =
        cycle.sheetParts.stream().filter(part -> part.action() == Change.Action.CREATE).toList();
    if (!(refusal instanceof NoRoom) || rows.isEmpty()) {
      throw refusal;
    }
    journal.settle(changes(rows), "left", refusal.getMessage());
    cycle.failed += rows.size();
    rows.forEach(
        row ->
            cycle.errors.add(
                new SyncError("WRITE", row.recordId(), null, null, refusal.getMessage())));
    cycle.sheetParts =
        cycle.sheetParts.stream().filter(part -> part.action() != Change.Action.CREATE).toList();
  }
}
