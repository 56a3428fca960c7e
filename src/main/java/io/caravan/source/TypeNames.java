package io.caravan.source;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A vendor's type names, each with the kind of its values. Names that are not listed are not
 * searchable.
 */
final class TypeNames {
  private static final Pattern PARAMETERS = Pattern.compile("\\s*\\([^)]*\\)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Map<String, ValueKind> kinds = new HashMap<>();

  /** Adds type names, separated by commas. */
  TypeNames with(ValueKind kind, String names) {
    for (String name : names.split(",")) {
      kinds.put(plain(name), kind);
    }
    return this;
  }

  /** Case, lengths and precisions do not matter: {@code VARCHAR(20)} is {@code varchar}. */
  ValueKind kindOf(String nativeTypeName) {
    return kinds.getOrDefault(plain(nativeTypeName), ValueKind.UNSEARCHABLE);
  }

  static String plain(String nativeTypeName) {
    String name = PARAMETERS.matcher(nativeTypeName.toLowerCase(Locale.ROOT)).replaceAll("");
    return BLANKS.matcher(name.strip()).replaceAll(" ");
  }
}
