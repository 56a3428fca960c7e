package io.caravan.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * A message as Slack takes it: whatever is given is brought within Slack's limits.
 *
 * @param kind what it is about, for example {@code bluegreen-release-published}; stands in the
 *     tracking table
 * @param text shown in notifications, and alone when there are no blocks; in mrkdwn, see {@link
 *     SlackText#format}. When blank, the kind
 * @param blocks Block Kit blocks, see {@link SlackBlocks}; null for text alone
 * @param threadKey messages to one destination with the same key stand in one thread, below the
 *     first of them; null for no thread. A webhook knows no threads: there each stands for itself
 */
public record SlackMessage(
    String kind, SlackDestination destination, String text, JsonNode blocks, String threadKey) {
  public SlackMessage {
    text = text == null || text.isBlank() ? kind : SlackText.cut(text, SlackLimits.TEXT);
    ArrayNode fitted = blocks == null ? null : SlackLimits.fit(blocks);
    blocks = fitted == null || fitted.isEmpty() ? null : fitted;
  }

  /** A message outside of threads. */
  public SlackMessage(String kind, SlackDestination destination, String text, SlackBlocks blocks) {
    this(kind, destination, text, blocks.toJson(), null);
  }

  /** The same message in a thread. */
  public SlackMessage inThread(String key) {
    return new SlackMessage(kind, destination, text, blocks, key);
  }
}
