package io.caravan.schemasync;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A type as somebody spelled it, taken apart.
 *
 * @param name in lower case, without sizes and modifiers: {@code timestamp without time zone}
 * @param arguments what stands in the first brackets, in its own case: {@code 10} and {@code 2}
 * @param dimensions one entry for each pair of square brackets, 0 where no size stands in it
 */
record Spelling(String name, List<String> arguments, boolean unsigned, List<Integer> dimensions) {

  /** Longer than any table's widest struct; more is no type but an accident. */
  static final int LONGEST = 100_000;

  /**
   * Takes a spelling apart.
   *
   * @return null for what cannot be a type: null, blank, too long, or brackets that do not match
   */
  static Spelling of(String text) {
    return text == null || text.length() > LONGEST ? null : new SpellingReader(text).read();
  }

  Spelling element() {
    return new Spelling(name, arguments, unsigned, List.of());
  }

  Spelling named(String otherName) {
    return new Spelling(otherName, arguments, unsigned, dimensions);
  }

  /** The first argument as a number, null when there is none. */
  Long size() {
    return number(0);
  }

  /** An argument as a number ({@code 20 char} is 20), null when there is none. */
  Long number(int index) {
    if (index >= arguments.size()) {
      return null;
    }
    String argument = arguments.get(index);
    int end = 0;
    while (end < argument.length() && argument.charAt(end) >= '0' && argument.charAt(end) <= '9') {
      end++;
    }
    // Eighteen digits fit into a long.
    return end == 0 || end > 18 ? null : Long.valueOf(argument.substring(0, end));
  }

  /** One form for all spellings of the same name, sizes and modifiers. */
  String plain() {
    return name
        + (arguments.isEmpty() ? "" : plainArguments())
        + (unsigned ? " unsigned" : "")
        + dimensions.stream()
            .map(size -> size == 0 ? "[]" : "[" + size + "]")
            .collect(Collectors.joining());
  }

  private String plainArguments() {
    return arguments.stream()
        .map(argument -> argument.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(",", "(", ")"));
  }
}
