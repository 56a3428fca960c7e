package io.caravan.slack;

import java.util.UUID;

/**
 * What whoever sends a message is told.
 *
 * @param id in {@code caravan.slack_message_tracking}
 * @param destination its key; messages to one destination are sent one a second
 * @param reason why it was not sent; null when there is nothing to say
 */
public record SlackReceipt(UUID id, String destination, SlackStatus status, String reason) {
  /** Whether it is to be sent. */
  public boolean pending() {
    return status == SlackStatus.PENDING;
  }
}
