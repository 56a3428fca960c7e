package io.caravan.source;

import java.util.Locale;
import java.util.function.Function;

/** Types written {@code ARRAY<...>}, as BigQuery and Databricks do. */
final class NestedTypes {
  private static final String ARRAY = "array<";

  private NestedTypes() {}

  /**
   * An array of a searchable, flat type is searchable; anything else with angle brackets is not.
   */
  static ValueKind kindOf(String nativeTypeName, Function<String, ValueKind> flat) {
    if (nativeTypeName == null) {
      return ValueKind.UNSEARCHABLE;
    }
    String name = nativeTypeName.toLowerCase(Locale.ROOT).strip();
    if (name.startsWith(ARRAY) && name.endsWith(">")) {
      String element = name.substring(ARRAY.length(), name.length() - 1);
      return flat.apply(element).searchable() ? ValueKind.ARRAY : ValueKind.UNSEARCHABLE;
    }
    return flat.apply(name);
  }
}
