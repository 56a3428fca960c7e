package io.caravan.valuesync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The beginnings of all words of a large column in alphabetical order, with the rank of the value
 * they stand in. Walked like a tree: words with the same beginning are judged together, and left
 * out together once that beginning has too many typing errors. Immutable.
 *
 * <p>Packed form: number of entries, their ranks, the beginnings each followed by NUL.
 */
final class WordList {
  /** Characters kept of a word and what follows it. */
  static final int LENGTH = 24;

  /** Typing errors are forgiven in the most frequent values only, so that memory has a bound. */
  static final int MOST_VALUES = 200_000;

  private final int[] ranks;
  private final String words;
  private final int[] starts;

  private WordList(int[] ranks, String words) {
    this.ranks = ranks;
    this.words = words;
    starts = new int[ranks.length + 1];
    for (int i = 0; i < ranks.length; i++) {
      starts[i + 1] = words.indexOf('\0', starts[i]) + 1;
    }
  }

  private record Word(String text, int rank) {}

  static byte[] pack(List<String> markedByRank) {
    List<Word> all = new ArrayList<>();
    for (int rank = 0; rank < Math.min(markedByRank.size(), MOST_VALUES); rank++) {
      addWords(all, markedByRank.get(rank), rank);
    }
    all.sort(Comparator.comparing(Word::text).thenComparingInt(Word::rank));
    StringBuilder words = new StringBuilder();
    all.forEach(w -> words.append(w.text()).append('\0'));
    byte[] bytes = words.toString().getBytes(UTF_8);
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * all.size() + bytes.length).putInt(all.size());
    all.forEach(w -> out.putInt(w.rank()));
    return out.put(bytes).array();
  }

  static WordList unpack(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    int[] ranks = new int[in.getInt()];
    in.asIntBuffer().get(ranks);
    int at = 4 + 4 * ranks.length;
    return new WordList(ranks, new String(packed, at, packed.length - at, UTF_8));
  }

  /** Whether {@link #near} judges a query of this length by its beginning only. */
  static boolean cuts(String query, int most) {
    return query.length() > LENGTH - most;
  }

  int weight() {
    return 2 * words.length() + 8 * ranks.length + 100;
  }

  /**
   * @param query folded, without marks; only its first characters are compared, so a caller has to
   *     judge the values again
   * @param most typing errors that are forgiven
   * @param wanted how many ranks of each number of errors are enough
   * @return the lowest ranks by number of errors, 0 to {@code most}, each ascending and without
   *     repetition
   */
  List<int[]> near(String query, int most, int wanted) {
    String compared = cuts(query, most) ? query.substring(0, LENGTH - most) : query;
    TypingErrorTree tree = new TypingErrorTree(compared, most, LENGTH);
    List<LowestRanks> found = new ArrayList<>();
    for (int errors = 0; errors <= most; errors++) {
      found.add(new LowestRanks(wanted));
    }
    int entry = 0;
    int shared = 0;
    while (entry < ranks.length) {
      int start = starts[entry];
      int length = starts[entry + 1] - 1 - start;
      int depth = tree.descend(words, start, length, shared);
      int next = tree.settled() ? firstWithoutPrefix(entry, depth) : entry + 1;
      if (tree.fewest() <= most) {
        LowestRanks lowest = found.get(tree.fewest());
        for (int i = entry; i < next; i++) {
          lowest.add(ranks[i]);
        }
      }
      shared = next < ranks.length ? sharedWith(next, start, Math.min(depth, length)) : 0;
      entry = next;
    }
    return found.stream().map(LowestRanks::ascending).toList();
  }

  private int sharedWith(int entry, int otherStart, int atMost) {
    int shared = 0;
    while (shared < atMost
        && words.charAt(starts[entry] + shared) == words.charAt(otherStart + shared)) {
      shared++;
    }
    return shared;
  }

  /**
   * The first entry after this one that differs in the first characters: found by doubling, then
   * halving steps.
   */
  private int firstWithoutPrefix(int entry, int depth) {
    int step = 1;
    int low = entry;
    while (low + step < ranks.length && sharesPrefix(entry, low + step, depth)) {
      low += step;
      step *= 2;
    }
    int high = Math.min(low + step, ranks.length);
    while (low + 1 < high) {
      int middle = (low + high) >>> 1;
      if (sharesPrefix(entry, middle, depth)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private boolean sharesPrefix(int entry, int other, int depth) {
    return words.regionMatches(starts[entry], words, starts[other], depth);
  }

  private static void addWords(List<Word> all, String marked, int rank) {
    String letters = FoldedText.withoutMarks(marked);
    int letter = 0;
    boolean start = true;
    int[] at = new int[marked.length()];
    int count = 0;
    for (int i = 0; i < marked.length(); i++) {
      if (marked.charAt(i) == FoldedText.MARK) {
        start = true;
      } else {
        if (start) {
          at[count++] = letter;
        }
        start = false;
        letter++;
      }
    }
    for (int from : Arrays.copyOf(at, count)) {
      all.add(new Word(letters.substring(from, Math.min(letters.length(), from + LENGTH)), rank));
    }
  }
}
