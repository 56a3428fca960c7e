package io.caravan.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** So many requests in any stretch of time of a length. Not thread-safe. */
final class SlidingWindow {
  private final int most;
  private final Duration length;
  private final Deque<Instant> taken = new ArrayDeque<>();

  SlidingWindow(int most, Duration length) {
    this.most = most;
    this.length = length;
  }

  /** Whether one more is allowed now; if so, it counts. */
  boolean take(Instant now) {
    while (!taken.isEmpty() && !taken.peek().plus(length).isAfter(now)) {
      taken.poll();
    }
    if (taken.size() >= most) {
      return false;
    }
    taken.add(now);
    return true;
  }
}
