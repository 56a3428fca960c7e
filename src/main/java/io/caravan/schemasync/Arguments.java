package io.caravan.schemasync;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a pair of brackets, at its commas: {@code (10, 2)}, {@code <a int, b array<int>>},
 * {@code ('one, two', 'three')}.
 *
 * @param values without blanks around them
 * @param end the position after the closing bracket
 */
record Arguments(List<String> values, int end) {

  /**
   * Takes the arguments from the opening bracket at a position.
   *
   * @return null when brackets or quotes have no end
   */
  static Arguments take(String text, int start) {
    List<String> values = new ArrayList<>();
    int depth = 0;
    int from = start + 1;
    for (int at = start; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '(', '<' -> depth++;
        case ')', '>' -> {
          depth--;
          if (depth == 0) {
            add(values, text.substring(from, at));
            return new Arguments(List.copyOf(values), at + 1);
          }
        }
        case ',' -> {
          if (depth == 1) {
            add(values, text.substring(from, at));
            from = at + 1;
          }
        }
        case '\'', '"', '`' -> {
          at = text.indexOf(text.charAt(at), at + 1);
          if (at < 0) {
            return null;
          }
        }
        default -> {}
      }
    }
    return null;
  }

  private static void add(List<String> values, String value) {
    if (!value.isBlank()) {
      values.add(value.strip());
    }
  }
}
