package io.caravan.reach;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many requests within a second, of each of many things. A server counts requests as they
 * arrive, and when that is nobody knows here; but one has arrived once it is answered. So a place
 * is free again a second after the answer, and no delay on the way can bring too many together.
 *
 * <p>Where several ask for the same thing with different limits, the strictest holds, until nobody
 * asked for ten minutes.
 */
public final class Places {
  /** As good as none, for who knows of no limit. */
  public static final double UNLIMITED = 10_000;

  // A little more than the time, for clocks that are read at different ends.
  private static final long MORE_MILLIS = 10;

  private final LoadingCache<String, Line> lines =
      Caffeine.newBuilder().expireAfterAccess(Duration.ofMinutes(10)).build(_ -> new Line());

  /**
   * A place for one request, first come, first served.
   *
   * @param thing that is asked
   * @param perSecond how many requests it takes in a second, more than 0; less than 1 for one in
   *     several seconds
   */
  public Place of(String thing, double perSecond) {
    Line line = lines.get(thing);
    line.obey(perSecond);
    return new Place(line);
  }

  /** One request's. Of one thread. */
  public static final class Place {
    private final Line line;
    private boolean taken;

    private Place(Line line) {
      this.line = line;
    }

    /** Waits for it. */
    public void await() throws InterruptedException {
      line.acquire();
      taken = true;
    }

    /** The answer is here, or never comes: others have the place in its time. Once is enough. */
    public void end() {
      if (taken) {
        taken = false;
        line.giveBack();
      }
    }
  }

  private static final class Line extends Semaphore {
    private static final long serialVersionUID = 1L;
    private double perSecond = UNLIMITED;
    private int places = (int) UNLIMITED;

    Line() {
      super((int) UNLIMITED, true);
    }

    synchronized void obey(double limit) {
      if (limit < perSecond) {
        perSecond = limit;
        int fewer = Math.max(1, (int) limit);
        reducePermits(places - fewer);
        places = fewer;
      }
    }

    void giveBack() {
      CompletableFuture.delayedExecutor(holdMillis(), TimeUnit.MILLISECONDS, Runnable::run)
          .execute(this::release);
    }

    private synchronized long holdMillis() {
      return perSecond >= UNLIMITED ? 0 : Math.round(places / perSecond * 1_000) + MORE_MILLIS;
    }
  }
}
