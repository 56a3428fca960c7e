package io.caravan.valuesync;

import java.util.Arrays;

/**
 * Counts the typing errors between a query and the beginning of a text: characters left out, added, replaced, or two
 * neighbours swapped (optimal string alignment). A digit is never guessed: 12 is not a misspelt 13. For one thread.
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
   * @return the fewest errors with which some beginning of the text equals the query; more than the bound when none does
   */
  int between(CharSequence text, int from) {
    int n = query.length;
    last[0] = 0;
    for (int j = 1; j <= n; j++) {
      last[j] = last[j - 1] + cost(query[j - 1]);
    }
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
      int lowest = nextRow(c, previous, depth);
      best = Math.min(best, row[n]);
      if (lowest > most && lastLowest > most) {
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

  private int nextRow(char c, char previous, int depth) {
    int n = query.length;
    int from = Math.max(1, depth - most);
    int to = Math.min(n, depth + most);
    row[0] = depth <= most ? last[0] + cost(c) : NEVER;
    if (from > 1) {
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
