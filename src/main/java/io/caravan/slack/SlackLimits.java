package io.caravan.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings blocks within what Slack takes, so that it never refuses a message for its size. What can
 * be split is split, what cannot is cut with an ellipsis, and what is left out altogether is
 * counted in a last line.
 */
final class SlackLimits {
  static final int TEXT = 40_000;
  private static final int BLOCKS = 50;
  private static final int SECTION = 3_000;
  private static final int FIELDS = 10;
  private static final int FIELD = 2_000;
  private static final int HEADER = 150;
  private static final int CONTEXT = 10;
  private static final int ACTIONS = 25;
  private static final int BUTTON = 75;
  private static final int BLOCK_ID = 255;
  private static final int MARKDOWN = 12_000;

  /** Undocumented: messages were refused from about 13 200 characters in all their blocks. */
  private static final int CHARACTERS = 13_000;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SlackLimits() {}

  /** The blocks, fitted; the given ones are not altered. */
  static ArrayNode fit(JsonNode blocks) {
    List<ObjectNode> parts = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode block : blocks) {
      ObjectNode copy = block.deepCopy();
      String id = copy.path("block_id").asText();
      if (id.length() > BLOCK_ID || !ids.add(id)) {
        copy.remove("block_id");
      }
      parts.addAll(fitted(copy));
    }
    return withinTheWhole(parts);
  }

  private static ArrayNode withinTheWhole(List<ObjectNode> parts) {
    ArrayNode result = JSON.arrayNode();
    int characters = 0;
    for (ObjectNode part : parts) {
      characters += characters(part);
      boolean last = result.size() + 1 == parts.size();
      if (characters > CHARACTERS || (!last && result.size() + 1 == BLOCKS)) {
        return result.add(leftOut(parts.size() - result.size()));
      }
      result.add(part);
    }
    return result;
  }

  private static ObjectNode leftOut(int count) {
    ObjectNode notice = JSON.objectNode().put("type", "context");
    notice
        .putArray("elements")
        .add(text("_%d more parts of this message do not fit into Slack._".formatted(count)));
    return notice;
  }

  private static List<ObjectNode> fitted(ObjectNode block) {
    return switch (block.path("type").asText()) {
      case "section" -> section(block);
      case "header" -> cut(block, HEADER);
      case "markdown" -> List.of(block.put("text", SlackText.cut(words(block), MARKDOWN)));
      case "context" -> chunks(block, "elements", CONTEXT, FIELD);
      case "actions" -> chunks(block, "elements", ACTIONS, BUTTON);
      default -> List.of(block);
    };
  }

  private static List<ObjectNode> section(ObjectNode block) {
    List<ObjectNode> result = new ArrayList<>();
    List<String> pieces = SlackText.split(words(block.path("text")), SECTION);
    for (int piece = 0; piece < pieces.size(); piece++) {
      ObjectNode part = piece == 0 ? block.deepCopy() : JSON.objectNode().put("type", "section");
      part.remove("fields");
      part.set("text", block.path("text").<ObjectNode>deepCopy().put("text", pieces.get(piece)));
      result.add(part);
    }
    if (block.path("fields").isEmpty()) {
      return result;
    }
    List<ObjectNode> fields = chunks(block, "fields", FIELDS, FIELD);
    fields.forEach(part -> part.remove("text"));
    if (!result.isEmpty()) {
      result.getLast().set("fields", fields.removeFirst().get("fields"));
    }
    result.addAll(fields);
    return result;
  }

  private static List<ObjectNode> cut(ObjectNode block, int longest) {
    shorten(block, longest);
    return words(block.path("text")).isBlank() ? List.of() : List.of(block);
  }

  private static List<ObjectNode> chunks(ObjectNode block, String list, int most, int longest) {
    List<ObjectNode> result = new ArrayList<>();
    for (JsonNode element : block.path(list)) {
      if (result.isEmpty() || result.getLast().get(list).size() == most) {
        ObjectNode part = block.deepCopy();
        part.putArray(list);
        if (!result.isEmpty()) {
          part.remove(List.of("block_id", "accessory"));
        }
        result.add(part);
      }
      ObjectNode copy = element.deepCopy();
      shorten(copy, longest);
      ((ArrayNode) result.getLast().get(list)).add(copy);
    }
    return result;
  }

  /** Text stands in {@code text} itself, or in the {@code text} of an object of that name. */
  private static void shorten(ObjectNode holder, int longest) {
    if (holder.path("text").isObject()) {
      shorten((ObjectNode) holder.get("text"), longest);
    } else if (holder.path("text").isTextual()) {
      holder.put("text", SlackText.cut(words(holder), longest));
    }
  }

  private static String words(JsonNode holder) {
    return holder.path("text").asText();
  }

  private static ObjectNode text(String mrkdwn) {
    return JSON.objectNode().put("type", "mrkdwn").put("text", mrkdwn);
  }

  private static int characters(JsonNode node) {
    int own = node.path("text").isTextual() ? words(node).length() : 0;
    for (JsonNode child : node) {
      own += characters(child);
    }
    return own;
  }
}
