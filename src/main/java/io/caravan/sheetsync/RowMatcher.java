package io.caravan.sheetsync;

import io.caravan.sheetsync.Pairing.NewRow;
import io.caravan.sheetsync.Pairing.Orphan;
import io.caravan.sheetsync.Pairing.Pair;
import io.caravan.sheetsync.SheetTab.SheetRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds each row's record, never by row number (defect D8).
 *
 * <ol>
 *   <li>By the id column.
 *   <li>Several rows with one id: the first that still shows what was last in step keeps it, the
 *       others are copies and so new rows. When all of them were edited nobody can tell, and all
 *       are left alone.
 *   <li>An id that neither Airtable nor the base knows is a problem; it may come from another
 *       table.
 *   <li>Without id, or with the id of a record that is gone: by {@link MatchKeys}, where a key
 *       stands once in a row and once in a record that no other row shows. So a record whose new id
 *       never reached its row is not created twice. Ambiguous rows and their records are left
 *       alone.
 * </ol>
 */
final class RowMatcher {
  private final MergeInput input;
  private final Layout layout;
  private final PlanBuilder plan;
  private final MatchKeys keys;
  private final Map<String, AirtableRecord> records;
  private final Map<String, SheetRow> rows;
  private final Map<String, List<SheetRow>> copies = new LinkedHashMap<>();
  private final List<NewRow> rowsWithoutId = new ArrayList<>();
  private final Map<SheetRow, String> orphansById = new IdentityHashMap<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Orphan> orphans = new ArrayList<>();
  private final List<NewRow> newRows = new ArrayList<>();

  /** Records that a row shows, or that are left alone. */
  private final Set<String> taken;

  private int rowsWithId;
  private int filledRows;
  private int ambiguousRows;

  RowMatcher(MergeInput input, Layout layout, PlanBuilder plan) {
    this.input = input;
    this.layout = layout;
    this.plan = plan;
    this.keys = new MatchKeys(layout);
    // A record can come twice when somebody edits while Airtable's pages are read.
    this.records = LinkedHashMap.newLinkedHashMap(input.records().size());
    input.records().forEach(record -> records.put(record.id(), record));
    this.rows = LinkedHashMap.newLinkedHashMap(input.sheet().rows().size());
    this.taken = HashSet.newHashSet(input.records().size());
  }

  Pairing match() {
    input.sheet().rows().forEach(this::sort);
    copies.forEach(this::keepOne);
    rows.forEach(this::byId);
    byKey();
    List<AirtableRecord> withoutRow =
        records.values().stream().filter(record -> !taken.contains(record.id())).toList();
    return new Pairing(
        pairs,
        withoutRow,
        orphans,
        newRows,
        input.base().keySet().stream()
            .filter(id -> !records.containsKey(id) && !taken.contains(id))
            .toList(),
        rowsWithId,
        filledRows,
        ambiguousRows);
  }

  private void sort(SheetRow row) {
    Object cell = row.at(layout.idColumn());
    String id = cell == null ? "" : TextCodec.plain(cell).strip();
    if (!id.isEmpty()) {
      rowsWithId++;
      filledRows++;
      SheetRow first = rows.putIfAbsent(id, row);
      if (first != null) {
        copies.computeIfAbsent(id, _ -> new ArrayList<>(List.of(first))).add(row);
      }
    } else if (!isBlank(row)) {
      filledRows++;
      rowsWithoutId.add(new NewRow(row, null));
    }
  }

  /** An unchecked box is blank: people give a whole column checkboxes before they fill it. */
  private boolean isBlank(SheetRow row) {
    for (Column column : layout.columns()) {
      if (!column.cellShows(row.at(column.index()), column.codec().empty())) {
        return false;
      }
    }
    return true;
  }

  private void keepOne(String id, List<SheetRow> same) {
    if (!isKnown(id)) {
      return;
    }
    SheetRow kept = original(id, same);
    if (kept == null && !records.containsKey(id)) {
      // Nothing is left that one of them could be.
      rows.remove(id);
      same.forEach(row -> rowsWithoutId.add(new NewRow(row, id)));
      return;
    }
    if (kept == null) {
      rows.remove(id);
      taken.add(id);
      ambiguousRows += same.size();
      same.forEach(
          row ->
              rowProblem(
                  Problem.Kind.DUPLICATE_ID,
                  id,
                  row,
                  "%s holds a record id that %d rows have; clear it in all but the record's own row"
                      .formatted(idCell(row), same.size())));
      return;
    }
    rows.put(id, kept);
    same.stream().filter(row -> row != kept).forEach(row -> rowsWithoutId.add(new NewRow(row, id)));
  }

  private SheetRow original(String id, List<SheetRow> same) {
    for (SheetRow row : same) {
      if (layout.columns().stream().allMatch(column -> isAsLastInStep(id, row, column))) {
        return row;
      }
    }
    if (layout.matchOn() == null) {
      return null;
    }
    List<SheetRow> sameKey =
        same.stream().filter(row -> isAsLastInStep(id, row, layout.matchOn())).toList();
    return sameKey.size() == 1 ? sameKey.getFirst() : null;
  }

  private boolean isAsLastInStep(String id, SheetRow row, Column column) {
    AirtableRecord record = records.get(id);
    Value value = column.base(input.base().get(id));
    if (value == null && record != null) {
      value = column.ofAirtable(record.fields().get(column.id()));
    }
    return value == null || column.cellMeans(row.at(column.index()), value);
  }

  private boolean isKnown(String id) {
    return records.containsKey(id) || input.base().containsKey(id);
  }

  private void byId(String id, SheetRow row) {
    AirtableRecord record = records.get(id);
    if (record != null) {
      pairs.add(new Pair(record, row, false));
      taken.add(id);
    } else if (input.base().containsKey(id)) {
      orphansById.put(row, id);
      rowsWithoutId.add(new NewRow(row, id));
    } else if (!input.options().toAirtable()) {
      copies.getOrDefault(id, List.of(row)).forEach(extra -> newRows.add(new NewRow(extra, id)));
    } else {
      for (SheetRow unknown : copies.getOrDefault(id, List.of(row))) {
        rowProblem(
            Problem.Kind.UNKNOWN_ID,
            null,
            unknown,
            "%s holds a record id that table %s does not have; clear it to make a new record"
                .formatted(idCell(unknown), input.table().name()));
      }
    }
  }

  private void byKey() {
    if (rowsWithoutId.isEmpty()) {
      return;
    }
    Map<String, List<AirtableRecord>> candidates = new HashMap<>();
    for (AirtableRecord record : records.values()) {
      if (!taken.contains(record.id())) {
        candidates.computeIfAbsent(keys.of(record), _ -> new ArrayList<>()).add(record);
      }
    }
    Map<String, List<NewRow>> rowsByKey = new LinkedHashMap<>();
    for (NewRow row : rowsWithoutId) {
      rowsByKey.computeIfAbsent(keys.of(row.row()), _ -> new ArrayList<>()).add(row);
    }
    rowsByKey.forEach(
        (key, same) -> {
          List<AirtableRecord> found = candidates.getOrDefault(key, List.of());
          if (found.isEmpty()) {
            same.forEach(this::unmatched);
          } else if (found.size() == 1 && same.size() == 1) {
            pairs.add(new Pair(found.getFirst(), same.getFirst().row(), true));
            taken.add(found.getFirst().id());
          } else {
            leaveAlone(same, found);
          }
        });
  }

  private void unmatched(NewRow row) {
    String orphan = orphansById.get(row.row());
    if (orphan == null) {
      newRows.add(row);
    } else {
      orphans.add(new Orphan(orphan, row.row()));
      taken.add(orphan);
    }
  }

  private void leaveAlone(List<NewRow> same, List<AirtableRecord> found) {
    found.forEach(record -> taken.add(record.id()));
    ambiguousRows += same.size();
    same.forEach(
        row ->
            rowProblem(
                Problem.Kind.AMBIGUOUS_MATCH,
                null,
                row.row(),
                "Row %d is one of %d that could show %d records; write the record id into cell %s"
                    .formatted(
                        row.row().number(),
                        same.size(),
                        found.size(),
                        SheetTab.address(layout.idColumn(), row.row().number()))));
  }

  private String idCell(SheetRow row) {
    return "Cell " + SheetTab.address(layout.idColumn(), row.number());
  }

  private void rowProblem(Problem.Kind kind, String recordId, SheetRow row, String message) {
    plan.problem(
        new Problem(
            kind,
            recordId,
            null,
            SheetTab.address(layout.idColumn(), row.number()),
            message + "."));
  }
}
