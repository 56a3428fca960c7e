package io.caravan.valuesync;

import io.caravan.valuesync.ExtractionStep.Exact;
import io.caravan.valuesync.ExtractionStep.Keep;
import io.caravan.valuesync.ExtractionStep.Prefix;
import io.caravan.valuesync.ExtractionStep.Sample;
import io.caravan.valuesync.ExtractionStep.SkipScan;

/**
 * Decides how a column's values are found. The aim: never make a customer's database sort or hash a
 * huge column with many values, and always be exact where that is cheap.
 *
 * <p>Grouping all rows is right when the groups fit into memory. Whether they do is bounded from a
 * sample of places (blocks of a table) by leaving out one place at a time: the share of rows whose
 * value was seen in no other place estimates the share of rows that hold values not seen at all
 * (Good and Turing 1953; by places and not by rows, because equal values often lie together). In
 * the worst case each such row has a value of its own.
 */
final class ExtractionStrategy {
  /**
   * So many groups fit into the memory that a grouping statement is given, so nothing is written to
   * temporary files.
   */
  static final long GROUPS_IN_MEMORY = 200_000;

  /**
   * A first look that shows quickly whether there are many values; a page often holds 20 to 200
   * rows.
   */
  static final long QUICK_UNITS = 48;

  /**
   * A first look where few values are expected: enough places to be sure in a table of 10 million
   * rows.
   */
  static final long SURE_UNITS = 320;

  static final long ENLARGE = 8;

  /** Looking at more places than this costs as much as reading everything. */
  static final long MOST_UNITS = 20_000;

  static final long FIRST_PREFIX = 20_000;
  static final long LAST_PREFIX = 320_000;

  /** With no event in n places its share is below 3/n with 95 % certainty. */
  private static final double RULE_OF_THREE = 3;

  private ExtractionStrategy() {}

  static ExtractionStep first(ColumnFacts facts, ExtractionLimits limits) {
    if (facts.small()) {
      return new Exact(false);
    }
    boolean manyExpected = facts.distinctEstimate() > 2L * limits.maxValues();
    if (facts.indexed() && !manyExpected) {
      return new SkipScan();
    }
    return look(facts, facts.distinctEstimate() < 0 || manyExpected ? QUICK_UNITS : SURE_UNITS);
  }

  /**
   * @param ended whether the index held no further value
   * @param estimated whether statistics give a count for each value that was found
   */
  static ExtractionStep afterSkipScan(ColumnFacts facts, boolean ended, boolean estimated) {
    if (ended && facts.byText()) {
      // The index takes values for equal that are not; but there are few, so grouping them is
      // cheap.
      return new Exact(true);
    }
    return ended && estimated ? new Keep() : look(facts, SURE_UNITS);
  }

  /**
   * @param asked how many places were to be picked
   */
  static ExtractionStep afterSample(
      ColumnFacts facts, ExtractionLimits limits, SampleCounts seen, long asked) {
    boolean many = seen.distinct() > limits.maxValues();
    boolean quick = asked < SURE_UNITS && asked < facts.units();
    if (quick && !(many && statisticsRank(facts))) {
      // It is enough to prove that there are many, not to say which are frequent or that there are
      // few.
      return new Sample(Math.min(SURE_UNITS, facts.units()));
    }
    if (many) {
      return new Keep();
    }
    if (worstCaseGroups(facts, seen) <= GROUPS_IN_MEMORY) {
      return exact(seen);
    }
    long next = asked * ENLARGE;
    if (next <= MOST_UNITS && next <= facts.units() / 2) {
      return new Sample(next);
    }
    return likelyGroups(facts, seen) <= GROUPS_IN_MEMORY ? exact(seen) : new Keep();
  }

  static ExtractionStep afterPrefix(ExtractionLimits limits, SampleCounts seen, long asked) {
    if (seen.rows() < asked || seen.distinct() > limits.maxValues()) {
      return new Keep();
    }
    boolean loneValues = seen.loneRows() * 20 > seen.valueRows();
    if (loneValues || seen.valueRows() == 0) {
      return asked < LAST_PREFIX
          ? new Prefix(asked * 4)
          : seen.valueRows() == 0 ? exact(seen) : new Keep();
    }
    return exact(seen);
  }

  /** Whether the source's statistics name the common values and say how far to trust them. */
  private static boolean statisticsRank(ColumnFacts facts) {
    return facts.distinctEstimate() >= 0 && facts.changedRows() >= 0;
  }

  /** Testing each row for null costs a tenth of grouping it. */
  private static Exact exact(SampleCounts seen) {
    return new Exact(seen.valueRows() < seen.rows() * 0.8);
  }

  private static ExtractionStep look(ColumnFacts facts, long units) {
    if (facts.units() == 0) {
      return new Prefix(FIRST_PREFIX);
    }
    return new Sample(Math.min(units, facts.units()));
  }

  /** Groups there are if every row whose value was likely not seen holds a value of its own. */
  static double worstCaseGroups(ColumnFacts facts, SampleCounts seen) {
    double places = Math.max(1, seen.units());
    double margin = Math.min(1, RULE_OF_THREE / places);
    double unseenShare = Math.min(1, loneShare(seen) + margin);
    return seen.distinct() + unseenShare * valueRows(facts, seen, margin);
  }

  private static double likelyGroups(ColumnFacts facts, SampleCounts seen) {
    return seen.distinct() + loneShare(seen) * valueRows(facts, seen, 0);
  }

  private static double loneShare(SampleCounts seen) {
    return seen.valueRows() == 0 ? 0 : (double) seen.loneRows() / seen.valueRows();
  }

  /** Rows of the whole column that hold a value; with a margin, as many as there may be of them. */
  private static double valueRows(ColumnFacts facts, SampleCounts seen, double margin) {
    double share = seen.rows() == 0 ? 0 : (double) seen.valueRows() / seen.rows();
    return Math.min(1, share + margin) * estimatedRows(facts, seen);
  }

  /** Rows of the whole column, from statistics or else from how full the places looked at are. */
  static double estimatedRows(ColumnFacts facts, SampleCounts seen) {
    if (facts.rows() >= 0 && !facts.array()) {
      return Math.max(facts.rows(), seen.rows());
    }
    return seen.units() == 0 ? seen.rows() : (double) seen.rows() * facts.units() / seen.units();
  }
}
