package io.caravan.slack;

import java.util.Locale;

/** What became of a message. */
public enum SlackStatus {
  /** Recorded, and to be sent, or sent again. */
  PENDING,
  /** Slack has it. */
  SENT,
  /** Slack will not have it. */
  FAILED,
  /** There is nowhere to send it to. */
  SKIPPED;

  /** As it stands in the tracking table. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SlackStatus ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
