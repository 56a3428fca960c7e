package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.Api;
import io.caravan.sandbox.Fault;
import io.caravan.sandbox.Fault.On;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * People who edit both sides at the stand-ins, between syncs and in the midst of them, while
 * requests are refused, break off or lose their answers; and the oracle that says what either side
 * must hold once that is over.
 */
final class StandInHistory {
  private static final int ROUNDS = 3;
  private static final int MOST_SYNCS_TO_QUIET = 6;

  /** Requests after which nobody looks again at where things stand in the sheet. */
  private static final Set<String> SHEET_WRITES =
      Set.of("spreadsheets.batchUpdate", "values.batchUpdateByDataFilter");

  private final Api api;
  private final long seed;
  private final Random random;
  private final TwoSides sides = new TwoSides();
  private final People people;
  private StandInSides standIns;

  /** What people have left, without anything that a sync did. */
  private TwoSides left = new TwoSides();

  private final Deque<String> untouched = new ArrayDeque<>();
  private final List<String> story = Collections.synchronizedList(new ArrayList<>());
  private boolean trouble;
  private int writes;
  private int late;
  private int round;

  StandInHistory(Api api, long seed) {
    this.api = api;
    this.seed = seed;
    this.random = new Random(seed);
    this.people = new People(sides, random);
  }

  /** Throws an AssertionError that names the seed and tells the story when it ends otherwise. */
  void play() {
    try {
      people.begin();
      standIns = new StandInSides(api, "History " + seed, sides, options());
      TestPairs.AIRTABLE.intercept(standIns.pair.base.id(), this::before);
      TestPairs.SHEETS.intercept(standIns.pair.spreadsheet, this::before);
      for (round = 0; round < ROUNDS; round++) {
        round();
        for (int i = random.nextInt(8); i > 0; i--) {
          people.edit();
        }
        standIns.push();
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "Seed %d, %s, %s, deletes rows %s, records %s: %s%n%s"
              .formatted(
                  seed,
                  sides.direction,
                  sides.resolution,
                  sides.deleteExtraRows,
                  sides.deleteExtraRecords,
                  e.getMessage(),
                  String.join("\n", story)),
          e);
    }
  }

  private Map<String, ?> options() {
    return Map.of(
        "maxDeleteShare",
        1.0,
        "minDeleteRows",
        1_000,
        "batchSize",
        1 + random.nextInt(10),
        "maxRetries",
        random.nextInt(3));
  }

  private void round() {
    SyncOracle oracle = people.oracle();
    standIns.pull();
    oracle.observe();
    List<String> free = new ArrayList<>(people.removable(oracle.untouched()));
    Collections.shuffle(free, random);
    untouched.clear();
    untouched.addAll(free);
    left = copyOf(sides);
    trouble = true;
    for (int i = random.nextInt(3); i > 0; i--) {
      sync();
    }
    trouble = false;
    untilQuiet();
    replace(left);
    oracle.observe();
    oracle.step();
    standIns.pull();
    oracle.check();
  }

  private void untilQuiet() {
    for (int syncs = 0; syncs < MOST_SYNCS_TO_QUIET; syncs++) {
      JsonNode item = sync();
      JsonNode config = standIns.pair.show();
      if (!config.get("haltedAt").isNull()) {
        // Deletions are not bounded here, and people do empty a small table or its ids.
        assertThat(config.get("haltReason").asText())
            .containsAnyOf(
                "no record at all", "no row at all", "column of the record ids is empty");
        Pair.expect(
            200, api.post("/api/v1/sync-configs/" + standIns.pair.config + "/resume", null));
      } else if (writes == 0 && item.get("status").asText().equals("succeeded")) {
        JsonNode plan = standIns.pair.dryRun().at("/result/plan/changesTotal");
        assertThat(plan.asInt(-1)).as("changes that an idle sync plans").isZero();
        return;
      }
    }
    throw new AssertionError("It does not come to rest.");
  }

  private JsonNode sync() {
    writes = 0;
    story.add("Round %d, a sync begins, %s.".formatted(round, trouble ? "in trouble" : "in peace"));
    JsonNode item = standIns.pair.sync();
    story.add(
        "It ends: %s %s %s"
            .formatted(item.get("status").asText(), item.get("error"), item.get("result")));
    story.add("The sheet: " + standIns.pair.rows());
    return item;
  }

  /** A request has arrived. */
  private synchronized Fault before(String kind, boolean writing) {
    writes += writing ? 1 : 0;
    if (!trouble) {
      story.add("  " + kind);
      return null;
    }
    if (!SHEET_WRITES.contains(kind) && random.nextInt(3) == 0) {
      meanwhile();
    }
    Fault fault = fault(writing);
    story.add("  " + kind + (fault == null ? "" : " " + fault));
    return fault;
  }

  private Fault fault(boolean writing) {
    if (kindOfTrouble(20)) {
      TestPairs.AIRTABLE.expireIterators(standIns.pair.table);
    }
    return switch (random.nextInt(writing ? 12 : 60)) {
      case 0 -> Fault.reset(On.ANY);
      case 1 -> Fault.status(On.ANY, 503);
      case 2, 3 -> Fault.lostAnswer(On.ANY);
      case 4 -> Fault.statusAfterwards(On.ANY, 503);
      case 5 -> kindOfTrouble(4) ? Fault.status(On.ANY, 429) : null;
      default -> null;
    };
  }

  private boolean kindOfTrouble(int rarity) {
    return random.nextInt(rarity) == 0;
  }

  /**
   * Somebody edits in the midst of a sync: what nobody else edits in this round, so that it is the
   * same whether the sync has seen it or not.
   */
  private void meanwhile() {
    standIns.pull();
    String key = untouched.poll();
    switch (random.nextInt(9)) {
      case 0 ->
          tell(
              "sorts", () -> Collections.shuffle(sides.grid.subList(1, sides.grid.size()), random));
      case 1 ->
          tell(
              "inserts a row",
              () -> sides.grid.add(1 + random.nextInt(sides.grid.size()), new ArrayList<>()));
      case 2 -> tell("moves a column", people::moveColumn);
      case 3 -> {
        String fresh = "Late " + ++late;
        tell(
            "adds record " + fresh,
            () ->
                both(s -> s.record("rec" + fresh, "{'Key':'%s','Note':'late'}".formatted(fresh))));
      }
      case 4 -> {
        String fresh = "Late " + ++late;
        tell("adds row " + fresh, () -> both(s -> addRow(s, fresh)));
      }
      default -> {
        if (key != null) {
          edit(key);
        }
      }
    }
    standIns.push();
    rearrange();
  }

  private void edit(String key) {
    String note = random.nextInt(4) == 0 ? "" : "note " + ++late;
    switch (random.nextInt(6)) {
      case 0 -> tell("deletes record " + key, () -> both(s -> s.records.remove(recordOf(s, key))));
      case 1 -> tell("deletes row " + key, () -> both(s -> s.grid.remove(rowOf(s, key) - 1)));
      case 2 -> tell("wipes the id of " + key, () -> both(s -> type(s, key, TwoSides.ID, "")));
      case 3, 4 ->
          tell(
              "types '%s' at %s".formatted(note, key), () -> both(s -> type(s, key, "Note", note)));
      default ->
          tell(
              "notes '%s' at %s in Airtable".formatted(note, key),
              () -> both(s -> note(s, key, note)));
    }
  }

  /** What the copy in memory does not show. */
  private void rearrange() {
    if (kindOfTrouble(6)) {
      tell("inserts a column", () -> standIns.pair.tab.insertColumns("C", 1));
    }
    if (round > 0 && kindOfTrouble(6)) {
      tell("renames the tab", () -> standIns.pair.tab.rename("Data " + ++late));
    }
  }

  private void tell(String what, Runnable edit) {
    story.add("  Somebody " + what + ".");
    edit.run();
  }

  private void both(Consumer<TwoSides> edit) {
    edit.accept(sides);
    edit.accept(left);
  }

  private static void addRow(TwoSides sides, String key) {
    sides.grid.add(new ArrayList<>());
    sides.set(sides.grid.size(), sides.grid.getFirst().indexOf("Key"), key);
    sides.set(sides.grid.size(), sides.grid.getFirst().indexOf("Note"), "late");
  }

  private static void type(TwoSides sides, String key, String header, String text) {
    sides.set(rowOf(sides, key), sides.grid.getFirst().indexOf(header), text);
  }

  private static void note(TwoSides sides, String key, String note) {
    ObjectNode patch = (ObjectNode) TwoSides.json("{}");
    patch.set("fldNote", TwoSides.json(note.isEmpty() ? "null" : TwoSides.text(note)));
    sides.patch(recordOf(sides, key), patch);
  }

  private static String recordOf(TwoSides sides, String key) {
    return sides.records.entrySet().stream()
        .filter(record -> SyncOracle.key(record.getValue().path("fldKey").asText()).equals(key))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new AssertionError("The record of %s is lost.".formatted(key)));
  }

  private static int rowOf(TwoSides sides, String key) {
    int column = sides.grid.getFirst().indexOf("Key");
    for (int row = 2; row <= sides.grid.size(); row++) {
      List<Object> cells = sides.grid.get(row - 1);
      if (column < cells.size()
          && cells.get(column) != null
          && SyncOracle.key(cells.get(column).toString()).equals(key)) {
        return row;
      }
    }
    throw new AssertionError("The row of %s is lost.".formatted(key));
  }

  private static TwoSides copyOf(TwoSides sides) {
    TwoSides copy = new TwoSides();
    sides.records.forEach((id, record) -> copy.records.put(id, record.deepCopy()));
    sides.grid.forEach(row -> copy.grid.add(new ArrayList<>(row)));
    return copy;
  }

  private void replace(TwoSides by) {
    sides.records.clear();
    sides.records.putAll(new LinkedHashMap<>(by.records));
    sides.grid.clear();
    sides.grid.addAll(by.grid);
  }
}
