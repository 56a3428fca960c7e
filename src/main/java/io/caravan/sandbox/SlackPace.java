package io.caravan.sandbox;

/** One message a second and short bursts, as a bucket that fills by one drop a second. */
final class SlackPace {
  private static final double NANOS = 1e9;

  private final int burst;
  private double drops;
  private long filledAt = System.nanoTime();

  SlackPace(int burst) {
    this.burst = burst;
    this.drops = burst;
  }

  /** Takes a drop; zero when there was one, else the whole seconds to wait for the next. */
  long secondsToWait() {
    long now = System.nanoTime();
    drops = Math.min(burst, drops + (now - filledAt) / NANOS);
    filledAt = now;
    if (drops < 1) {
      return (long) Math.ceil(1 - drops);
    }
    drops--;
    return 0;
  }
}
