package io.caravan.airtable;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many requests within a second, of each of many things. Airtable counts requests as they
 * arrive, and when that is nobody knows here; but one has arrived once it is answered. So a place
 * is free again a second after the answer, and no delay on the way can bring too many together.
 */
final class Places {
  // A little more than the second, for clocks that are read at different ends.
  private static final Executor A_SECOND_LATER =
      CompletableFuture.delayedExecutor(1_010, TimeUnit.MILLISECONDS, Runnable::run);

  /** Kept while somebody waits, is served, or was within the last second. */
  private final LoadingCache<String, Semaphore> places;

  Places(int perSecond) {
    places = Caffeine.newBuilder().weakValues().build(_ -> new Semaphore(perSecond, true));
  }

  /** The places of one thing, first come, first served. */
  Semaphore of(String thing) {
    return places.get(thing);
  }

  static void giveBack(Semaphore place) {
    A_SECOND_LATER.execute(place::release);
  }
}
