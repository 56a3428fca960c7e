package io.caravan.valuesync;

/**
 * What was typed, prepared once for all lists it is looked up in.
 *
 * @param raw as typed, without surrounding blanks
 * @param marked folded, with word marks inside (see {@link FoldedText})
 * @param letters folded, without marks: what typing errors are measured on
 * @param wanted how many matches are enough: one more than are shown, to know whether there are
 *     more
 */
record SearchQuery(String raw, String marked, String letters, int wanted) {
  static SearchQuery of(String q, int limit) {
    String raw = q == null ? "" : RankedValues.storable(q.strip());
    String marked = FoldedText.ofQuery(raw);
    return new SearchQuery(raw, marked, FoldedText.withoutMarks(marked), limit + 1);
  }

  boolean isEmpty() {
    return marked.isEmpty();
  }

  /** A query such as {@code -12} cannot begin a word. */
  boolean startsAWord() {
    return Character.isLetterOrDigit(letters.codePointAt(0));
  }

  /** The beginning of every text that begins with this query. */
  String prefix() {
    return startsAWord() ? FoldedText.MARK + marked : marked;
  }

  /** Typing errors tolerated: none below four letters, one below eight, then two. */
  int edits() {
    long count = letters.codePoints().filter(Character::isLetter).count();
    return count < 4 ? 0 : count < 8 ? 1 : 2;
  }

  /** The class of a value that is known to begin with this query. */
  MatchClass classOfBeginning(String value) {
    return FoldedText.ofValue(value).equals(prefix()) ? whole(value) : MatchClass.PREFIX;
  }

  MatchClass whole(String value) {
    return value.equals(raw) ? MatchClass.SAME : MatchClass.EXACT;
  }
}
