package io.caravan.sandbox;

import java.util.Comparator;

/** The order a sort brings cells into: numbers, texts, truth values, and empty ones last always. */
final class SheetsOrder {
  private SheetsOrder() {}

  static Comparator<SheetsCell> of(SheetsTab tab, boolean ascending) {
    Comparator<Object> values =
        Comparator.<Object>comparingInt(SheetsOrder::kind).thenComparing(SheetsOrder::compare);
    return Comparator.comparing(
        tab::value, Comparator.nullsLast(ascending ? values : values.reversed()));
  }

  private static int kind(Object value) {
    return value instanceof Double ? 0 : value instanceof String ? 1 : 2;
  }

  private static int compare(Object one, Object other) {
    return one instanceof Double number
        ? number.compareTo((Double) other)
        : one.toString().compareToIgnoreCase(other.toString());
  }
}
