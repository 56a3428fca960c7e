package io.caravan.valuesync;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link ExtractionVendor#grouping} answers. */
final class SampleReader {
  private SampleReader() {}

  /**
   * @param units places that were looked at
   */
  static SampleCounts read(ResultSet rows, long units) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    long distinct = 0;
    long all = 0;
    long valueRows = 0;
    long loneRows = 0;
    long tooLong = 0;
    while (rows.next()) {
      distinct = rows.getLong(4);
      all = rows.getLong(5);
      valueRows = rows.getLong(6);
      loneRows = rows.getLong(7);
      tooLong = rows.getLong(8);
      String value = rows.getString(1);
      if (rows.getInt(3) == 1 && !value.isBlank()) {
        // Different values may look the same as text, for example in a part of a second that text
        // leaves out.
        counts.merge(value, rows.getLong(2), Long::sum);
      }
    }
    return new SampleCounts(ranked(counts), distinct, all, valueRows, loneRows, tooLong, units);
  }

  static List<ValueCount> ranked(Map<String, Long> counts) {
    List<ValueCount> values = new ArrayList<>(counts.size());
    counts.forEach((value, count) -> values.add(new ValueCount(value, count)));
    values.sort(
        Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value));
    return values;
  }
}
