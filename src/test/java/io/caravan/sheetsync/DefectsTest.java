package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What an earlier implementation of the same document got wrong, as far as the merge decides it.
 */
class DefectsTest {
  private static TwoSides people() {
    return new TwoSides()
        .field("Name", "singleLineText")
        .field("Amount", "number", "{'precision':2}")
        .field("Due", "date")
        .field("Tags", "multipleSelects", "{'choices':[{'name':'red, dark'},{'name':'blue'}]}");
  }

  private static TwoSides ada() {
    return people()
        .record(
            "recA", "{'Name':'Ada','Amount':9.5,'Due':'2026-04-03','Tags':['red, dark','blue']}")
        .inStep();
  }

  private static void patch(TwoSides sides, String fields) {
    sides.patch("recA", (ObjectNode) TwoSides.quoted(fields));
  }

  @Test
  void d1AfterARestartASheetEditIsStillASheetEdit() {
    TwoSides sides = ada();
    Map<String, Snapshot> stored = new HashMap<>();
    sides.base.forEach(
        (id, snapshot) ->
            stored.put(id, Snapshot.ofJson(TwoSides.json(snapshot.toJson().toString()))));
    sides.base.clear();
    sides.base.putAll(stored);
    sides.set(2, 1, "Ada L.");

    sides.cycle();

    assertThat(sides.records.get("recA").get("fldName").asText()).isEqualTo("Ada L.");
    assertThat(sides.cell("recA", "Name")).isEqualTo("Ada L.");
  }

  @Test
  void d2AnAirtableEditOfAnUntouchedRowIsNoConflict() {
    TwoSides sides = ada();
    // As people and Google spell the very same values.
    sides.set(2, 2, "9.50");
    sides.set(2, 3, 46115.0);
    sides.set(2, 4, "blue,\"red, dark\"");
    patch(sides, "{'fldName':'Ada L.','fldTags':['blue','red, dark']}");

    Plan plan = sides.cycle();

    assertThat(plan.conflicts()).isEmpty();
    assertThat(plan.recordUpdates()).isEmpty();
    assertThat(plan.rowUpdates())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.writes())
                    .singleElement()
                    .satisfies(write -> assertThat(write.after()).isEqualTo("Ada L.")));
  }

  @Test
  void d3NewestWinsSaysWhenItCannotTellAndCanChooseTheSheet() {
    TwoSides sides = ada();
    sides.resolution = ConflictResolution.NEWEST_WINS;
    sides.fallback = ConflictResolution.SHEETS_WINS;
    patch(sides, "{'fldName':'mine'}");
    sides.set(2, 1, "yours");

    assertThat(sides.plan().conflicts().getFirst().winner()).isEqualTo(Side.SHEETS);
    assertThat(sides.plan().conflicts().getFirst().rule())
        .isEqualTo(
            "Airtable does not tell the time (a last modified field tells that of an edit), so the"
                + " newest is not known and SHEETS_WINS holds.");

    sides.lastModified.put("recA", Instant.parse("2026-02-03T10:00:00Z"));
    Instant before = Instant.parse("2026-02-03T11:00:00Z");
    sides.sheetChanges.put("recA", new MergeInput.ObservedChange(before, before.plusSeconds(60)));
    sides.fallback = ConflictResolution.AIRTABLE_WINS;
    sides.cycle();

    assertThat(sides.records.get("recA").get("fldName").asText()).isEqualTo("yours");
  }

  @Test
  void d5ClearingACellClearsTheField() {
    TwoSides sides = ada();
    sides.set(2, 2, "");
    sides.set(2, 4, "");

    Plan plan = sides.plan();

    assertThat(plan.recordUpdates().getFirst().fields())
        .hasToString("{\"fldAmount\":null,\"fldTags\":null}");
    sides.apply(plan);
    patch(sides, "{'fldDue':null}");
    assertThat(sides.plan().rowUpdates().getFirst().writes().getFirst().after()).isEqualTo("");
  }

  @Test
  void d6AWordAmongNumbersNeverBecomesZero() {
    TwoSides sides = ada();
    sides.set(2, 2, "nine and a half");
    sides.row(null, "Bob", "a lot");

    sides.cycle();

    assertThat(sides.records.get("recA").get("fldAmount").asDouble()).isEqualTo(9.5);
    assertThat(sides.cell("recA", "Amount")).isEqualTo("nine and a half");
    assertThat(sides.records.values())
        .extracting(Object::toString)
        .contains("{\"fldName\":\"Bob\"}");
  }

  @Test
  void d7NewIdsGoIntoTheRowsThatTheRecordsCameFrom() {
    TwoSides sides = ada().record("recB", "{'Name':'Bob'}").inStep();
    sides.grid.add(1, new ArrayList<>(Arrays.asList(null, "First new")));
    sides.set(4, 1, "Bob edited");
    sides.row(null, "Last new");

    Plan plan = sides.cycle();

    assertThat(plan.recordUpdates())
        .extracting(Plan.RecordUpdate::recordId)
        .containsExactly("recB");
    for (List<Object> row : sides.grid.subList(1, sides.grid.size())) {
      assertThat(sides.records.get((String) row.getFirst()).get("fldName").asText())
          .isEqualTo(row.get(1));
    }
  }

  @Test
  void d9NamesWithCommasStayWholeAndDatesGainNoZone() {
    TwoSides sides = ada();

    assertThat(sides.cell("recA", "Tags")).isEqualTo("\"red, dark\", blue");
    assertThat(sides.cell("recA", "Due")).isEqualTo("2026-04-03");

    sides.set(2, 4, "\"red, dark\"");
    sides.set(2, 3, 46116.0);
    assertThat(sides.plan().recordUpdates().getFirst().fields())
        .hasToString("{\"fldDue\":\"2026-04-04\",\"fldTags\":[\"red, dark\"]}");

    sides.set(2, 3, "5/4/2026");
    assertThat(sides.plan().problems())
        .extracting(Problem::kind)
        .containsExactly(Problem.Kind.AMBIGUOUS_DATE);
  }

  @Test
  void d10FreshAttachmentUrlsAreNoChange() {
    TwoSides sides =
        new TwoSides()
            .field("Name", "singleLineText")
            .field("Files", "multipleAttachments")
            .record(
                "recA",
                "{'Name':'Ada','Files':[{'id':'att1','filename':'a.pdf','url':'https://x/1'}]}")
            .inStep();
    sides.record(
        "recA", "{'Name':'Ada','Files':[{'id':'att1','filename':'a.pdf','url':'https://x/2'}]}");

    Plan plan = sides.plan();

    assertThat(plan.isIdle()).isTrue();
    assertThat(plan.settled()).isEmpty();
    assertThat(sides.cell("recA", "Files")).isEqualTo("a.pdf");
  }

  @Test
  void d15TheIdColumnMayStandAnywhere() {
    TwoSides sides = people();
    Object[] header = new Object[40];
    header[30] = "Name";
    header[39] = TwoSides.ID;
    sides.row(header).record("recA", "{'Name':'Ada'}");

    sides.cycle();

    assertThat(sides.grid.get(1).get(30)).isEqualTo("Ada");
    assertThat(sides.grid.get(1).get(39)).isEqualTo("recA");
    assertThat(sides.grid.getFirst().subList(40, 43)).containsExactly("Amount", "Due", "Tags");
  }
}
