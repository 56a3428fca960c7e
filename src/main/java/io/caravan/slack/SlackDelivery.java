package io.caravan.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/**
 * A message on its way.
 *
 * @param attempts the present one included
 * @param blocks null when there are none, or when Slack refused them before
 * @param threadTs the message below which this one stands; null for none
 */
public record SlackDelivery(
    UUID id,
    SlackDestination destination,
    String kind,
    int attempts,
    String text,
    JsonNode blocks,
    String threadTs,
    SlackAddress address) {
  /** What is posted, as JSON. */
  public String body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (!address.isWebhook()) {
      body.put("channel", address.channel());
    }
    body.put("text", text);
    if (blocks != null) {
      body.set("blocks", blocks);
    }
    if (threadTs != null) {
      body.put("thread_ts", threadTs);
    }
    return body.toString();
  }
}
