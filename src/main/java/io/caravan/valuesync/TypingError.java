package io.caravan.valuesync;

import java.util.Arrays;

/**
 * Counts the typing errors between a query and the beginning of a text: characters left out, added,
 * replaced, or two neighbours swapped (optimal string alignment). A digit is never guessed: 12 is
 * not a misspelt 13. For one thread.
 */
final class TypingError {
  private static final int NEVER = 100;

  private final char[] query;
  private final int most;
  private int[] beforeLast;
  private int[] last;
  private int[] row;

  TypingError(String query, int most) {
    this.query = query.toCharArray();
    this.most = most;
    beforeLast = new int[this.query.length + 1];
    last = new int[this.query.length + 1];
    row = new int[this.query.length + 1];
  }

  /**
   * @param text marks in it count as nothing
   * @param from where the word starts; the text is read to the next NUL or the end
   * @return the fewest errors with which some beginning of the text equals the query; more than the
   *     bound when none does
   */
  int between(CharSequence text, int from) {
    int n = query.length;
    firstRow(last, query);
    Arrays.fill(beforeLast, NEVER);
    int best = last[n];
    int lastLowest = 0;
    char previous = 0;
    int depth = 0;
    for (int i = from; i < text.length() && depth < n + most; i++) {
      char c = text.charAt(i);
      if (c == 0) {
        break;
      }
      if (c == FoldedText.MARK) {
        continue;
      }
      depth++;
      int lowest = nextRow(query, most, depth, c, previous, beforeLast, last, row);
      best = Math.min(best, row[n]);
      // A swap still builds on the row before, and costs one.
      if (lowest > most && lastLowest >= most) {
        break;
      }
      int[] reused = beforeLast;
      beforeLast = last;
      last = row;
      row = reused;
      lastLowest = lowest;
      previous = c;
    }
    return best;
  }

  /** The fewest errors over all words of a folded text with marks. */
  int inWords(CharSequence marked) {
    return inWords(marked, 0, marked.length());
  }

  /** The same for the part of a longer text from {@code from} to before {@code end}. */
  int inWords(CharSequence marked, int from, int end) {
    int fewest = between(marked, from);
    for (int at = from + 1; at < end && fewest > 0; at++) {
      if (marked.charAt(at) == FoldedText.MARK) {
        fewest = Math.min(fewest, between(marked, at));
      }
    }
    return fewest;
  }

  /** Errors between nothing and each beginning of the query. */
  static void firstRow(int[] row, char[] query) {
    row[0] = 0;
    for (int j = 1; j <= query.length; j++) {
      row[j] = row[j - 1] + cost(query[j - 1]);
    }
  }

  /**
   * Errors between a text's first {@code depth} characters and each beginning of the query, as far
   * as they can matter.
   *
   * @param c the last of these characters
   * @param previous the one before
   * @param beforeLast the row of two characters less
   * @param last the row of one character less
   * @param row is filled
   * @return the lowest number in the row
   */
  static int nextRow(
      char[] query,
      int most,
      int depth,
      char c,
      char previous,
      int[] beforeLast,
      int[] last,
      int[] row) {
    int n = query.length;
    int from = Math.max(1, depth - most);
    int to = Math.min(n, depth + most);
    row[0] = depth <= most ? last[0] + cost(c) : NEVER;
    if (from > 1 && from <= n + 1) {
      row[from - 1] = NEVER;
    }
    if (to < n) {
      Arrays.fill(row, to + 1, n + 1, NEVER);
    }
    int lowest = row[0];
    for (int j = from; j <= to; j++) {
      char q = query[j - 1];
      int value = last[j - 1] + (q == c ? 0 : Math.max(cost(q), cost(c)));
      value = Math.min(value, last[j] + cost(c));
      value = Math.min(value, row[j - 1] + cost(q));
      if (j > 1 && depth > 1 && q == previous && query[j - 2] == c) {
        value = Math.min(value, beforeLast[j - 2] + Math.max(cost(q), cost(c)));
      }
      row[j] = value;
      lowest = Math.min(lowest, value);
    }
    return lowest;
  }

  private static int cost(char c) {
    return c >= '0' && c <= '9' ? NEVER : 1;
  }
}
