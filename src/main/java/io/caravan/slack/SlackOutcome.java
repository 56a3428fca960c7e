package io.caravan.slack;

import java.time.Duration;

/**
 * What came of an attempt to deliver a message.
 *
 * @param error what happened and what to do; null when it was sent
 * @param quietFor how long Slack asked not to send anything; null when it did not
 * @param withoutBlocks the next attempt sends the text alone
 * @param ts the message's own timestamp, by which a thread is named; null when not told
 */
public record SlackOutcome(
    SlackStatus status, String error, Duration quietFor, boolean withoutBlocks, String ts) {
  static SlackOutcome sent(String ts) {
    return new SlackOutcome(SlackStatus.SENT, null, null, false, ts);
  }

  /** Worth another attempt. */
  public static SlackOutcome later(String error) {
    return new SlackOutcome(SlackStatus.PENDING, error, null, false, null);
  }

  static SlackOutcome quiet(Duration wait) {
    return new SlackOutcome(
        SlackStatus.PENDING,
        "Slack asked to wait %d seconds.".formatted(wait.toSeconds()),
        wait,
        false,
        null);
  }

  static SlackOutcome withoutBlocks(String error) {
    return new SlackOutcome(
        SlackStatus.PENDING, error + " The text is sent alone.", null, true, null);
  }

  /** Not worth another attempt. */
  public static SlackOutcome failed(String error) {
    return new SlackOutcome(SlackStatus.FAILED, error, null, false, null);
  }
}
