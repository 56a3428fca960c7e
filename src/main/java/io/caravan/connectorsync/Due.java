package io.caravan.connectorsync;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Whether it is a connector's turn, and why or why not (CN-02).
 *
 * @param since when it became due; null when it is not
 */
public record Due(boolean isDue, String reason, Instant since) {
  private static Due no(String reason) {
    return new Due(false, reason, null);
  }

  /**
   * @param dueAt end of the last sync that succeeded and the interval; after a failure, when it is
   *     tried again
   * @param retrying whether {@code dueAt} follows from a failure
   * @param hours null for always
   */
  static Due of(
      ConnectorStatus status,
      boolean autoSync,
      Instant dueAt,
      boolean retrying,
      boolean synced,
      AllowedHours hours,
      Instant now) {
    if (status == ConnectorStatus.SYNCING) {
      return no("It is being synced now.");
    }
    if (status == ConnectorStatus.INACTIVE) {
      return no("Its status is INACTIVE; set it to ACTIVE.");
    }
    if (status == ConnectorStatus.NEEDS_ATTENTION) {
      return no("It was refused; mend what lastSyncError says, then test it.");
    }
    if (status == ConnectorStatus.ERROR) {
      return no("It was given up after failures over a long time; set its status to ACTIVE.");
    }
    if (!autoSync) {
      return no("autoSync is off.");
    }
    if (!dueAt.isBefore(now)) {
      return no(
          (retrying ? "After a failure it is tried again at " : "Not before ")
              + dueAt.truncatedTo(ChronoUnit.SECONDS)
              + ".");
    }
    if (hours != null && !hours.contains(now)) {
      return no("Due, but outside its hours, %s in UTC.".formatted(hours));
    }
    return new Due(
        true,
        retrying
            ? "It is time to try again."
            : synced ? "Its interval is over." : "It was never synced.",
        dueAt);
  }
}
