package io.caravan.valuesync;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The neighbouring characters of folded texts, one, two and three at a time, through which large columns are searched. */
final class Grams {
  /** The longest gram. */
  static final int LENGTH = 3;

  /** Stands before a whole text, to tell it from a gram. */
  private static final char WHOLE = '\u0002';

  /** Ranks kept where they are the answer and not a step to it: the most that a search can want. */
  private static final int MOST_WANTED = 101;

  private final Map<String, Ranks> byGram = new HashMap<>();

  /** What a query is looked up by: itself when it is short, else every three neighbours, the first ones first. */
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
    byGram.computeIfAbsent(WHOLE + marked, g -> new Ranks()).inside.add(rank, MOST_WANTED);
    String letters = FoldedText.withoutMarks(marked);
    int[] ends = characterEnds(letters);
    boolean[] wordStarts = wordStarts(marked, ends.length);
    for (int length = 1; length <= LENGTH; length++) {
      Set<String> words = new HashSet<>();
      Set<String> inside = new HashSet<>();
      for (int i = 0; i + length <= ends.length; i++) {
        String gram = gram(letters, ends, i, length);
        Ranks ranks = byGram.computeIfAbsent(gram, g -> new Ranks());
        int most = length < LENGTH ? MOST_WANTED : Integer.MAX_VALUE;
        if (i == 0) {
          ranks.starts.add(rank, most);
        }
        if (wordStarts[i] && words.add(gram)) {
          ranks.words.add(rank, most);
        }
        if (inside.add(gram)) {
          ranks.inside.add(rank, most);
        }
      }
    }
  }

  Set<Map.Entry<String, Ranks>> entries() {
    return byGram.entrySet();
  }

  /** The ranks of the values that begin with a gram, have a word that does, or hold it anywhere; each ascending. */
  static final class Ranks {
    final Ints starts = new Ints();
    final Ints words = new Ints();
    final Ints inside = new Ints();

    List<Ints> all() {
      return List.of(starts, words, inside);
    }
  }

  /** A growing array. */
  static final class Ints {
    private int[] values = {};
    private int size;

    private void add(int value, int most) {
      if (size >= most) {
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

    /** As PostgreSQL reads an array. */
    String literal() {
      StringBuilder out = new StringBuilder(size * 6 + 2).append('{');
      for (int i = 0; i < size; i++) {
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
