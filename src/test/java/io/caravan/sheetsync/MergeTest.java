package io.caravan.sheetsync;

import static io.caravan.sheetsync.ConflictResolution.AIRTABLE_WINS;
import static io.caravan.sheetsync.ConflictResolution.MANUAL;
import static io.caravan.sheetsync.ConflictResolution.NEWEST_WINS;
import static io.caravan.sheetsync.ConflictResolution.SHEETS_WINS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.sheetsync.Conflict.Kind;
import io.caravan.sheetsync.MergeInput.ObservedChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
  private static TwoSides people() {
    return new TwoSides()
        .field("Name", "singleLineText")
        .field("Note", "multilineText")
        .field("Amount", "number", "{'precision':2}");
  }

  /** One record that both sides have. */
  private static TwoSides ada() {
    return people().record("recA", "{'Name':'Ada','Note':'old','Amount':9.5}").inStep();
  }

  @Test
  void fillsAnEmptySheetWithHeaderAndRows() {
    TwoSides sides =
        people().record("recA", "{'Name':'Ada','Amount':9.5}").record("recB", "{'Name':'=1+1'}");

    Plan plan = sides.cycle();

    assertThat(sides.grid)
        .containsExactly(
            List.of(TwoSides.ID, "Name", "Note", "Amount"),
            Arrays.asList("recA", "Ada", null, 9.5),
            List.of("recB", "=1+1"));
    assertThat(plan.statistics().airtableToSheets()).isEqualTo(new Statistics.Counts(2, 0, 0));
    assertThat(sides.plan().isIdle()).isTrue();
  }

  /**
   * A dash is an empty side. Without a base nobody was seen to clear anything; with one an empty
   * side was cleared.
   */
  @ParameterizedTest(name = "{0} {1}: base {2}, Airtable {3}, sheet {4}")
  @CsvSource({
    "BIDIRECTIONAL, AIRTABLE_WINS, o, o, o, o, o, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, o, a, o, a, a, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, o, o, s, s, s, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, o, n, n, n, n, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, o, -, o, -, -, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, o, o, -, -, -, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, -, a, -, a, a, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, o, a, s, a, a, BOTH_EDITED",
    "BIDIRECTIONAL, SHEETS_WINS, o, a, s, s, s, BOTH_EDITED",
    "BIDIRECTIONAL, MANUAL, o, a, s, a, s, BOTH_EDITED",
    "BIDIRECTIONAL, AIRTABLE_WINS, o, -, s, -, -, BOTH_EDITED",
    "BIDIRECTIONAL, SHEETS_WINS, o, a, -, -, -, BOTH_EDITED",
    "BIDIRECTIONAL, AIRTABLE_WINS, , a, -, a, a, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, , -, s, s, s, ",
    "BIDIRECTIONAL, SHEETS_WINS, , a, s, s, s, NEVER_AGREED",
    "BIDIRECTIONAL, MANUAL, , a, s, a, s, NEVER_AGREED",
    "AIRTABLE_TO_SHEETS, SHEETS_WINS, o, a, o, a, a, ",
    "AIRTABLE_TO_SHEETS, SHEETS_WINS, o, o, s, o, o, TARGET_EDITED",
    "AIRTABLE_TO_SHEETS, SHEETS_WINS, o, a, s, a, a, TARGET_EDITED",
    "AIRTABLE_TO_SHEETS, SHEETS_WINS, o, -, o, -, -, ",
    "AIRTABLE_TO_SHEETS, SHEETS_WINS, , a, s, a, a, ",
    "AIRTABLE_TO_SHEETS, SHEETS_WINS, , -, s, -, s, ",
    "SHEETS_TO_AIRTABLE, AIRTABLE_WINS, o, o, s, s, s, ",
    "SHEETS_TO_AIRTABLE, AIRTABLE_WINS, o, a, o, o, o, TARGET_EDITED",
    "SHEETS_TO_AIRTABLE, AIRTABLE_WINS, o, a, s, s, s, TARGET_EDITED",
    "SHEETS_TO_AIRTABLE, AIRTABLE_WINS, o, o, -, -, -, ",
    "SHEETS_TO_AIRTABLE, AIRTABLE_WINS, , a, -, a, -, ",
  })
  void mergesAField(
      SyncDirection direction,
      ConflictResolution resolution,
      String base,
      String airtable,
      String sheet,
      String airtableAfter,
      String sheetAfter,
      Kind conflict) {
    TwoSides sides = people().record("recA", "{'Name':'Ada'}");
    if (base != null) {
      sides.patch("recA", note(base));
      sides.inStep();
    } else {
      sides.row(TwoSides.ID, "Name", "Note", "Amount").row("recA", "Ada");
    }
    sides.direction = direction;
    sides.resolution = resolution;
    sides.patch("recA", note(airtable));
    sides.set(2, 2, sheet.equals("-") ? "" : sheet);

    Plan plan = sides.cycle();

    assertThat(sides.records.get("recA").path("fldNote").asText("-")).isEqualTo(airtableAfter);
    assertThat(sides.cell("recA", "Note")).isEqualTo(sheetAfter.equals("-") ? null : sheetAfter);
    assertThat(plan.conflicts())
        .extracting(Conflict::kind)
        .isEqualTo(conflict == null ? List.of() : List.of(conflict));
    assertThat(sides.plan().isIdle()).isTrue();
  }

  private static ObjectNode note(String text) {
    return (ObjectNode)
        TwoSides.quoted(text.equals("-") ? "{'fldNote':null}" : "{'fldNote':'%s'}".formatted(text));
  }

  @Test
  void writesBothSidesOfOneRecordWithoutAConflict() {
    TwoSides sides = ada();
    sides.patch("recA", note("from Airtable"));
    sides.set(2, 3, 10.25);

    Plan plan = sides.cycle();

    assertThat(plan.conflicts()).isEmpty();
    assertThat(plan.recordUpdates().getFirst().fields()).hasToString("{\"fldAmount\":10.25}");
    assertThat(plan.rowUpdates().getFirst().writes())
        .singleElement()
        .satisfies(
            write -> {
              assertThat(write.column()).isEqualTo(2);
              assertThat(write.before()).isEqualTo("old");
              assertThat(write.after()).isEqualTo("from Airtable");
            });
    assertThat(sides.records.get("recA"))
        .hasToString("{\"fldName\":\"Ada\",\"fldNote\":\"from Airtable\",\"fldAmount\":10.25}");
  }

  @Test
  void aConflictKeepsBothValuesAndTheReason() {
    TwoSides sides = ada();
    sides.patch("recA", note("mine"));
    sides.set(2, 2, "yours");

    assertThat(sides.plan().conflicts())
        .containsExactly(
            new Conflict(
                Kind.BOTH_EDITED,
                "recA",
                "fldNote",
                2,
                new Value.Text("old"),
                new Value.Text("mine"),
                new Value.Text("yours"),
                Side.AIRTABLE,
                "The config says AIRTABLE_WINS."));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-03T10:00:00Z, 2026-02-03T09:00:00Z, 2026-02-03T09:05:00Z, AIRTABLE, Airtable changed"
        + " at",
    "2026-02-03T08:00:00Z, 2026-02-03T09:00:00Z, 2026-02-03T09:05:00Z, SHEETS, The sheet changed"
        + " after",
    "2026-02-03T09:01:00Z, 2026-02-03T09:00:00Z, 2026-02-03T09:05:00Z, , between two reads of the"
        + " sheet",
    "2026-02-03T09:05:00Z, 2026-02-03T09:00:00Z, 2026-02-03T09:05:00Z, , between two reads of the"
        + " sheet",
    ", 2026-02-03T09:00:00Z, 2026-02-03T09:05:00Z, , a last modified field tells",
    "2026-02-03T09:01:00Z, , , , Nobody saw when the row changed",
  })
  void theNewestWinsOnlyWhenTheTimesCanBeCompared(
      Instant airtable, Instant notBefore, Instant notAfter, Side winner, String rule) {
    TwoSides sides = ada();
    sides.resolution = NEWEST_WINS;
    sides.fallback = MANUAL;
    sides.patch("recA", note("mine"));
    sides.set(2, 2, "yours");
    if (airtable != null) {
      sides.lastModified.put("recA", airtable);
    }
    if (notBefore != null) {
      sides.sheetChanges.put("recA", new ObservedChange(notBefore, notAfter));
    }

    Conflict conflict = sides.plan().conflicts().getFirst();

    assertThat(conflict.winner()).isEqualTo(winner);
    assertThat(conflict.rule()).contains(rule);
    if (winner == null) {
      assertThat(conflict.rule()).endsWith("so the newest is not known and MANUAL holds.");
    }
  }

  @Test
  void aQueuedConflictIsWrittenOnceAPersonDecided() {
    TwoSides sides = ada();
    sides.resolution = MANUAL;
    sides.patch("recA", note("mine"));
    sides.set(2, 2, "yours");
    Plan queued = sides.cycle();
    assertThat(queued.isIdle()).isTrue();
    assertThat(queued.statistics().conflicts())
        .isEqualTo(new Statistics.ConflictCounts(1, 0, 0, 1));

    sides.decisions.put(queued.conflicts().getFirst().key(), Side.SHEETS);
    sides.cycle();

    assertThat(sides.records.get("recA").get("fldNote").asText()).isEqualTo("yours");
    sides.decisions.clear();
    assertThat(sides.plan().conflicts()).isEmpty();
  }

  @Test
  void theFallbackOfNewestWinsCannotBeItself() {
    TwoSides sides = ada();
    sides.fallback = NEWEST_WINS;

    assertThatThrownBy(sides::plan).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWordAmongNumbersIsLeftAloneOnBothSidesAndTheRestGoesOn() {
    TwoSides sides = ada();
    sides.set(2, 3, "a dozen");
    sides.set(2, 2, "new");
    sides.patch("recA", (ObjectNode) TwoSides.quoted("{'fldAmount':12}"));

    Plan plan = sides.cycle();

    assertThat(plan.problems())
        .containsExactly(
            new Problem(
                Problem.Kind.NOT_A_NUMBER,
                "recA",
                "Amount",
                "D2",
                "Cell D2 of field Amount must hold a number such as 1234.5 and holds other"
                    + " text."));
    assertThat(sides.records.get("recA").get("fldNote").asText()).isEqualTo("new");
    assertThat(sides.records.get("recA").get("fldAmount").asInt()).isEqualTo(12);
    assertThat(sides.cell("recA", "Amount")).isEqualTo("a dozen");
    assertThat(sides.plan().isIdle()).isTrue();
  }

  @Test
  void aTextThatNoCellCanHoldIsLeftAloneOnBothSides() {
    TwoSides sides = ada();
    sides.patch("recA", note("x".repeat(50_001)));

    Plan plan = sides.cycle();

    assertThat(plan.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.TOO_LONG_FOR_CELL));
    assertThat(sides.cell("recA", "Note")).isEqualTo("old");
    assertThat(plan.isIdle()).isTrue();
  }

  @Test
  void aComputedColumnThatSomebodyEditedIsPutBack() {
    TwoSides sides =
        new TwoSides()
            .field("Name", "singleLineText")
            .field("Total", "formula", "{'result':{'type':'number','options':{'precision':0}}}")
            .record("recA", "{'Name':'Ada','Total':3}")
            .inStep();
    sides.set(2, 2, 4.0);

    Plan plan = sides.cycle();

    assertThat(sides.cell("recA", "Total")).isEqualTo(3.0);
    assertThat(plan.conflicts())
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.kind()).isEqualTo(Kind.READ_ONLY_EDITED);
              assertThat(conflict.sheet()).isEqualTo(new Value.Decimal(new BigDecimal(4)));
            });
  }

  @Test
  void aLinkedRecordThatWasRenamedIsRenamedInTheSheetAndStaysLinked() {
    TwoSides sides =
        new TwoSides()
            .field("Name", "singleLineText")
            .field("Team", "multipleRecordLinks", "{'linkedTableId':'tblT'}")
            .record("recA", "{'Name':'Ada','Team':['recT']}");
    sides.linkedTables.put("tblT", new LinkedTable(Map.of("recT", "Blue")));
    sides.inStep();
    sides.linkedTables.put("tblT", new LinkedTable(Map.of("recT", "Green, dark")));

    Plan plan = sides.cycle();

    assertThat(sides.cell("recA", "Team")).isEqualTo("\"Green, dark\"");
    assertThat(plan.recordUpdates()).isEmpty();
    assertThat(plan.problems()).isEmpty();
    assertThat(sides.plan().isIdle()).isTrue();
  }

  @Test
  void aChoiceThatWasRenamedIsRenamedInTheSheet() {
    TwoSides sides =
        new TwoSides()
            .field("Name", "singleLineText")
            .field("Colour", "singleSelect", "{'choices':[{'name':'Red'}]}")
            .record("recA", "{'Name':'Ada','Colour':'Red'}")
            .inStep();
    sides.fields.set(
        1,
        new TableSchema.Field(
            "fldColour",
            "Colour",
            "singleSelect",
            TwoSides.quoted("{'choices':[{'name':'Crimson'}]}")));
    sides.record("recA", "{'Name':'Ada','Colour':'Crimson'}");

    Plan plan = sides.cycle();

    assertThat(plan.problems()).isEmpty();
    assertThat(sides.cell("recA", "Colour")).isEqualTo("Crimson");
  }

  @Test
  void aRowThatWasDeletedAndIsPutBackIsInStepAgain() {
    TwoSides sides = ada().record("recB", "{'Name':'Bob'}").inStep();
    List<Object> row = sides.grid.remove(1);
    sides.cycle();
    assertThat(sides.base.get("recA").missingIn()).isEqualTo(Side.SHEETS);

    sides.grid.add(row);
    sides.cycle();

    assertThat(sides.base.get("recA").missingIn()).isNull();
  }

  @Test
  void aRowWithNothingThatAirtableTakesBecomesNoRecord() {
    TwoSides sides = ada().row(null, null, null, "a dozen");

    Plan plan = sides.plan();

    assertThat(plan.recordCreates()).isEmpty();
    assertThat(plan.problems()).extracting(Problem::cell).containsExactly("D3");
  }

  @Test
  void aMissingLinkedRecordIsAProblemOrCreatedFirst() {
    TwoSides sides =
        new TwoSides()
            .field("Name", "singleLineText")
            .field("Team", "multipleRecordLinks", "{'linkedTableId':'tblT'}")
            .record("recA", "{'Name':'Ada'}");
    sides.linkedTables.put("tblT", new LinkedTable(Map.of("recT", "Blue")));
    sides.inStep();
    sides.set(2, 2, "Blue, Red");

    assertThat(sides.plan().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.MISSING_LINK));

    sides.createMissingLinkedRecords = true;
    assertThat(sides.plan().problems()).isEmpty();
    assertThat(sides.plan().linkedRecords()).containsExactly(new Plan.LinkedRecord("tblT", "Red"));

    sides.linkedTables.put("tblT", new LinkedTable(Map.of("recT", "Blue", "recR", "Red")));
    assertThat(sides.plan().recordUpdates().getFirst().fields())
        .hasToString("{\"fldTeam\":[\"recT\",\"recR\"]}");
  }

  @Test
  void aFrozenRecordIsLeftAloneAndNamed() {
    TwoSides sides = ada();
    sides.set(2, 2, "new");
    sides.frozen = Set.of("recA");

    Plan plan = sides.plan();

    assertThat(plan.isIdle()).isTrue();
    assertThat(plan.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.FROZEN));
  }

  /** Who has it afterwards: A for Airtable, S for the sheet, AS for both. */
  @ParameterizedTest(name = "{0} {1}, options {2}: deleted in {3}, edited: {4}")
  @CsvSource({
    "BIDIRECTIONAL, AIRTABLE_WINS, true, SHEETS, false, none, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, false, SHEETS, false, A, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, true, SHEETS, true, AS, EDITED_IN_AIRTABLE_DELETED_IN_SHEETS",
    "BIDIRECTIONAL, SHEETS_WINS, true, SHEETS, true, none, EDITED_IN_AIRTABLE_DELETED_IN_SHEETS",
    "BIDIRECTIONAL, SHEETS_WINS, false, SHEETS, true, A, EDITED_IN_AIRTABLE_DELETED_IN_SHEETS",
    "BIDIRECTIONAL, MANUAL, true, SHEETS, true, A, EDITED_IN_AIRTABLE_DELETED_IN_SHEETS",
    "BIDIRECTIONAL, AIRTABLE_WINS, true, AIRTABLE, false, none, ",
    "BIDIRECTIONAL, AIRTABLE_WINS, false, AIRTABLE, false, S, ",
    "BIDIRECTIONAL, SHEETS_WINS, true, AIRTABLE, true, AS, EDITED_IN_SHEETS_DELETED_IN_AIRTABLE",
    "BIDIRECTIONAL, AIRTABLE_WINS, true, AIRTABLE, true, none,"
        + " EDITED_IN_SHEETS_DELETED_IN_AIRTABLE",
    "BIDIRECTIONAL, AIRTABLE_WINS, false, AIRTABLE, true, S, EDITED_IN_SHEETS_DELETED_IN_AIRTABLE",
    "BIDIRECTIONAL, MANUAL, true, AIRTABLE, true, S, EDITED_IN_SHEETS_DELETED_IN_AIRTABLE",
    "AIRTABLE_TO_SHEETS, AIRTABLE_WINS, false, SHEETS, false, AS, ",
    "AIRTABLE_TO_SHEETS, AIRTABLE_WINS, false, AIRTABLE, false, S, ",
    "AIRTABLE_TO_SHEETS, AIRTABLE_WINS, true, AIRTABLE, false, none, ",
    "AIRTABLE_TO_SHEETS, AIRTABLE_WINS, true, AIRTABLE, true, none, TARGET_EDITED",
    "SHEETS_TO_AIRTABLE, AIRTABLE_WINS, false, AIRTABLE, false, AS, ",
    "SHEETS_TO_AIRTABLE, AIRTABLE_WINS, false, SHEETS, false, A, ",
    "SHEETS_TO_AIRTABLE, AIRTABLE_WINS, true, SHEETS, false, none, ",
    "SHEETS_TO_AIRTABLE, AIRTABLE_WINS, true, SHEETS, true, none, TARGET_EDITED",
  })
  void mergesADeletion(
      SyncDirection direction,
      ConflictResolution resolution,
      boolean deletes,
      Side deletedIn,
      boolean edited,
      String left,
      Kind conflict) {
    TwoSides sides = ada().record("recB", "{'Name':'Bob','Note':'stays'}").inStep();
    sides.direction = direction;
    sides.resolution = resolution;
    sides.deleteExtraRows = deletes;
    sides.deleteExtraRecords = deletes;
    if (deletedIn == Side.SHEETS) {
      sides.grid.remove(1);
      if (edited) {
        sides.patch("recA", note("edited"));
      }
    } else {
      sides.records.remove("recA");
      if (edited) {
        sides.set(2, 2, "edited");
      }
    }

    Plan plan = sides.cycle();

    boolean inAirtable =
        sides.records.values().stream().anyMatch(r -> r.get("fldName").asText().equals("Ada"));
    boolean inSheet = sides.grid.stream().anyMatch(row -> row.contains("Ada"));
    assertThat((inAirtable ? "A" : "") + (inSheet ? "S" : "")).isEqualTo(left.replace("none", ""));
    assertThat(plan.conflicts())
        .extracting(Conflict::kind)
        .isEqualTo(conflict == null ? List.of() : List.of(conflict));
    assertThat(sides.plan().isIdle()).isTrue();
    if (inAirtable && inSheet && edited) {
      assertThat(sides.records.toString() + sides.grid).contains("edited\"").contains("edited, ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BIDIRECTIONAL, true, AS, AS",
    "BIDIRECTIONAL, false, AS, AS",
    "AIRTABLE_TO_SHEETS, false, AS, S",
    "AIRTABLE_TO_SHEETS, true, AS, none",
    "SHEETS_TO_AIRTABLE, false, A, AS",
    "SHEETS_TO_AIRTABLE, true, none, AS",
  })
  void addsWhatIsNewWhereTheDirectionAllows(
      SyncDirection direction, boolean deletes, String newInAirtable, String newInSheet) {
    TwoSides sides = ada();
    sides.direction = direction;
    sides.deleteExtraRows = deletes;
    sides.deleteExtraRecords = deletes;
    sides.record("recB", "{'Name':'Bob'}").row(null, "Cleo");

    sides.cycle();

    assertThat(whoHas(sides, "Bob")).isEqualTo(newInAirtable);
    assertThat(whoHas(sides, "Cleo")).isEqualTo(newInSheet);
    assertThat(sides.plan().isIdle()).isTrue();
  }

  private static String whoHas(TwoSides sides, String name) {
    boolean airtable =
        sides.records.values().stream().anyMatch(r -> r.path("fldName").asText().equals(name));
    boolean sheet = sides.grid.stream().anyMatch(row -> row.contains(name));
    return airtable || sheet ? (airtable ? "A" : "") + (sheet ? "S" : "") : "none";
  }

  @Test
  void aDeletionThatWaitsForAPersonIsCarriedOutWhenDecided() {
    TwoSides sides = ada().record("recB", "{'Name':'Bob'}").inStep();
    sides.resolution = MANUAL;
    sides.deleteExtraRecords = true;
    sides.grid.remove(1);
    sides.patch("recA", note("edited"));
    Conflict queued = sides.cycle().conflicts().getFirst();
    assertThat(sides.records).containsKey("recA");

    sides.decisions.put(queued.key(), Side.SHEETS);
    sides.cycle();

    assertThat(sides.records).containsOnlyKeys("recB");
  }

  @Test
  void anErrorOfAFormulaIsNobodysEdit() {
    TwoSides sides = ada();
    sides.set(2, 2, "#REF!");

    Plan plan = sides.plan();

    assertThat(plan.isIdle()).isTrue();
    assertThat(plan.problems())
        .extracting(Problem::message)
        .containsExactly(
            "Cell C2 of field Note shows an error of its formula, which is nobody's edit; repair"
                + " the formula.");
  }

  @Test
  void readsTheSchemaThatAirtableAnswers() {
    TableSchema table =
        TableSchema.of(
            TwoSides.quoted(
                "{'id':'tbl1','name':'Things','primaryFieldId':'fld1','views':[],'fields':["
                    + "{'id':'fld1','name':'Name','type':'singleLineText'},"
                    + "{'id':'fld2','name':'Size','type':'number','options':{'precision':1}}]}"));

    assertThat(table.primaryFieldId()).isEqualTo("fld1");
    assertThat(table.fields())
        .extracting(TableSchema.Field::name, field -> field.options().path("precision").asInt(-1))
        .containsExactly(tuple("Name", -1), tuple("Size", 1));
  }

  @Test
  void theSameInputGivesTheSamePlan() {
    TwoSides sides = ada().record("recB", "{'Name':'Bob'}").row(null, "Cleo");
    sides.resolution = SHEETS_WINS;
    sides.fallback = AIRTABLE_WINS;

    assertThat(sides.plan()).isEqualTo(sides.plan());
  }
}
