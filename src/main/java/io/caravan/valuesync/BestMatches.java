package io.caravan.valuesync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the best matches of several columns; a value found in more than one is one match with
 * the sum of the counts.
 */
final class BestMatches {
  private static final int CLEAN_AT = 10_000;

  private final int wanted;
  private Map<String, Match> byValue = new HashMap<>();

  BestMatches(int wanted) {
    this.wanted = wanted;
  }

  void add(List<Match> ofOneColumn) {
    for (Match match : ofOneColumn) {
      byValue.merge(match.value(), match, BestMatches::both);
    }
    if (byValue.size() > CLEAN_AT) {
      Map<String, Match> kept = new HashMap<>();
      bestFirst().forEach(m -> kept.put(m.value(), m));
      byValue = kept;
    }
  }

  List<Match> bestFirst() {
    List<Match> all = new ArrayList<>(byValue.values());
    all.sort(Match.BEST_FIRST);
    return all.size() > wanted ? all.subList(0, wanted) : all;
  }

  private static Match both(Match one, Match other) {
    MatchClass better =
        one.matchClass().compareTo(other.matchClass()) <= 0 ? one.matchClass() : other.matchClass();
    return new Match(better, one.value(), one.count() + other.count());
  }
}
