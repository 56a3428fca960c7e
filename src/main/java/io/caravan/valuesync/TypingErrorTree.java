package io.caravan.valuesync;

/**
 * {@link TypingError} for words in alphabetical order: what was computed for the characters that a
 * word shares with the one before is not computed again. For one thread.
 */
final class TypingErrorTree {
  private final char[] query;
  private final int most;
  private final int[][] rows;
  private final int[] lowest;
  private final int[] fewest;
  private final char[] path;
  private int depth;

  TypingErrorTree(String query, int most, int longest) {
    this.query = query.toCharArray();
    this.most = most;
    rows = new int[longest + 1][this.query.length + 1];
    lowest = new int[longest + 1];
    fewest = new int[longest + 1];
    path = new char[longest + 1];
    TypingError.firstRow(rows[0], this.query);
    fewest[0] = rows[0][this.query.length];
  }

  /**
   * Follows a word.
   *
   * @param shared leading characters that equal the word followed before
   * @return how many characters were looked at; no word with the same ones can do better or worse
   *     than {@link #fewest}
   */
  int descend(String words, int start, int length, int shared) {
    depth = shared;
    while (depth < length && !settled()) {
      char c = words.charAt(start + depth);
      depth++;
      path[depth] = c;
      int[] beforeLast = depth > 1 ? rows[depth - 2] : rows[0];
      lowest[depth] =
          TypingError.nextRow(
              query,
              most,
              depth,
              c,
              depth > 1 ? path[depth - 1] : 0,
              beforeLast,
              rows[depth - 1],
              rows[depth]);
      fewest[depth] = Math.min(fewest[depth - 1], rows[depth][query.length]);
    }
    return depth;
  }

  /** Whatever follows in the word changes nothing. */
  boolean settled() {
    return depth >= query.length + most
        || fewest[depth] == 0
        // A swap still builds on the row before, and costs one.
        || depth > 0 && lowest[depth] > most && lowest[depth - 1] >= most;
  }

  /** Errors of the word followed last, with the best of its beginnings. */
  int fewest() {
    return fewest[depth];
  }
}
