package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.sheetsync.Halt.Kind;
import io.caravan.sheetsync.LoopBrake.Write;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrakesTest {
  private static TwoSides things(int count) {
    TwoSides sides = new TwoSides().field("Name", "singleLineText").field("Note", "singleLineText");
    for (int i = 0; i < count; i++) {
      sides.record("rec%014d".formatted(i), "{'Name':'Thing %d'}".formatted(i));
    }
    return sides.inStep();
  }

  private static void vanish(TwoSides sides, Side side, int count) {
    for (int i = 0; i < count; i++) {
      if (side == Side.SHEETS) {
        sides.grid.removeLast();
      } else {
        sides.records.remove("rec%014d".formatted(i));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BIDIRECTIONAL, SHEETS, 20, 12, 12 of 20 rows vanished from the sheet",
    "BIDIRECTIONAL, SHEETS, 20, 5, 5 of 20 rows vanished from the sheet",
    "BIDIRECTIONAL, SHEETS, 20, 4, ",
    "BIDIRECTIONAL, SHEETS, 25, 5, ",
    "BIDIRECTIONAL, SHEETS, 6, 4, ",
    "BIDIRECTIONAL, AIRTABLE, 20, 12, 12 of 20 records vanished from Airtable",
    "AIRTABLE_TO_SHEETS, AIRTABLE, 20, 12, 12 of 20 records vanished from Airtable",
    "AIRTABLE_TO_SHEETS, SHEETS, 20, 12, ",
    "SHEETS_TO_AIRTABLE, SHEETS, 20, 12, 12 of 20 rows vanished from the sheet",
    "SHEETS_TO_AIRTABLE, AIRTABLE, 20, 12, ",
  })
  void haltsWhenTooMuchVanishedFromASource(
      SyncDirection direction, Side side, int of, int count, String sentence) {
    TwoSides sides = things(of);
    sides.direction = direction;
    sides.deleteExtraRows = true;
    sides.deleteExtraRecords = true;
    vanish(sides, side, count);

    List<Halt> halts = sides.plan().halts();

    assertThat(halts)
        .isEqualTo(
            sentence == null
                ? List.of()
                : List.of(
                    new Halt(
                        Kind.TOO_MANY_DELETIONS,
                        sentence
                            + ", more than 20 %; nothing is written until somebody approves the"
                            + " run.",
                        true)));
  }

  @Test
  void anApprovedDeletionIsCarriedOutAndNotStoppedAgain() {
    TwoSides sides = things(20);
    vanish(sides, Side.SHEETS, 12);
    assertThat(sides.plan().halted()).isTrue();

    sides.approved = true;
    sides.cycle();
    sides.approved = false;

    assertThat(sides.records).hasSize(20);
    assertThat(sides.plan().halted()).isFalse();
    assertThat(sides.plan().isIdle()).isTrue();
    vanish(sides, Side.SHEETS, 5);
    assertThat(sides.plan().halts().getFirst().sentence())
        .startsWith("5 of 8 rows vanished from the sheet");
  }

  @Test
  void haltsWhenExtraRecordsWouldBeDeletedInNumbers() {
    TwoSides sides = things(10);
    sides.direction = SyncDirection.SHEETS_TO_AIRTABLE;
    sides.deleteExtraRecords = true;
    for (int i = 0; i < 5; i++) {
      sides.record("recExtra" + i, "{'Name':'Extra %d'}".formatted(i));
    }

    assertThat(sides.plan().halts().getFirst().sentence())
        .startsWith("5 of 15 records would be deleted from Airtable, more than 20 %");
  }

  @Test
  void haltsWhenOneSideReadsEmpty() {
    TwoSides noRecords = things(3);
    vanish(noRecords, Side.AIRTABLE, 3);
    TwoSides noRows = things(3);
    vanish(noRows, Side.SHEETS, 3);

    assertThat(noRecords.plan().halts())
        .containsExactly(
            new Halt(
                Kind.AIRTABLE_EMPTY,
                "Airtable answers no record at all and had 3 in step; nothing is written until"
                    + " somebody approves the run.",
                true));
    assertThat(noRows.plan().halts()).extracting(Halt::kind).containsExactly(Kind.SHEET_EMPTY);
    noRows.approved = true;
    noRows.deleteExtraRecords = true;
    noRows.cycle();
    assertThat(noRows.records).isEmpty();
    noRows.approved = false;
    assertThat(noRows.plan().halted()).isFalse();
  }

  @Test
  void haltsWhenTheIdColumnWasWiped() {
    TwoSides sides = things(3);
    for (int row = 2; row <= 4; row++) {
      sides.set(row, 0, "");
    }

    assertThat(sides.plan().halts()).extracting(Halt::kind).containsExactly(Kind.ID_COLUMN_WIPED);
    sides.approved = true;
    assertThat(sides.plan().idCells()).hasSize(3);
  }

  @Test
  void haltsWhenTheHeaderIsGoneWhateverSomebodyApproved() {
    TwoSides sides = things(3);
    sides.approved = true;
    List<Object> header = new ArrayList<>(sides.grid.getFirst());

    sides.grid.getFirst().replaceAll(_ -> null);
    assertThat(sides.plan().halts())
        .containsExactly(
            new Halt(
                Kind.HEADER_VANISHED,
                "None of the mapped headers stands in row 1 any more; put the header row back.",
                false));

    sides.grid.set(0, new ArrayList<>(header));
    sides.grid.getFirst().set(0, "Something else");
    assertThat(sides.plan().halts())
        .extracting(Halt::kind)
        .containsExactly(Kind.ID_COLUMN_VANISHED);

    sides.grid.set(0, new ArrayList<>(header));
    sides.set(1, 3, TwoSides.ID);
    assertThat(sides.plan().halts())
        .extracting(Halt::kind)
        .containsExactly(Kind.ID_COLUMN_AMBIGUOUS);
    assertThat(sides.plan().isIdle()).isTrue();
  }

  private static Write write(String record, long cycle, String before, String after) {
    return new Write(record, "fld", cycle, new Value.Text(before), new Value.Text(after));
  }

  @Test
  void freezesARecordThatIsWrittenBackAndForth() {
    List<Write> journal =
        List.of(
            write("recLoop", 3, "x", "y"),
            write("recLoop", 1, "x", "y"),
            write("recLoop", 2, "y", "x"),
            write("recAgain", 1, "x", "y"),
            write("recAgain", 2, "x", "y"),
            write("recAgain", 3, "x", "y"),
            write("recMoves", 1, "a", "b"),
            write("recMoves", 2, "b", "c"),
            write("recMoves", 3, "c", "d"),
            write("recPause", 1, "x", "y"),
            write("recPause", 2, "y", "x"),
            write("recPause", 4, "x", "y"));

    assertThat(LoopBrake.frozen(journal, 3)).containsExactlyInAnyOrder("recLoop", "recAgain");
    assertThat(LoopBrake.frozen(journal, 4)).isEmpty();
    assertThatThrownBy(() -> LoopBrake.frozen(journal, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
