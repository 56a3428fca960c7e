package io.caravan.sheetsync;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The shape of the failure names the seed; {@code -Dsheetsync.seed=…} plays that one alone. */
class RandomHistoriesTest {
  private static final int HISTORIES = 1_500;

  @Test
  void bothSidesEndAsTheRulesSayWhateverPeopleAndCrashesDo() {
    String seed = System.getProperty("sheetsync.seed");
    LongStream seeds =
        seed == null ? LongStream.range(0, HISTORIES) : LongStream.of(Long.parseLong(seed));
    seeds.forEach(s -> new History(s).play());
  }
}
