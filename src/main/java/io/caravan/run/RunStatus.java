package io.caravan.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The states of a run (CONTRACT section 3) and the steps between them that are legal. */
public enum RunStatus {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  PARTIAL,
  FAILED,
  CANCELLED,
  TIMED_OUT,
  REJECTED,
  SKIPPED;

  private static final Map<RunStatus, Set<RunStatus>> NEXT =
      Map.of(
          QUEUED, Set.of(RUNNING, SKIPPED, CANCELLED, FAILED),
          // RUNNING to RUNNING is another node taking over from one whose lease lapsed.
          RUNNING, Set.of(RUNNING, SUCCEEDED, PARTIAL, FAILED, CANCELLED, TIMED_OUT, REJECTED));

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RunStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  public boolean finished() {
    return !NEXT.containsKey(this);
  }

  /**
   * @throws IllegalStateException when a run in this state can never get into the other
   */
  public RunStatus to(RunStatus next) {
    if (!NEXT.getOrDefault(this, Set.of()).contains(next)) {
      throw new IllegalStateException("a run cannot go from " + word() + " to " + next.word());
    }
    return next;
  }
}
