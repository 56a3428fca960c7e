package io.caravan.run;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;

/** How a run ended, decided from its items and from what stopped it. */
final class RunVerdict {
  private RunVerdict() {}

  /**
   * @param stopped why the run was stopped before its end; null when it was not
   */
  static RunStatus of(Counts counts, Failure stopped) {
    if (stopped != null) {
      return switch (stopped.kind()) {
        case CANCELLED -> RunStatus.CANCELLED;
        case TIMEOUT -> RunStatus.TIMED_OUT;
        case BRAKE -> RunStatus.REJECTED;
        default -> RunStatus.FAILED;
      };
    }
    if (counts.failed() == 0) {
      return RunStatus.SUCCEEDED;
    }
    return counts.failed() == counts.total() ? RunStatus.FAILED : RunStatus.PARTIAL;
  }

  /** What a person wants to know beside the state; null when the counts say it all. */
  static String reason(Counts counts, Failure stopped) {
    if (stopped != null && stopped.kind() != FailureKind.CANCELLED) {
      return stopped.getMessage();
    }
    return stopped == null && counts.total() == 0 ? "nothing to do" : null;
  }
}
