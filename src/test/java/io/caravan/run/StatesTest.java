package io.caravan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatesTest {
  @Test
  void aRunTakesOnlyLegalSteps() {
    List<String> legal = new ArrayList<>();
    for (RunStatus from : RunStatus.values()) {
      for (RunStatus to : RunStatus.values()) {
        try {
          legal.add(from.word() + ">" + from.to(to).word());
        } catch (IllegalStateException e) {
          assertThat(e).hasMessageContaining(from.word()).hasMessageContaining(to.word());
        }
      }
    }
    assertThat(legal)
        .containsExactlyInAnyOrder(
            "queued>running",
            "queued>skipped",
            "queued>cancelled",
            "queued>failed",
            "running>running",
            "running>succeeded",
            "running>partial",
            "running>failed",
            "running>cancelled",
            "running>timed_out",
            "running>rejected");
  }

  @Test
  void anItemThatEndedStaysEnded() {
    for (ItemState ended : List.of(ItemState.SUCCEEDED, ItemState.FAILED, ItemState.SKIPPED)) {
      assertThat(ended.finished()).isTrue();
      for (ItemState next : ItemState.values()) {
        assertThatThrownBy(() -> ended.to(next)).isInstanceOf(IllegalStateException.class);
      }
    }
    assertThat(ItemState.PENDING.to(ItemState.RUNNING)).isEqualTo(ItemState.RUNNING);
    assertThatThrownBy(() -> ItemState.PENDING.to(ItemState.SUCCEEDED))
        .hasMessage("an item cannot go from pending to succeeded");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, , SUCCEEDED, nothing to do",
    "3, 3, 0, 0, , SUCCEEDED,",
    "3, 0, 0, 3, , SUCCEEDED,",
    "3, 2, 1, 0, , PARTIAL,",
    "3, 0, 1, 2, , PARTIAL,",
    "3, 0, 3, 0, , FAILED,",
    "3, 1, 0, 2, CANCELLED, CANCELLED,",
    "3, 1, 0, 2, TIMEOUT, TIMED_OUT, why",
    "3, 0, 0, 3, BRAKE, REJECTED, why",
    "0, 0, 0, 0, CONFIGURATION, FAILED, why"
  })
  void aRunEndsAsItsItemsAndItsStopSay(
      int total,
      int succeeded,
      int failed,
      int skipped,
      FailureKind stop,
      RunStatus status,
      String reason) {
    Counts counts = new Counts(total, succeeded, failed, skipped);
    Failure stopped = stop == null ? null : new Failure(stop, "why");
    assertThat(RunVerdict.of(counts, stopped)).isEqualTo(status);
    assertThat(RunVerdict.reason(counts, stopped)).isEqualTo(reason);
  }
}
