package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.source.ValueKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionStrategyTest {
  private static final ColumnRef COLUMN = new ColumnRef(null, "public", "t", "c", null);

  private static ColumnFacts facts(
      long rows, long units, boolean small, boolean indexed, long distinct, boolean byText) {
    return new ColumnFacts(
        COLUMN,
        "text",
        ValueKind.TEXT,
        false,
        rows,
        units,
        small,
        indexed,
        distinct,
        false,
        byText,
        List.of(),
        -1,
        null,
        TableState.UNKNOWN);
  }

  private static ColumnFacts table(long rows) {
    return facts(rows, rows / 60, false, false, -1, false);
  }

  private static SampleCounts seen(
      long distinct, long rows, long valueRows, long loneRows, long units) {
    return new SampleCounts(List.of(), distinct, rows, valueRows, loneRows, 0, units);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # rows,     places, small, indexed, distinct by statistics, first step
          500,        5,      true,  true,    20,    Exact[skipNulls=false]
          10000000,   166000, false, true,    20,    SkipScan[]
          10000000,   166000, false, true,    -1,    SkipScan[]
          10000000,   166000, false, true,    4000000, Sample[units=48]
          10000000,   166000, false, false,   4000000, Sample[units=48]
          10000000,   166000, false, false,   -1,    Sample[units=48]
          10000000,   166000, false, false,   20,    Sample[units=320]
          10000000,   40,     false, false,   20,    Sample[units=40]
          -1,         0,      false, false,   -1,    Prefix[rows=20000]
          """)
  void startsWithTheCheapestWayThatCanAnswer(
      long rows, long units, boolean small, boolean indexed, long distinct, String step) {
    assertThat(
            ExtractionStrategy.first(
                facts(rows, units, small, indexed, distinct, false), ExtractionLimits.DEFAULT))
        .hasToString(step);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # case,                   table rows, distinct, rows,  value rows, lone rows, places, next step
          more than wanted,         10000000,   1001,     3000,  3000,  900,  48,   Sample[units=320]
          as many in a sure look,   10000000,   1001,     3000,  3000,  900,  320,  Keep[]
          a quick look proves few,  10000000,   20,       3000,  3000,  0,    48,   Sample[units=320]
          twenty everywhere,        10000000,   20,       20000, 20000, 0,    320,  Exact[skipNulls=false]
          99.9 % null,              10000000,   15,       20000, 20,    6,    320,  Exact[skipNulls=true]
          only nulls,               10000000,   0,        20000, 0,     0,    320,  Exact[skipNulls=true]
          a tail of unique values,  10000000,   600,      20000, 20000, 590,  320,  Sample[units=2560]
          a tail seen again,        10000000,   900,      160000, 160000, 2000, 2560, Exact[skipNulls=false]
          twenty in a billion rows, 1000000000, 20,       20000, 20000, 0,    320,  Sample[units=2560]
          still twenty,             1000000000, 20,       1200000, 1200000, 0, 20480, Exact[skipNulls=false]
          tail of a billion rows,   1000000000, 900,      1200000, 1200000, 900, 20480, Keep[]
          sorted: one value a place, 10000000,  400,      20000, 20000, 19000, 320, Sample[units=2560]
          """)
  void groupsAllRowsOnlyWhenTheGroupsFitIntoMemory(
      String name,
      long tableRows,
      long distinct,
      long rows,
      long valueRows,
      long lone,
      long units,
      String step) {
    assertThat(
            ExtractionStrategy.afterSample(
                table(tableRows),
                ExtractionLimits.DEFAULT,
                seen(distinct, rows, valueRows, lone, units),
                units))
        .as(name)
        .hasToString(step);
  }

  @Test
  void isContentWithAQuickLookWhereStatisticsNameTheCommonValues() {
    ColumnFacts ranked =
        new ColumnFacts(
            COLUMN,
            "text",
            ValueKind.TEXT,
            false,
            10_000_000,
            166_000,
            false,
            false,
            5_000,
            false,
            false,
            List.of(),
            0,
            null,
            TableState.UNKNOWN);
    assertThat(
            ExtractionStrategy.afterSample(
                ranked, ExtractionLimits.DEFAULT, seen(1001, 3000, 3000, 900, 48), 48))
        .isEqualTo(new ExtractionStep.Keep());
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, false, Keep[]",
    "true, false, false, Sample[units=320]",
    "false, true, false, Sample[units=320]",
    "true, true, true, Exact[skipNulls=true]"
  })
  void believesAnIndexThatEndedUnlessItFoldsCase(
      boolean ended, boolean estimated, boolean byText, String step) {
    assertThat(
            ExtractionStrategy.afterSkipScan(
                facts(10_000_000, 166_000, false, true, 20, byText), ended, estimated))
        .hasToString(step);
  }

  @ParameterizedTest
  @CsvSource({
    "19999, 15, 15000, 0, 20000, Keep[]",
    "20000, 1001, 20000, 500, 20000, Keep[]",
    "20000, 20, 20000, 3, 20000, Exact[skipNulls=false]",
    "20000, 900, 1800, 700, 20000, Prefix[rows=80000]",
    "20000, 0, 0, 0, 20000, Prefix[rows=80000]",
    "320000, 900, 1800, 700, 320000, Keep[]",
    "320000, 0, 0, 0, 320000, Exact[skipNulls=true]"
  })
  void asksAViewForMoreRowsWhileItsFirstOnesShowTooLittle(
      long rows, long distinct, long valueRows, long lone, long asked, String step) {
    assertThat(
            ExtractionStrategy.afterPrefix(
                ExtractionLimits.DEFAULT, seen(distinct, rows, valueRows, lone, 0), asked))
        .hasToString(step);
  }

  @Test
  void estimatesRowsFromFullPlacesWhenNobodyCountedThem() {
    ColumnFacts uncounted = facts(-1, 1000, false, false, -1, false);
    assertThat(ExtractionStrategy.estimatedRows(uncounted, seen(20, 600, 600, 0, 10)))
        .isEqualTo(60_000);
  }
}
