package io.caravan.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Writes the Block Kit blocks of a message. Formats are in Slack's mrkdwn, values are escaped; see
 * {@link SlackText#format}. Nothing here is too long: the message fits it into Slack's limits.
 */
public final class SlackBlocks {
  private final ArrayNode blocks = JsonNodeFactory.instance.arrayNode();

  /** A heading; plain text, in which Slack reads no mrkdwn. */
  public SlackBlocks header(String plain) {
    block("header").putObject("text").put("type", "plain_text").put("text", plain);
    return this;
  }

  /** A paragraph. */
  public SlackBlocks section(String mrkdwn, Object... values) {
    mrkdwn(block("section").putObject("text"), SlackText.format(mrkdwn, values));
    return this;
  }

  /** A paragraph whose text is Slack's mrkdwn already, values in it escaped. */
  public SlackBlocks mrkdwn(String mrkdwn) {
    mrkdwn(block("section").putObject("text"), mrkdwn);
    return this;
  }

  /**
   * Short texts in two columns.
   *
   * @param mrkdwn each made by {@link SlackText#format}
   */
  public SlackBlocks fields(List<String> mrkdwn) {
    ArrayNode fields = block("section").putArray("fields");
    mrkdwn.forEach(text -> mrkdwn(fields.addObject(), text));
    return this;
  }

  /** A line in small letters. */
  public SlackBlocks context(String mrkdwn, Object... values) {
    mrkdwn(block("context").putArray("elements").addObject(), SlackText.format(mrkdwn, values));
    return this;
  }

  /** A line across. */
  public SlackBlocks divider() {
    block("divider");
    return this;
  }

  /** The blocks so far. */
  public ArrayNode toJson() {
    return blocks.deepCopy();
  }

  private ObjectNode block(String type) {
    return blocks.addObject().put("type", type);
  }

  private static void mrkdwn(ObjectNode text, String mrkdwn) {
    text.put("type", "mrkdwn").put("text", mrkdwn);
  }
}
