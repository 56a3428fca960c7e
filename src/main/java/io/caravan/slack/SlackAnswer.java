package io.caravan.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What Slack answered, and what that means for the message.
 *
 * @param status of HTTP
 * @param retryAfter the header of that name; null when absent
 * @param body null when empty
 */
public record SlackAnswer(int status, String retryAfter, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CODE = Pattern.compile("[a-z_]{2,60}");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,5}");
  private static final Duration WAIT_WHEN_NOT_SAID = Duration.ofSeconds(30);
  private static final int TOO_MANY = 429;
  private static final int LONGEST_DETAILS = 500;
  private static final Set<String> PASSING =
      Set.of("fatal_error", "internal_error", "service_unavailable", "request_timeout");
  private static final Set<String> LIMITED = Set.of("ratelimited", "rate_limited");
  private static final Set<String> ABOUT_BLOCKS =
      Set.of("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long");
  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry(
              "channel_not_found", "Set another channel, or invite the app if it is private."),
          Map.entry("not_in_channel", "Invite the app to the channel."),
          Map.entry("is_archived", "Set another channel; this one is archived."),
          Map.entry("channel_is_archived", "Set another channel; this one is archived."),
          Map.entry("no_service", "The webhook is gone; make a new one and set its URL."),
          Map.entry("no_active_hooks", "The webhook is switched off; make a new one."),
          Map.entry("invalid_token", "The webhook's URL is wrong or revoked; set a new one."),
          Map.entry("invalid_auth", "The bot's token is wrong; set a new one."),
          Map.entry("token_revoked", "The bot's token was revoked; set a new one."),
          Map.entry("token_expired", "The bot's token expired; set a new one."),
          Map.entry("account_inactive", "The bot was removed; install the app and set its token."),
          Map.entry("missing_scope", "Give the app the scope chat:write and install it again."),
          Map.entry(
              "restricted_action", "Ask the workspace's administrators to let the app post."));

  /**
   * @param webhook whether a webhook was asked, or the Web API
   * @param hadBlocks whether the message can be sent without its blocks
   */
  public SlackOutcome outcome(boolean webhook, boolean hadBlocks) {
    if (status == TOO_MANY) {
      return SlackOutcome.quiet(toWait());
    }
    if (status >= 500) {
      return SlackOutcome.later("Slack answered HTTP %d.".formatted(status));
    }
    return webhook ? ofWebhook(hadBlocks) : ofApi(hadBlocks);
  }

  private Duration toWait() {
    return retryAfter != null && SECONDS.matcher(retryAfter.strip()).matches()
        ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
        : WAIT_WHEN_NOT_SAID;
  }

  private SlackOutcome ofWebhook(boolean hadBlocks) {
    String text = body == null ? "" : body.strip();
    if (status == 200 && text.equals("ok")) {
      return SlackOutcome.sent(null);
    }
    return refused(text, "", hadBlocks);
  }

  private SlackOutcome ofApi(boolean hadBlocks) {
    JsonNode answer = json();
    if (status != 200 || !answer.isObject()) {
      return refused("", "", hadBlocks);
    }
    if (answer.path("ok").asBoolean()) {
      return SlackOutcome.sent(answer.path("ts").asText(null));
    }
    return refused(answer.path("error").asText(), details(answer), hadBlocks);
  }

  private JsonNode json() {
    try {
      return JSON.readTree(body == null ? "" : body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  /** Which part of the message Slack did not like, and why. */
  private static String details(JsonNode answer) {
    String details =
        StreamSupport.stream(answer.path("response_metadata").path("messages").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining("; "));
    return details.isEmpty() ? "" : " " + SlackText.cut(details, LONGEST_DETAILS);
  }

  private SlackOutcome refused(String code, String details, boolean hadBlocks) {
    if (!CODE.matcher(code).matches()) {
      // Whatever it is, it did not come from Slack, and what it says may be anything.
      return SlackOutcome.failed(
          "The answer (HTTP %d) is none of Slack's; check the address.".formatted(status));
    }
    if (LIMITED.contains(code)) {
      return SlackOutcome.quiet(toWait());
    }
    String error = "Slack refused the message (%s).%s".formatted(code, details);
    if (PASSING.contains(code)) {
      return SlackOutcome.later(error);
    }
    if (hadBlocks && ABOUT_BLOCKS.contains(code)) {
      return SlackOutcome.withoutBlocks(error);
    }
    return SlackOutcome.failed(ADVICE.containsKey(code) ? error + " " + ADVICE.get(code) : error);
  }
}
