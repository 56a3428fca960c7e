package io.caravan.valuesync;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The neighbouring characters of folded texts, one, two and three at a time, through which large
 * columns are searched.
 */
final class Grams {
  /** The longest gram. */
  static final int LENGTH = 3;

  /** Stands before a whole text, to tell it from a gram. */
  private static final char WHOLE = '\u0002';

  /** Ranks kept where they are the answer and not a step to it: the most that a search can want. */
  private static final int MOST_WANTED = 101;

  private final Map<String, Ranks> byGram = new HashMap<>();

  /**
   * What a query is looked up by: itself when it is short, else every three neighbours, the first
   * ones first.
   */
  static String[] ofQuery(String letters) {
    int[] ends = characterEnds(letters);
    if (ends.length <= LENGTH) {
      return letters.isEmpty() ? new String[0] : new String[] {letters};
    }
    Set<String> grams = new LinkedHashSet<>();
    for (int i = 0; i + LENGTH <= ends.length; i++) {
      grams.add(gram(letters, ends, i, LENGTH));
    }
    return grams.toArray(String[]::new);
  }

  /** Adds a value's folded text; ranks have to come in ascending order. */
  void add(int rank, String marked) {
    ranks(WHOLE + marked, MOST_WANTED).inside.add(rank);
    String letters = FoldedText.withoutMarks(marked);
    int[] ends = characterEnds(letters);
    boolean[] wordStarts = wordStarts(marked, ends.length);
    for (int length = 1; length <= LENGTH; length++) {
      for (int i = 0; i + length <= ends.length; i++) {
        Ranks ranks =
            ranks(
                gram(letters, ends, i, length), length < LENGTH ? MOST_WANTED : Integer.MAX_VALUE);
        if (i == 0) {
          ranks.starts.add(rank);
        }
        if (wordStarts[i]) {
          ranks.words.add(rank);
        }
        ranks.inside.add(rank);
      }
    }
  }

  private Ranks ranks(String gram, int most) {
    return byGram.computeIfAbsent(
        gram, g -> new Ranks(new Ints(most), new Ints(most), new Ints(most)));
  }

  Set<Map.Entry<String, Ranks>> entries() {
    return byGram.entrySet();
  }

  /**
   * The ranks of the values that begin with a gram, have a word that does, or hold it anywhere;
   * each ascending.
   */
  record Ranks(Ints starts, Ints words, Ints inside) {
    /**
     * In the order of the columns: the best of each, then all of each or null where the best are
     * all.
     */
    List<String> literals() {
      List<Ints> kinds = List.of(starts, words, inside);
      return Stream.concat(
              kinds.stream().map(ints -> ints.literal(MOST_WANTED)),
              kinds.stream()
                  .map(ints -> ints.size() > MOST_WANTED ? ints.literal(ints.size()) : "\\N"))
          .toList();
    }
  }

  /** Ascending numbers up to a limit, each once. */
  static final class Ints {
    private final int most;
    private int[] values = {};
    private int size;

    private Ints(int most) {
      this.most = most;
    }

    private void add(int value) {
      if (size >= most || size > 0 && values[size - 1] == value) {
        return;
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, size + (size >> 1) + 1);
      }
      values[size++] = value;
    }

    int size() {
      return size;
    }

    /** The first numbers as PostgreSQL reads an array. */
    private String literal(int first) {
      StringBuilder out = new StringBuilder("{");
      for (int i = 0; i < Math.min(first, size); i++) {
        out.append(i == 0 ? "" : ",").append(values[i]);
      }
      return out.append('}').toString();
    }
  }

  private static String gram(String letters, int[] ends, int i, int length) {
    return letters.substring(i == 0 ? 0 : ends[i - 1], ends[i + length - 1]);
  }

  /** Where each character ends; a character outside the basic plane takes two places. */
  private static int[] characterEnds(String letters) {
    int[] ends = new int[letters.codePointCount(0, letters.length())];
    int at = 0;
    for (int i = 0; i < ends.length; i++) {
      at += Character.charCount(letters.codePointAt(at));
      ends[i] = at;
    }
    return ends;
  }

  private static boolean[] wordStarts(String marked, int characters) {
    boolean[] starts = new boolean[characters];
    int character = 0;
    for (int at = 0; at < marked.length(); ) {
      int c = marked.codePointAt(at);
      at += Character.charCount(c);
      if (c == FoldedText.MARK) {
        starts[character] = true;
      } else {
        character++;
      }
    }
    return starts;
  }
}
