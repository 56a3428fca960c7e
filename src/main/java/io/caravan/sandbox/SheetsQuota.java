package io.caravan.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Google's quotas: so many reads and, apart from them, so many writes a minute of a user and of all
 * users of a project. A batch counts once. Not thread-safe.
 */
final class SheetsQuota {
  private final Map<String, SlidingWindow> windows = new HashMap<>();
  private int perUser = 60;
  private int perProject = 300;
  private Duration window = Duration.ofMinutes(1);

  void set(int ofUser, int ofProject, Duration length) {
    perUser = ofUser;
    perProject = ofProject;
    window = length;
    windows.clear();
  }

  /**
   * Counts a request.
   *
   * @throws Refusal when it is one too many
   */
  void admit(String user, boolean writes, Instant now) {
    String kind = writes ? "Write" : "Read";
    if (!window(kind + "/" + user, perUser).take(now)) {
      throw SheetsErrors.quotaExceeded(kind, "user", perUser);
    }
    if (!window(kind, perProject).take(now)) {
      throw SheetsErrors.quotaExceeded(kind, "project", perProject);
    }
  }

  private SlidingWindow window(String name, int most) {
    return windows.computeIfAbsent(name, unseen -> new SlidingWindow(most, window));
  }
}
