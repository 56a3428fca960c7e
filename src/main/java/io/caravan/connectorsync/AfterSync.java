package io.caravan.connectorsync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What becomes of a connector after a sync that failed: it heals itself where it can, and is never
 * hammered (D4; requirements section 4, item 2).
 *
 * @param status ACTIVE: tried again at {@code retryAt}
 * @param retryAt null when nothing is tried before somebody did something
 * @param warning what the data team is told; null for nothing
 */
record AfterSync(ConnectorStatus status, Instant retryAt, String warning) {
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);

  /** From so many failures in a row on, the interval itself is doubled. */
  private static final int SLOWER_AFTER = 5;

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final int MOST_FAILURES = 20;
  private static final Duration PATIENCE = Duration.ofDays(14);

  /**
   * @param failure of the sync; how long the source asked to wait counts up to a day
   * @param failures in a row, this one included
   * @param failingSince when the first of them was
   * @param id spreads connectors that failed together, always in the same way
   */
  static AfterSync failed(
      Failure failure,
      int failures,
      Instant failingSince,
      Duration interval,
      UUID id,
      Instant now) {
    FailureKind kind = failure.kind();
    if (kind == FailureKind.AUTHORISATION || kind == FailureKind.CONFIGURATION) {
      return new AfterSync(
          ConnectorStatus.NEEDS_ATTENTION,
          null,
          "It is not tried again until it was tested with success.");
    }
    if (failures >= MOST_FAILURES && !now.isBefore(failingSince.plus(PATIENCE))) {
      return new AfterSync(
          ConnectorStatus.ERROR,
          null,
          "It is given up after %d failures in a row since %s.".formatted(failures, failingSince));
    }
    Duration wait = longer(wait(failures, interval), asked(failure));
    Instant retryAt = now.plus(wait).plus(spread(wait, id));
    return new AfterSync(ConnectorStatus.ACTIVE, retryAt, warning(failures, failingSince));
  }

  private static Duration wait(int failures, Duration interval) {
    Duration wait =
        failures < SLOWER_AFTER
            ? FIRST_WAIT.multipliedBy(1L << (failures - 1))
            : interval.multipliedBy(1L << Math.min(failures - SLOWER_AFTER, 20));
    Duration most = failures < SLOWER_AFTER ? interval : longer(interval, LONGEST_WAIT);
    return wait.compareTo(most) > 0 ? most : wait;
  }

  private static Duration asked(Failure failure) {
    Duration wait = failure.retryAfter().orElse(Duration.ZERO);
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Up to a tenth of the wait. */
  private static Duration spread(Duration wait, UUID id) {
    return wait.multipliedBy(Math.floorMod(id.getLeastSignificantBits(), 1000)).dividedBy(10_000);
  }

  /** Once when it becomes slower, and once when it is about to be given up. */
  private static String warning(int failures, Instant failingSince) {
    if (failures == SLOWER_AFTER) {
      return "It failed %d times in a row and is tried less often from now on.".formatted(failures);
    }
    if (failures == MOST_FAILURES - 1) {
      return "It failed %d times in a row; it is given up when that goes on until %s."
          .formatted(failures, failingSince.plus(PATIENCE));
    }
    return null;
  }
}
