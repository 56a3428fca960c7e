package io.caravan.valuesync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.source.Dialect;
import io.caravan.source.SourceSession;
import io.caravan.source.SourceType;
import io.caravan.source.SqlFailures;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Finds values of one column that begin with what was typed, in the customer's database. Rows are
 * taken as they come and made distinct here: DISTINCT or ORDER BY would have the server read the
 * whole table before it answers.
 *
 * @param type which dialect the source speaks
 * @param title of the column, for people
 * @param text the value as text, an expression over {@code rows}
 * @param rows stands after FROM
 * @param limits conditions that keep too long values from being fetched
 */
record SourceLookupQuery(SourceType type, String title, String text, String rows, Bounds limits) {
  /** So many rows are read at most. */
  static final int MOST_ROWS = 100;

  /** So many values are found at most. */
  static final int MOST_VALUES = 10;

  private static final ExtractionStep EVERY_ROW = new ExtractionStep.Exact(false);

  /**
   * @param octets empty, or a condition with its {@code and}; it stands first, because the length
   *     in bytes is known without reading the value
   */
  record Bounds(String octets, String characters) {}

  /**
   * Asks the catalogue what the column is.
   *
   * @throws Failure of kind configuration when there is no such column or its values have no text
   */
  static SourceLookupQuery of(
      SourceSession session, ColumnRef column, int maxValueLength, StopSignal stop) {
    ExtractionVendor vendor = ExtractionVendor.of(session);
    ExtractionLimits limits = new ExtractionLimits(1, maxValueLength);
    try {
      return of(
          vendor,
          vendor.facts(new ExtractionStatements(session, stop), column, limits, TableState.UNKNOWN),
          limits);
    } catch (SQLException e) {
      throw SqlFailures.explain(e, session.type(), "column \"" + column.title() + "\"");
    }
  }

  static SourceLookupQuery of(ExtractionVendor vendor, ColumnFacts facts, ExtractionLimits limits) {
    if (!facts.kind().searchable()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "Column %s has type %s, whose values cannot be searched."
              .formatted(facts.column().title(), facts.nativeType()));
    }
    String value = vendor.value(facts, EVERY_ROW);
    String text = vendor.dialect.asText(value, facts.kind());
    String octets =
        facts.mayBeLong() ? vendor.octets(value) + " <= " + limits.maxOctets() + " and " : "";
    return new SourceLookupQuery(
        vendor.dialect.type(),
        facts.column().title(),
        text,
        vendor.rows(facts, EVERY_ROW),
        new Bounds(octets, vendor.characters(text) + " <= " + limits.maxValueLength()));
  }

  /**
   * The statement. Its parameters are the pattern of the beginning and {@code known} values.
   *
   * @param known so many values are left out
   */
  String sql(int known) {
    Dialect dialect = Dialect.of(type);
    String others =
        known == 0
            ? ""
            : " and %s not in (%s)"
                .formatted(text, String.join(", ", Collections.nCopies(known, "?")));
    return dialect.limit(
        "select %s as v from %s where %s%s and %s%s"
            .formatted(
                text, rows, limits.octets(), dialect.begins(text), limits.characters(), others),
        MOST_ROWS);
  }

  /**
   * @param beginning at least one character that is not blank
   * @param known values that are wanted no more, so that the rows of a frequent one do not hide the
   *     others
   * @throws Failure the reason of {@code stop}, or what the source answered
   */
  SourceLookup.Answer find(
      SourceSession session, String beginning, List<String> known, StopSignal stop) {
    Object[] parameters = new Object[known.size() + 1];
    parameters[0] = Dialect.of(type).patternOfBeginning(beginning);
    for (int i = 0; i < known.size(); i++) {
      parameters[i + 1] = known.get(i);
    }
    try {
      return new ExtractionStatements(session, stop)
          .query(
              sql(known.size()),
              rows -> {
                SequencedSet<String> values = new LinkedHashSet<>();
                int read = 0;
                for (; rows.next(); read++) {
                  values.add(RankedValues.storable(rows.getString(1)));
                }
                return new SourceLookup.Answer(
                    values.stream().limit(MOST_VALUES).toList(),
                    read < MOST_ROWS && values.size() <= MOST_VALUES);
              },
              parameters);
    } catch (SQLException e) {
      throw SqlFailures.explain(e, type, "column \"" + title + "\"");
    }
  }
}
