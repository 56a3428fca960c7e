package io.caravan.slack;

import io.caravan.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The messages for Slack: each is recorded before it is sent, and what became of it stands in
 * {@code caravan.slack_message_tracking}.
 */
@Component
public class SlackMessages {
  private static final Logger LOG = LoggerFactory.getLogger(SlackMessages.class);
  private static final int MOST_DOUBLINGS = 30;

  private final SlackMessageStore store;
  private final SlackIntegrations integrations;
  private final SlackProperties properties;

  SlackMessages(
      SlackMessageStore store, SlackIntegrations integrations, SlackProperties properties) {
    this.store = store;
    this.integrations = integrations;
    this.properties = properties;
  }

  /**
   * Records a message that is to be sent.
   *
   * @return skipped with the reason when its destination has no Slack, failed when its secret
   *     cannot be decrypted, else pending
   */
  public SlackReceipt record(SlackMessage message) {
    try {
      return integrations
          .address(message.destination())
          .map(address -> store.add(message, address.channel(), SlackStatus.PENDING, null))
          .orElseGet(
              () ->
                  store.add(
                      message, null, SlackStatus.SKIPPED, notConfigured(message.destination())));
    } catch (Failure e) {
      return store.add(message, null, SlackStatus.FAILED, e.getMessage());
    }
  }

  private static String notConfigured(SlackDestination destination) {
    return destination.organizationId() == null
        ? "DATA_TEAM_SLACK_WEBHOOK_URL is not set."
        : "The organisation has no Slack integration; set one with PUT"
            + " /api/v1/organizations/{id}/slack.";
  }

  /**
   * Takes a message for one attempt to deliver it.
   *
   * @param receipt of {@link #record} or {@link #due}
   * @return null when there is nothing to do: somebody else delivers it, it has to wait, or its
   *     destination is gone or cannot be decrypted
   */
  public SlackDelivery take(SlackReceipt receipt) {
    SlackDestination destination = SlackDestination.ofKey(receipt.destination());
    try {
      SlackAddress address = integrations.address(destination).orElse(null);
      if (address == null) {
        store.end(receipt.id(), SlackOutcome.failed(notConfigured(destination)));
        return null;
      }
      return take(receipt.id(), address);
    } catch (Failure e) {
      store.end(receipt.id(), SlackOutcome.failed(e.getMessage()));
      return null;
    }
  }

  private SlackDelivery take(UUID id, SlackAddress address) {
    return store
        .take(id, address.channel())
        .map(
            row ->
                new SlackDelivery(
                    row.id(),
                    row.destination(),
                    row.kind(),
                    row.attempts(),
                    row.text(),
                    row.blocks(),
                    address.isWebhook() ? null : row.threadTs(),
                    address))
        .orElse(null);
  }

  /**
   * Lets a message wait that was not taken by its first attempt: it is sent later, in the order in
   * which its destination's messages were recorded.
   *
   * @param receipt of {@link #record} or {@link #due}
   */
  public void queue(SlackReceipt receipt) {
    store.queue(receipt.id());
  }

  /** Notes what came of an attempt, and with that when the next one is. */
  public void settle(SlackDelivery delivery, SlackOutcome outcome) {
    if (outcome.status() == SlackStatus.PENDING && outcome.quietFor() != null) {
      store.postpone(delivery.id(), outcome, outcome.quietFor());
    } else if (outcome.status() == SlackStatus.PENDING
        && delivery.attempts() < properties.attempts()) {
      store.postpone(
          delivery.id(), outcome, outcome.withoutBlocks() ? Duration.ZERO : backoff(delivery));
    } else if (outcome.status() == SlackStatus.PENDING) {
      fail(
          delivery,
          "Given up after %d attempts. %s".formatted(delivery.attempts(), outcome.error()));
    } else if (outcome.status() == SlackStatus.FAILED) {
      fail(delivery, outcome.error());
    } else {
      store.end(delivery.id(), outcome);
    }
  }

  private void fail(SlackDelivery delivery, String error) {
    LOG.warn(
        "Slack message {} ({}) for {} was not delivered: {}",
        delivery.id(),
        delivery.kind(),
        delivery.destination().key(),
        error);
    store.end(delivery.id(), SlackOutcome.failed(error));
  }

  private Duration backoff(SlackDelivery delivery) {
    Duration wait =
        properties
            .firstBackoff()
            .multipliedBy(1L << Math.min(delivery.attempts() - 1, MOST_DOUBLINGS));
    return wait.compareTo(properties.lastBackoff()) < 0 ? wait : properties.lastBackoff();
  }

  /** The messages that are due again: at most one for each destination, the oldest first. */
  public List<SlackReceipt> due() {
    return store.due();
  }

  /** How it stands with a message. */
  public SlackReceipt receipt(UUID id) {
    return store.receipt(id);
  }

  /** Gives up what could not be delivered for too long. */
  public void expire() {
    int expired = store.expire(properties.expireAfter());
    if (expired > 0) {
      LOG.warn("{} messages for Slack were given up: too old to be news", expired);
    }
  }
}
