package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SheetRowsTest {
  @Test
  void theFirstRowNamesTheFields() {
    assertThat(
            SheetRows.records(List.of(List.of("Id", "Name"), List.of(1, "Ann"), List.of(2, "Bob"))))
        .containsExactly(Map.of("Id", 1, "Name", "Ann"), Map.of("Id", 2, "Name", "Bob"));
  }

  @Test
  void emptyCellsAreNoFieldsAndEmptyRowsNoRecords() {
    assertThat(
            SheetRows.records(
                List.of(
                    List.of("Id", "Name"), List.of("", "Ann"), List.of(), Arrays.asList(3, null))))
        .containsExactly(Map.of("Name", "Ann"), Map.of("Id", 3));
  }

  @Test
  void columnsWithoutAFreeNameGetOne() {
    assertThat(SheetRows.records(List.of(List.of("Id", "", "Id", " "), List.of(1, 2, 3, 4, 5))))
        .containsExactly(Map.of("Id", 1, "Column 2", 2, "Id 2", 3, "Column 4", 4, "Column 5", 5));
  }

  @Test
  void aSheetWithNothingOrAHeaderAloneHasNoRecords() {
    assertThat(SheetRows.records(List.of())).isEmpty();
    assertThat(SheetRows.records(List.of(List.of("Id")))).isEmpty();
  }
}
