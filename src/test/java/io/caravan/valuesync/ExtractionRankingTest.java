package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.source.ValueKind;
import io.caravan.valuesync.ColumnFacts.Share;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtractionRankingTest {
  private static ColumnFacts facts(long changedRows, Share... common) {
    return new ColumnFacts(
        new ColumnRef(null, "public", "t", "c", null),
        "text",
        ValueKind.TEXT,
        false,
        1_000_000,
        16_000,
        false,
        false,
        50_000,
        false,
        false,
        List.of(common),
        changedRows,
        null,
        TableState.UNKNOWN);
  }

  private static SampleCounts sample(long rows, ValueCount... values) {
    return new SampleCounts(List.of(values), values.length, rows, rows, 0, 0, 48);
  }

  @Test
  void scalesTheSampleToTheWholeTable() {
    assertThat(
            ExtractionRanking.mostFrequent(
                facts(-1), sample(1_000, new ValueCount("a", 10)), ExtractionLimits.DEFAULT))
        .containsExactly(new ValueCount("a", 10_000));
  }

  @Test
  void addsACommonValueThatTheSampleMissed() {
    assertThat(
            ExtractionRanking.mostFrequent(
                facts(100, new Share("common", 0.02)),
                sample(1_000, new ValueCount("a", 10)),
                ExtractionLimits.DEFAULT))
        .containsExactly(new ValueCount("common", 20_000), new ValueCount("a", 10_000));
  }

  @Test
  void doesNotBelieveInACommonValueThatMayBeGone() {
    assertThat(
            ExtractionRanking.mostFrequent(
                facts(20_000, new Share("gone", 0.02)),
                sample(1_000, new ValueCount("a", 10)),
                ExtractionLimits.DEFAULT))
        .containsExactly(new ValueCount("a", 10_000));
  }

  @Test
  void keepsOnlyWhatAnIndexHeldWhenTheIndexEnded() {
    assertThat(
            ExtractionRanking.ofKnown(
                List.of("a", "b"), facts(0, new Share("gone", 0.5), new Share("a", 0.25)), null))
        .containsExactly(new ValueCount("a", 250_000), new ValueCount("b", 1));
  }

  @Test
  void cutsToTheNumberWantedKeepingTheMostFrequent() {
    assertThat(
            ExtractionRanking.mostFrequent(
                facts(-1),
                sample(10, new ValueCount("rare", 1), new ValueCount("often", 5)),
                new ExtractionLimits(1, 1000)))
        .extracting(ValueCount::value)
        .containsExactly("often");
  }
}
