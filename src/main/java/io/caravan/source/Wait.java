package io.caravan.source;

import io.caravan.failure.Failure;

/**
 * One thread that waits for something, and can be woken with the reason why it need not wait any
 * longer. Once the wait has ended a late wake-up does not disturb what the thread does next.
 */
final class Wait {
  private final Thread waiting = Thread.currentThread();
  private boolean ended;
  private Failure reason;

  /** Ends the wait. The first reason stands. */
  synchronized void end(Failure why) {
    if (!ended && reason == null) {
      reason = why;
      waiting.interrupt();
    }
  }

  /**
   * Called by the waiting thread when it waits no more; returns why it was woken, or null when it
   * was not.
   */
  synchronized Failure over() {
    ended = true;
    if (reason != null) {
      Thread.interrupted();
    }
    return reason;
  }
}
