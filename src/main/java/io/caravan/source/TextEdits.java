package io.caravan.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes of a text at places that are known beforehand; all else stays as it is, byte for byte.
 */
final class TextEdits {
  private static final int MOST_SHOWN = 20;
  private static final int LONGEST_SHOWN = 160;

  private record Edit(int start, int end, String replacement) {}

  private final String text;
  private final List<Edit> edits = new ArrayList<>();

  TextEdits(String text) {
    this.text = text;
  }

  /** Puts a text in the place of a range, which must not overlap with another edit's. */
  void replace(int start, int end, String replacement) {
    Edit edit = new Edit(start, end, replacement);
    // They come nearly in order; each finds its place from the end.
    int at = edits.size();
    while (at > 0 && edits.get(at - 1).start() > start) {
      at--;
    }
    edits.add(at, edit);
  }

  /** The text with all changes. */
  String apply() {
    return applied(0, text.length());
  }

  private String applied(int from, int to) {
    StringBuilder changed = new StringBuilder();
    int position = from;
    for (Edit edit : edits) {
      if (edit.start() >= from && edit.end() <= to) {
        changed.append(text, position, edit.start()).append(edit.replacement());
        position = edit.end();
      }
    }
    return changed.append(text, position, to).toString();
  }

  /**
   * The changed lines for people: {@code @@ line 12 @@}, the old lines after {@code -}, the new
   * ones after {@code +}, cut when they are many or long.
   */
  String difference() {
    List<String> shown = new ArrayList<>();
    int next = 0;
    while (next < edits.size() && shown.size() <= MOST_SHOWN) {
      int from = lineStart(text, edits.get(next).start());
      int to = from;
      do {
        Edit edit = edits.get(next++);
        to = Math.max(to, lineEnd(text, Math.max(edit.start(), edit.end() - 1)));
      } while (next < edits.size() && edits.get(next).start() < to);
      shown.add("@@ line " + (1 + breaks(from)) + " @@");
      text.substring(from, to).lines().forEach(line -> shown.add("- " + cut(line)));
      applied(from, to).lines().forEach(line -> shown.add("+ " + cut(line)));
    }
    if (shown.size() > MOST_SHOWN) {
      shown.subList(MOST_SHOWN, shown.size()).clear();
      shown.add("… and more");
    }
    return String.join("\n", shown);
  }

  private static String cut(String line) {
    if (line.codePointCount(0, line.length()) <= LONGEST_SHOWN) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
  }

  private int breaks(int end) {
    int breaks = 0;
    for (int at = 0; at < end; at = lineEnd(text, at)) {
      breaks++;
    }
    return breaks;
  }

  /** Where the line of a place begins. */
  static int lineStart(String text, int at) {
    int start = at;
    while (start > 0 && !isBreak(text, start - 1)) {
      start--;
    }
    return start;
  }

  /** Where the line after that of a place begins, or the text ends. */
  static int lineEnd(String text, int at) {
    int end = at;
    while (end < text.length()) {
      if (isBreak(text, end++)) {
        break;
      }
    }
    return end;
  }

  /** Of the two characters of a Windows line break only the second one ends the line. */
  private static boolean isBreak(String text, int at) {
    char c = text.charAt(at);
    return c == '\n' || c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n');
  }
}
