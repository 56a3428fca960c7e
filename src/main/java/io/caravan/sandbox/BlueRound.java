package io.caravan.sandbox;

import java.util.EnumSet;
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
  private int edition;

  BlueRound(boolean advancesByItself) {
    this.advancesByItself = advancesByItself;
  }

  synchronized int edition() {
    return edition;
  }

  synchronized int advance() {
    read.clear();
    return ++edition;
  }

  synchronized void begins(BluePath path) {
    if (read.contains(path)) {
      read.clear();
    }
  }

  synchronized void ended(BluePath path, int editionRead) {
    if (!advancesByItself || editionRead != edition) {
      return;
    }
    read.add(path);
    if (read.size() == BluePath.values().length) {
      advance();
    }
  }
}
