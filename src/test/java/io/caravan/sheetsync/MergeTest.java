package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MergeTest {
  @Test
  void fillsAnEmptySheetWithHeaderAndRows() {
    TwoSides sides =
        new TwoSides()
            .field("Name", "singleLineText")
            .field("Amount", "number", "{'precision':2}")
            .record("recA", "{'Name':'Ada','Amount':9.5}")
            .record("recB", "{'Name':'=1+1'}");

    Plan plan = sides.cycle();

    assertThat(sides.grid)
        .containsExactly(
            List.of(TwoSides.ID, "Name", "Amount"),
            List.of("recA", "Ada", 9.5),
            List.of("recB", "=1+1"));
    assertThat(plan.statistics().airtableToSheets()).isEqualTo(new Statistics.Counts(2, 0, 0));
    assertThat(sides.plan().isIdle()).isTrue();
  }
}
