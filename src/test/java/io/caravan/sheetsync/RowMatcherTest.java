package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.sheetsync.Problem.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowMatcherTest {
  private static TwoSides people() {
    return new TwoSides().field("Name", "singleLineText").field("Note", "multilineText");
  }

  private static TwoSides adaAndBob() {
    return people()
        .record("recA", "{'Name':'Ada','Note':'a'}")
        .record("recB", "{'Name':'Bob','Note':'b'}")
        .inStep();
  }

  @Test
  void pairsRowsWithoutIdByTheMatchField() {
    TwoSides sides =
        people()
            .record("recA", "{'Name':'Ada'}")
            .record("recB", "{'Name':'Bob'}")
            .record("recC", "{'Name':'Cleo'}")
            .row("Name", "Note", TwoSides.ID)
            .row(" bob ", "from the sheet")
            .row("Dora");

    Plan plan = sides.plan();

    assertThat(plan.idCells()).containsExactly(new Plan.IdCell(2, 2, "recB"));
    assertThat(plan.statistics())
        .extracting(
            Statistics::matchedById,
            Statistics::matchedByKey,
            Statistics::ambiguous,
            Statistics::onlyAirtable,
            Statistics::onlySheet)
        .containsExactly(0, 1, 0, 2, 1);
    assertThat(plan.rowAppends())
        .extracting(Plan.RowAppend::recordId)
        .containsExactly("recA", "recC");
    assertThat(plan.recordCreates()).extracting(Plan.RecordCreate::row).containsExactly(3);
  }

  @Test
  void reportsAmbiguousRowsAndLeavesThemAndTheirRecordsAlone() {
    TwoSides sides =
        people()
            .record("recA", "{'Name':'Ada','Note':'1'}")
            .record("recB", "{'Name':'ada','Note':'2'}")
            .row(TwoSides.ID, "Name", "Note")
            .row(null, "Ada", "1");

    Plan plan = sides.plan();

    assertThat(plan.isIdle()).isTrue();
    assertThat(plan.statistics().ambiguous()).isEqualTo(1);
    assertThat(plan.problems())
        .containsExactly(
            new Problem(
                Kind.AMBIGUOUS_MATCH,
                null,
                null,
                "A2",
                "Row 2 is one of 1 that could show 2 records; write the record id into cell A2."));
  }

  @Test
  void pairsByAllFieldsWhereTheMatchFieldIsEmpty() {
    TwoSides sides =
        people()
            .record("recA", "{'Note':'only this'}")
            .row(TwoSides.ID, "Name", "Note")
            .row(null, null, "only this")
            .row(null, null, "and that");

    Plan plan = sides.plan();

    assertThat(plan.idCells()).containsExactly(new Plan.IdCell(2, 0, "recA"));
    assertThat(plan.recordCreates()).extracting(Plan.RecordCreate::row).containsExactly(3);
  }

  @Test
  void aCopiedRowIsANewRowAndTheUntouchedOneKeepsTheId() {
    TwoSides sides = adaAndBob();
    List<Object> copy = new ArrayList<>(sides.grid.get(1));
    copy.set(2, "edited");
    sides.grid.add(1, copy);

    Plan plan = sides.plan();

    assertThat(plan.recordCreates())
        .singleElement()
        .satisfies(
            create -> {
              assertThat(create.row()).isEqualTo(2);
              assertThat(create.oldId()).isEqualTo("recA");
              assertThat(create.fields())
                  .hasToString("{\"fldName\":\"Ada\",\"fldNote\":\"edited\"}");
            });
    assertThat(plan.recordUpdates()).isEmpty();
    sides.apply(plan);
    assertThat(sides.plan().isIdle()).isTrue();
  }

  @Test
  void ofEditedCopiesTheOneWithTheMatchFieldKeepsTheId() {
    TwoSides sides = adaAndBob();
    List<Object> copy = new ArrayList<>(sides.grid.get(1));
    copy.set(1, "Ada the second");
    sides.grid.add(1, copy);
    sides.set(3, 2, "edited");

    Plan plan = sides.plan();

    assertThat(plan.recordCreates()).extracting(Plan.RecordCreate::row).containsExactly(2);
    assertThat(plan.recordUpdates().getFirst().fields()).hasToString("{\"fldNote\":\"edited\"}");
  }

  @Test
  void copiesThatNobodyCanTellApartAreLeftAlone() {
    TwoSides sides = adaAndBob();
    sides.grid.add(1, new ArrayList<>(sides.grid.get(1)));
    sides.set(2, 2, "one edit");
    sides.set(3, 2, "another edit");

    Plan plan = sides.plan();

    assertThat(plan.isIdle()).isTrue();
    assertThat(plan.problems())
        .extracting(Problem::kind, Problem::recordId, Problem::cell)
        .containsExactly(
            tuple(Kind.DUPLICATE_ID, "recA", "A2"), tuple(Kind.DUPLICATE_ID, "recA", "A3"));
  }

  @Test
  void anUnknownIdIsAProblemWhereRowsBecomeRecords() {
    TwoSides sides = adaAndBob().row("recOther", "Cleo");

    Plan plan = sides.plan();

    assertThat(plan.isIdle()).isTrue();
    assertThat(plan.problems())
        .containsExactly(
            new Problem(
                Kind.UNKNOWN_ID,
                null,
                null,
                "A4",
                "Cell A4 holds a record id that table Things does not have; clear it to make a new"
                    + " record."));

    sides.direction = SyncDirection.AIRTABLE_TO_SHEETS;
    sides.deleteExtraRows = true;
    assertThat(sides.plan().rowDeletes()).extracting(Plan.RowDelete::row).containsExactly(4);
  }

  @Test
  void aWipedIdIsWrittenAgain() {
    TwoSides sides = adaAndBob();
    sides.set(2, 0, "");
    sides.set(2, 2, "edited");

    Plan plan = sides.cycle();

    assertThat(plan.recordCreates()).isEmpty();
    assertThat(plan.idCells()).containsExactly(new Plan.IdCell(2, 0, "recA"));
    assertThat(sides.records.get("recA").get("fldNote").asText()).isEqualTo("edited");
  }

  @Test
  void rowsThatAreSortedKeepTheirRecords() {
    TwoSides sides = adaAndBob();
    sides.grid.add(1, sides.grid.removeLast());
    sides.patch("recA", (ObjectNode) TwoSides.quoted("{'fldNote':'new'}"));

    sides.cycle();

    assertThat(sides.cell("recA", "Note")).isEqualTo("new");
    assertThat(sides.cell("recB", "Note")).isEqualTo("b");
  }

  @Test
  void aRecordWhoseIdNeverReachedItsRowIsNotCreatedTwice() {
    TwoSides sides = adaAndBob().row(null, "Cleo", "c");
    // Killed after the record was created.
    sides.parts(sides.plan(), false).getFirst().run();

    sides.cycle();

    assertThat(sides.records).hasSize(3);
    assertThat(sides.cell("recNew00000000001", "Name")).isEqualTo("Cleo");
  }

  @Test
  void rowsWithNothingButUncheckedBoxesAreBlank() {
    TwoSides sides = people().field("Done", "checkbox");
    sides.row(TwoSides.ID, "Name", "Note", "Done").row(null, null, null, false).row();

    assertThat(sides.plan().isIdle()).isTrue();
  }
}
