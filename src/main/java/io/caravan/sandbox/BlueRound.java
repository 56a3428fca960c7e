package io.caravan.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which edition is served. When a client has read each of the nine paths to its end, the next
 * edition takes the place, so that every round of fetches finds one that fits together and differs
 * a little from the round before. Asking again for a path that was read already begins the round
 * anew. It cannot tell two clients apart.
 */
final class BlueRound {
  private final boolean advancesByItself;
  private final Set<BluePath> read = EnumSet.noneOf(BluePath.class);
  private final List<Instant> begun = new ArrayList<>(List.of(thisSecond()));

  BlueRound(boolean advancesByItself) {
    this.advancesByItself = advancesByItself;
  }

  synchronized int edition() {
    return begun.size() - 1;
  }

  /**
   * When an edition took the place of the one before. Dates of HTTP count in seconds, so no two
   * editions share one: the latter of a quick pair is said to begin when the next second does.
   */
  synchronized Instant begun(int edition) {
    return begun.get(edition);
  }

  synchronized int advance() {
    read.clear();
    Instant earliest = begun.getLast().plusSeconds(1);
    Instant now = thisSecond();
    begun.add(now.isBefore(earliest) ? earliest : now);
    return edition();
  }

  synchronized void begins(BluePath path) {
    if (read.contains(path)) {
      read.clear();
    }
  }

  synchronized void ended(BluePath path, int editionRead) {
    if (!advancesByItself || editionRead != edition()) {
      return;
    }
    read.add(path);
    if (read.size() == BluePath.values().length) {
      advance();
    }
  }

  private static Instant thisSecond() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
