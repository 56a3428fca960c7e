package io.caravan.schemasync;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes one spelling apart, character by character: regular expressions would need long for what an
 * angry or careless person can write.
 */
final class SpellingReader {
  private static final int MOST_DIMENSIONS = 40;

  /** They say something about the column, not about its type. */
  private static final Set<String> MODIFIERS =
      Set.of(
          "not",
          "null",
          "signed",
          "identity",
          "auto_increment",
          "autoincrement",
          "binary",
          "ascii",
          "unicode");

  /** What follows them is about the column, up to the end. */
  private static final Set<String> ENDINGS = Set.of("comment", "options", "default");

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final List<Integer> dimensions = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private List<String> arguments = List.of();
  private int at;

  SpellingReader(String text) {
    this.text = text;
  }

  /** Null for what cannot be a type. */
  Spelling read() {
    while (at < text.length() && !ended()) {
      if (!step(text.charAt(at))) {
        return null;
      }
    }
    endWord();
    return words.isEmpty() || dimensions.size() > MOST_DIMENSIONS ? null : withoutModifiers();
  }

  private boolean ended() {
    return words.size() > 1 && ENDINGS.contains(words.getLast());
  }

  private boolean step(char c) {
    if (Character.isWhitespace(c)) {
      endWord();
      at++;
      return true;
    }
    boolean named = !words.isEmpty() || !word.isEmpty();
    return switch (c) {
      case '(', '<' -> named && takeArguments();
      case '[' -> !named || afterDot() ? takeQuoted(']') : takeDimension();
      case '"', '`' -> (word.isEmpty() || afterDot()) && takeQuoted(c);
      case ')', '>', ']', '\'', ',' -> false;
      default -> {
        word.append(c);
        at++;
        yield true;
      }
    };
  }

  private boolean afterDot() {
    return !word.isEmpty() && word.charAt(word.length() - 1) == '.';
  }

  private void endWord() {
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
      word.setLength(0);
    }
  }

  private boolean takeQuoted(char close) {
    int end = text.indexOf(close, at + 1);
    if (end < 0) {
      return false;
    }
    word.append(text, at + 1, end);
    at = end + 1;
    return true;
  }

  private boolean takeDimension() {
    endWord();
    int end = text.indexOf(']', at);
    String size = end < 0 ? "?" : text.substring(at + 1, end).strip();
    if (!size.matches("[0-9]{0,9}")) {
      return false;
    }
    dimensions.add(size.isEmpty() ? 0 : Integer.parseInt(size));
    at = end + 1;
    return true;
  }

  /** Only the first brackets tell a size; {@code identity(1,1)} tells none. */
  private boolean takeArguments() {
    endWord();
    Arguments taken = Arguments.take(text, at);
    if (taken == null) {
      return false;
    }
    if (arguments.isEmpty()) {
      arguments = taken.values();
    }
    at = taken.end();
    return true;
  }

  private Spelling withoutModifiers() {
    List<String> name = new ArrayList<>();
    boolean unsigned = false;
    for (int i = 0; i < words.size() && !(i > 0 && ENDINGS.contains(words.get(i))); i++) {
      String one = words.get(i);
      if (words.size() > 1 && (one.equals("unsigned") || one.equals("zerofill"))) {
        unsigned = true;
      } else if (i > 0 && (one.equals("collate") || one.equals("charset"))) {
        i++;
      } else if (one.equals("character")
          && i + 1 < words.size()
          && words.get(i + 1).equals("set")) {
        i += 2;
      } else if (i > 0 && one.equals("array")) {
        // INTEGER ARRAY[3] is the standard's spelling of an array.
        if (dimensions.isEmpty()) {
          dimensions.add(0);
        }
      } else if (name.isEmpty() || !MODIFIERS.contains(one)) {
        name.add(one);
      }
    }
    return name.isEmpty()
        ? null
        : new Spelling(String.join(" ", name), arguments, unsigned, List.copyOf(dimensions));
  }
}
