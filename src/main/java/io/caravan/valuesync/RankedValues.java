package io.caravan.valuesync;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings values into the form and order in which they are stored. */
final class RankedValues {
  private static final char REPLACEMENT = '\uFFFD';

  private RankedValues() {}

  /**
   * Each value once, as PostgreSQL can hold it, the most frequent first and equally frequent ones
   * by value.
   */
  static List<ValueCount> of(List<ValueCount> values) {
    Map<String, Long> counts = HashMap.newHashMap(values.size());
    values.forEach(v -> counts.merge(storable(v.value()), v.count(), Long::sum));
    return counts.entrySet().stream()
        .map(e -> new ValueCount(e.getKey(), e.getValue()))
        .sorted(
            Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value))
        .toList();
  }

  static String storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isUnstorable(text, i)) {
        StringBuilder out = new StringBuilder(text);
        for (int j = i; j < out.length(); j++) {
          if (isUnstorable(text, j)) {
            out.setCharAt(j, REPLACEMENT);
          }
        }
        return out.toString();
      }
    }
    return text;
  }

  private static boolean isUnstorable(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c == 0;
  }
}
