package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Slack demands of blocks, and the words in which it complains. */
final class SlackRules {
  static final int ATTACHMENTS = 100;
  private static final int BLOCKS = 50;
  private static final int BLOCK_ID = 255;
  private static final int ALL_CHARACTERS = 13_200;
  private static final Set<String> TYPES =
      Set.of("section", "header", "context", "divider", "actions", "image", "markdown");

  private final List<String> problems = new ArrayList<>();

  private SlackRules() {}

  /** One complaint for each rule that is broken, each with a JSON pointer to the place. */
  static List<String> problems(JsonNode blocks) {
    SlackRules rules = new SlackRules();
    rules.atMost(blocks, BLOCKS, "/blocks");
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < blocks.size(); i++) {
      String at = "/blocks/" + i;
      JsonNode block = blocks.get(i);
      rules.block(block, at);
      if (block.has("block_id")) {
        String id = block.get("block_id").asText();
        rules.complainIf(!ids.add(id), "block_id already exists", at + "/block_id");
        rules.length(id, BLOCK_ID, at + "/block_id");
      }
    }
    return rules.problems;
  }

  /** Whether all texts together are longer than Slack was seen to take. */
  static boolean tooLong(JsonNode blocks) {
    return characters(blocks) > ALL_CHARACTERS;
  }

  /** With which HTTP status a webhook says this. */
  static int statusOfWebhook(String error) {
    return switch (error) {
      case "action_prohibited",
          "invalid_token",
          "posting_to_general_channel_denied",
          "team_disabled" ->
          403;
      case "channel_not_found", "no_service", "no_team", "no_active_hooks" -> 404;
      case "is_archived", "channel_is_archived" -> 410;
      case "rollup_error" -> 500;
      default -> 400;
    };
  }

  private void block(JsonNode block, String at) {
    String type = block.path("type").asText();
    complainIf(!TYPES.contains(type), "unsupported type: " + type, at + "/type");
    switch (type) {
      case "section" -> {
        complainIf(
            !block.has("text") && block.path("fields").isEmpty(),
            "missing required field: text",
            at);
        text(block.path("text"), 3_000, at + "/text");
        list(block.path("fields"), 10, 2_000, at + "/fields");
      }
      case "header" -> {
        complainIf(
            !block.path("text").path("type").asText().equals("plain_text"),
            "must be a valid enum value",
            at + "/text/type");
        text(block.path("text"), 150, at + "/text");
      }
      case "context" -> {
        complainIf(block.path("elements").isEmpty(), "no elements", at + "/elements");
        list(block.path("elements"), 10, 3_000, at + "/elements");
      }
      case "actions" -> atMost(block.path("elements"), 25, at + "/elements");
      case "markdown" -> length(block.path("text").asText(), 12_000, at + "/text");
      default -> {
        // Dividers and images hold no text that could be too long.
      }
    }
  }

  private void list(JsonNode texts, int most, int longest, String at) {
    atMost(texts, most, at);
    for (int i = 0; i < texts.size(); i++) {
      text(texts.get(i), longest, at + "/" + i);
    }
  }

  private void text(JsonNode text, int longest, String at) {
    if (text.has("text")) {
      complainIf(
          text.get("text").asText().isEmpty(), "must be more than 0 characters", at + "/text");
      length(text.get("text").asText(), longest, at + "/text");
    }
  }

  private void atMost(JsonNode list, int most, String at) {
    complainIf(list.size() > most, "no more than %d items allowed".formatted(most), at);
  }

  private void length(String text, int longest, String at) {
    complainIf(
        text.length() > longest, "must be less than %d characters".formatted(longest + 1), at);
  }

  private void complainIf(boolean wrong, String message, String at) {
    if (wrong) {
      problems.add("%s [json-pointer:%s]".formatted(message, at));
    }
  }

  private static int characters(JsonNode node) {
    int own = node.path("text").isTextual() ? node.get("text").asText().length() : 0;
    for (JsonNode child : node) {
      own += characters(child);
    }
    return own;
  }
}
