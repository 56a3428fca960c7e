package io.caravan.sandbox;

import java.time.Duration;

/**
 * Something that goes wrong on the way, for tests of who calls a stand-in.
 *
 * @param on the requests it happens to
 * @param status of the answer given instead, or 0 when the connection ends without one
 * @param applied whether the stand-in has done what was asked before: a lost answer
 * @param after how long the caller waits for it
 */
public record Fault(On on, int status, boolean applied, Duration after) {
  /** Requests of which kind a fault happens to. */
  public enum On {
    /** Any but those for tokens. */
    ANY,
    /** Those that change nothing. */
    READS,
    /** Those that change something. */
    WRITES
  }

  /** A connection that ends before anything was done. */
  public static Fault reset(On on) {
    return new Fault(on, 0, false, Duration.ZERO);
  }

  /** A connection that ends after it was done. */
  public static Fault lostAnswer(On on) {
    return new Fault(on, 0, true, Duration.ZERO);
  }

  /** An answer of this status and nothing done. */
  public static Fault status(On on, int status) {
    return new Fault(on, status, false, Duration.ZERO);
  }

  /** An answer of this status although it was done. */
  public static Fault statusAfterwards(On on, int status) {
    return new Fault(on, status, true, Duration.ZERO);
  }

  boolean happensTo(boolean writes) {
    return switch (on) {
      case ANY -> true;
      case READS -> !writes;
      case WRITES -> writes;
    };
  }
}
