package io.caravan.valuesync;

/** How well a value answers a query, best first (SV requirements, section 4 item 1). */
enum MatchClass {
  /** The same text, letter case and accents included. */
  SAME,
  /** The same text once folded. */
  EXACT,
  /** The value begins with the query. */
  PREFIX,
  /** A word of the value begins with the query. */
  WORD_PREFIX,
  /** The query stands somewhere in the value. */
  CONTAINS,
  /** A word of the value begins with nearly the query, one edit away. */
  ONE_EDIT,
  /** The same with two edits. */
  TWO_EDITS
}
