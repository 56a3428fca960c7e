package io.caravan.blue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Green said: nothing that it sends is taken for more than it is. */
record GreenAnswer(int status, JsonNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** It becomes part of an address. */
  private static final Pattern TASK_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");
  private static final int LONGEST_TEXT = 500;
  private static final Set<String> UNDER_WAY = Set.of("queued", "running");
  private static final Set<String> ENDED =
      Set.of(
          SyncEnd.SUCCEEDED, "partial", "failed", "cancelled", "timed_out", "rejected", "skipped");

  static GreenAnswer of(int status, String text) {
    JsonNode body;
    try {
      body = JSON.readTree(text == null ? "" : text);
    } catch (JsonProcessingException e) {
      body = JSON.missingNode();
    }
    return new GreenAnswer(status, body);
  }

  /** The task that it accepted; empty when it did not. */
  Optional<String> taskId() {
    String id = body.path("taskId").asText();
    boolean accepted = status / 100 == 2 && body.path("success").asBoolean(true);
    return accepted && TASK_ID.matcher(id).matches() ? Optional.of(id) : Optional.empty();
  }

  /** Where the task stands; empty when the answer does not say. */
  Optional<String> taskStatus() {
    String word = body.path("status").asText();
    return status == 200 && (UNDER_WAY.contains(word) || ENDED.contains(word))
        ? Optional.of(word)
        : Optional.empty();
  }

  /** How the task ended; empty while it has not. */
  Optional<SyncEnd> end() {
    return taskStatus()
        .filter(ENDED::contains)
        .map(word -> new SyncEnd(word, word.equals(SyncEnd.SUCCEEDED) ? null : why(word)));
  }

  private String why(String word) {
    String told = text(body.path("error"));
    if (told.isEmpty()) {
      told = text(body.path("output").path("reason"));
    }
    String ended = "Green ended the sync as " + word.replace('_', ' ');
    return told.isEmpty() ? ended + "." : ended + ": " + told;
  }

  /** Why it accepted no task, as the end of a sentence about it. */
  String refusal() {
    return "answered "
        + status
        + switch (status) {
          case 401, 403 -> ": its SYNC_SECRET_KEY is not the one that is set here.";
          case 404 -> ": there is no Green at this address.";
          default -> more();
        };
  }

  private String more() {
    if (status / 100 == 3) {
      return ", a redirection, which is not followed: name the address behind it in"
          + " TARGET_API_URL.";
    }
    if (status / 100 == 2) {
      return ", but not with a task to follow.";
    }
    String told = text(body.path("detail"));
    return told.isEmpty() ? "." : ": " + told;
  }

  /** A text, or an object with a message, short and on one line. */
  private static String text(JsonNode node) {
    String text = node.isObject() ? node.path("message").asText() : node.asText("");
    String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
  }
}
