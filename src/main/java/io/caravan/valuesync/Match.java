package io.caravan.valuesync;

import java.util.Comparator;

/**
 * A value that answers a query.
 *
 * @param count rows that hold the value
 */
record Match(MatchClass matchClass, String value, long count) {
  /** The order of suggestions: better class first, then the more frequent, then by value. */
  static final Comparator<Match> BEST_FIRST =
      Comparator.comparing(Match::matchClass)
          .thenComparing(Comparator.comparingLong(Match::count).reversed())
          .thenComparing(Match::value);
}
