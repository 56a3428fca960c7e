package io.caravan.valuesync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.source.SourceSession;
import io.caravan.source.SourceType;
import io.caravan.source.SqlFailures;
import io.caravan.source.ValueKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the distinct values of a column in a customer's database, with as little work for that
 * database as possible: one question about the facts, then what {@link ExtractionStrategy} decides,
 * step by step.
 */
public final class ColumnExtractor {
  /**
   * So many blank values may stand in an index beside the wanted ones and the list is still known
   * to be complete.
   */
  private static final int SPARE_PROBES = 10;

  /**
   * @param session all statements run in its transaction, which the caller ends
   * @param stop cancels the running statement on the server
   * @return the values; null, blank and too long ones are left out (D2: nothing is trimmed)
   * @throws Failure of kind configuration when there is no such table or column or its type cannot
   *     be searched; the reason given to {@code stop}; or what the source answered
   */
  public Extraction extract(
      SourceSession session, ColumnRef column, ExtractionLimits limits, StopSignal stop) {
    ExtractionVendor vendor = ExtractionVendor.of(session);
    ExtractionStatements statements = new ExtractionStatements(session, stop);
    try {
      TableState state =
          session.type() == SourceType.POSTGRESQL
              ? null
              : new ChangeProbe().read(session, column, stop);
      ColumnFacts facts = vendor.facts(statements, column, limits, state);
      if (facts.kind() == ValueKind.UNSEARCHABLE || facts.kind() == ValueKind.ARRAY) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "Column %s has type %s, whose values cannot be searched; take it off the searchable columns."
                .formatted(column.title(), facts.nativeType()));
      }
      return new Work(vendor, statements, facts, limits).run();
    } catch (SQLException e) {
      throw SqlFailures.explain(e, session.type(), "column \"" + column.title() + "\"");
    }
  }

  /** One extraction under way: what was learnt so far. */
  private static final class Work {
    private final ExtractionVendor vendor;
    private final ExtractionStatements statements;
    private final ColumnFacts facts;
    private final ExtractionLimits limits;
    private final Set<String> probed = new LinkedHashSet<>();
    private boolean indexEnded;
    private long probedTooLong;
    private SampleCounts seen;
    private ExtractionStep looked;

    Work(
        ExtractionVendor vendor,
        ExtractionStatements statements,
        ColumnFacts facts,
        ExtractionLimits limits) {
      this.vendor = vendor;
      this.statements = statements;
      this.facts = facts;
      this.limits = limits;
    }

    Extraction run() throws SQLException {
      ExtractionStep step = ExtractionStrategy.first(facts, limits);
      while (true) {
        switch (step) {
          case ExtractionStep.Exact exact -> {
            return all(group(exact, 0), ExtractionWay.EXACT);
          }
          case ExtractionStep.SkipScan _ -> step = skipScan();
          case ExtractionStep.Sample sample -> {
            looked = sample;
            seen = group(sample, vendor.places(sample));
            step =
                indexEnded
                    ? new ExtractionStep.Keep()
                    : ExtractionStrategy.afterSample(facts, limits, seen, sample.units());
          }
          case ExtractionStep.Prefix prefix -> {
            looked = prefix;
            seen = group(prefix, 0);
            if (seen.rows() < prefix.rows()) {
              return all(seen, ExtractionWay.PREFIX);
            }
            step = ExtractionStrategy.afterPrefix(limits, seen, prefix.rows());
          }
          case ExtractionStep.Keep _ -> {
            return indexEnded ? fromIndex() : known();
          }
        }
      }
    }

    private SampleCounts group(ExtractionStep step, long units) throws SQLException {
      return statements.query(
          vendor.grouping(facts, step, limits), rows -> SampleReader.read(rows, units));
    }

    private ExtractionStep skipScan() throws SQLException {
      long probes = limits.maxValues() + SPARE_PROBES;
      long found =
          statements.query(
              vendor.probing(facts, limits, probes),
              rows -> {
                long count = 0;
                for (; rows.next(); count++) {
                  int usable = rows.getInt(2);
                  probedTooLong += usable == 2 ? 1 : 0;
                  if (usable == 1) {
                    probed.add(rows.getString(1));
                  }
                }
                return count;
              });
      probed.removeIf(String::isBlank);
      indexEnded = found < probes && probed.size() <= limits.maxValues();
      return ExtractionStrategy.afterSkipScan(
          facts, indexEnded, ExtractionRanking.known(List.copyOf(probed), facts));
    }

    /** Every row was looked at. */
    private Extraction all(SampleCounts counts, ExtractionWay way) {
      boolean complete = counts.distinct() <= limits.maxValues();
      long total = complete ? counts.values().size() : counts.distinct();
      return extraction(counts.values(), complete, total, true, way, counts.tooLong());
    }

    private Extraction fromIndex() {
      List<ValueCount> values = ExtractionRanking.ofKnown(List.copyOf(probed), facts, seen);
      return extraction(values, true, values.size(), false, ExtractionWay.SKIP_SCAN, probedTooLong);
    }

    private Extraction known() {
      List<ValueCount> values =
          new ArrayList<>(ExtractionRanking.mostFrequent(facts, seen, limits));
      Set<String> names = new LinkedHashSet<>();
      values.forEach(value -> names.add(value.value()));
      for (String value : probed) {
        if (values.size() < limits.maxValues() && names.add(value)) {
          values.add(new ValueCount(value, 1));
        }
      }
      long atLeast = Math.max(Math.max(seen.distinct(), probed.size()), values.size());
      ExtractionWay way =
          looked instanceof ExtractionStep.Prefix ? ExtractionWay.PREFIX : ExtractionWay.SAMPLE;
      return extraction(values, false, atLeast, false, way, seen.tooLong());
    }

    private Extraction extraction(
        List<ValueCount> values,
        boolean complete,
        long total,
        boolean exact,
        ExtractionWay way,
        long tooLong) {
      return new Extraction(
          values, complete, total, exact, way, tooLong, facts.nativeType(), facts.state());
    }
  }
}
