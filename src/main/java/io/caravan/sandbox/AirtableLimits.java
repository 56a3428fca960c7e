package io.caravan.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Airtable's limits: five requests a second to a base, fifty a second of a user, and who exceeds
 * one waits. Not thread-safe.
 */
final class AirtableLimits {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Map<String, SlidingWindow> windows = new HashMap<>();
  private final Map<String, Instant> bannedUntil = new HashMap<>();
  private int perBase = 5;
  private int perUser = 50;
  private Duration ban = Duration.ofSeconds(30);
  private boolean billingLimit;

  /** How long nothing succeeds after a limit was exceeded; 30 s in the documentation. */
  void ban(Duration time) {
    ban = time;
  }

  void perSecond(int ofBase, int ofUser) {
    perBase = ofBase;
    perUser = ofUser;
    windows.clear();
    bannedUntil.clear();
  }

  void billingLimit(boolean reached) {
    billingLimit = reached;
  }

  /**
   * Counts a request.
   *
   * @param baseId null when it is about none
   * @throws Refusal when it is one too many
   */
  void admit(String baseId, AirtableUser user, Instant now) {
    if (billingLimit) {
      throw AirtableErrors.billingLimit();
    }
    count(user.id(), perUser, now);
    if (baseId != null) {
      count(baseId, perBase, now);
    }
  }

  private void count(String of, int most, Instant now) {
    Instant banned = bannedUntil.get(of);
    if (banned != null && now.isBefore(banned)) {
      throw AirtableErrors.tooManyRequests();
    }
    if (!windows.computeIfAbsent(of, unseen -> new SlidingWindow(most, SECOND)).take(now)) {
      bannedUntil.put(of, now.plus(ban));
      throw AirtableErrors.tooManyRequests();
    }
  }
}
