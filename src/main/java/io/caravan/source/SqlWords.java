package io.caravan.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the names in a piece of SQL and where they stand, outside string literals and comments. It
 * knows no grammar: what a name means is for the parser to say.
 */
final class SqlWords {
  /**
   * Literals and comments come first in the pattern, so that no name is found in them. A doubled
   * quote reads as the end of one literal and the start of the next, which is as good.
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'[^']*+'|--[^\\r\\n]*+|/\\*.*?\\*/"
              + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*+)|\"(?<ansi>[^\"]++)\"|`(?<tick>[^`]++)`"
              + "|\\[(?<bracket>[\\p{L}_][^\\]\\[',]*+)\\]|(?<number>\\d[\\w.]*+)|(?<dot>\\.)"
              + "|(?<end>;)",
          Pattern.DOTALL);

  private SqlWords() {}

  /**
   * A name.
   *
   * @param text without quotes
   * @param start of the text itself, within its quotes
   * @param qualifier the name before its dot, null when there is none
   */
  record Word(String text, int start, boolean quoted, String qualifier) {
    int end() {
      return start + text.length();
    }
  }

  /** All names in the order of the text without their qualifiers; a function's name is one too. */
  static List<Word> in(String sql) {
    List<Word> words = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    boolean afterDot = false;
    while (matcher.find()) {
      if (matcher.group("dot") != null) {
        afterDot = true;
        continue;
      }
      for (String group : List.of("word", "ansi", "tick", "bracket")) {
        if (matcher.group(group) != null) {
          String qualifier = afterDot && !words.isEmpty() ? words.removeLast().text() : null;
          words.add(
              new Word(
                  matcher.group(group), matcher.start(group), !group.equals("word"), qualifier));
        }
      }
      afterDot = false;
    }
    return words;
  }

  /** Whether a second statement could follow. */
  static boolean hasSemicolon(String sql) {
    Matcher matcher = TOKEN.matcher(sql);
    while (matcher.find()) {
      if (matcher.group("end") != null) {
        return true;
      }
    }
    return false;
  }
}
