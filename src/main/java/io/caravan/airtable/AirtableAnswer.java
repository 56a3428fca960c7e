package io.caravan.airtable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.util.regex.Pattern;

/** What an answer means (Airtable, Web API: errors and rate limits). */
final class AirtableAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_MESSAGE = 300;

  /** Where Airtable repeats a customer's value: {@code Cannot parse date value "…" for field X}. */
  private static final Pattern VALUE = Pattern.compile("(option|value) \"+[^\"]*\"+");

  private AirtableAnswer() {}

  /**
   * @param ban how long Airtable refuses everybody after too many requests
   * @return the body of an answer that succeeded
   * @throws AirtableError what was refused and why
   * @throws Failure of kind transient when the answer is no JSON
   */
  static JsonNode read(AirtableCall call, int status, String body, Duration ban) {
    JsonNode json = parsed(body);
    if (status >= 200 && status < 300) {
      if (json == null) {
        throw new Failure(
            FailureKind.TRANSIENT,
            "%s answered something that is no JSON.".formatted(call.place()));
      }
      return json;
    }
    throw error(call, status, json, ban);
  }

  /** Nothing was done, so that anything may be asked again at once, with another token. */
  static AirtableError staleToken() {
    return new AirtableError(
        FailureKind.TRANSIENT,
        401,
        "UNAUTHORIZED",
        "Airtable does not take the token any more; it is refreshed.",
        Duration.ZERO);
  }

  private static JsonNode parsed(String body) {
    try {
      JsonNode json = body == null || body.isBlank() ? null : JSON.readTree(body);
      return json == null || json.isMissingNode() ? null : json;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Errors come as {@code error.type} and message, as a bare word, or as a list. */
  private static AirtableError error(AirtableCall call, int status, JsonNode body, Duration ban) {
    JsonNode error =
        body == null ? null : body.has("errors") ? body.at("/errors/0") : body.get("error");
    String type = "";
    String message = "";
    if (error != null && error.isTextual()) {
      type = error.asText();
    } else if (error != null) {
      type = error.path("type").asText(error.path("error").asText(""));
      message = error.path("message").asText("");
    }
    String said =
        message.isBlank() ? type : type + ": " + VALUE.matcher(message).replaceAll("$1 …");
    String reason =
        said.isBlank()
            ? "HTTP status " + status
            : said.substring(0, Math.min(said.length(), LONGEST_MESSAGE));
    return switch (status) {
      case 401 ->
          new AirtableError(
              FailureKind.AUTHORISATION,
              status,
              type,
              "Airtable does not take the token; connect the account again.",
              null);
      case 403 ->
          new AirtableError(
              FailureKind.AUTHORISATION,
              status,
              type,
              "%s or what was asked of it is not there, or the token may not use it (%s); check the ids and what the token was given."
                  .formatted(call.place(), reason),
              null);
      case 404 ->
          new AirtableError(
              FailureKind.CONFIGURATION,
              status,
              type,
              "%s has no such table, view or record (%s); check the ids."
                  .formatted(call.place(), reason),
              null);
      case 429 ->
          type.contains("BILLING")
              ? new AirtableError(
                  FailureKind.CONFIGURATION,
                  status,
                  type,
                  "Airtable's monthly number of calls is used up; upgrade its plan or wait for the"
                      + " next month.",
                  null)
              : new AirtableError(
                  FailureKind.TRANSIENT,
                  status,
                  type,
                  "%s had too many requests; it is left alone for %d s."
                      .formatted(call.place(), ban.toSeconds()),
                  ban);
      case 408, 500, 502, 503, 504 ->
          new AirtableError(
              FailureKind.TRANSIENT,
              status,
              type,
              "%s did not answer as it should (HTTP status %d).".formatted(call.place(), status),
              null);
      default ->
          new AirtableError(
              FailureKind.DATA,
              status,
              type,
              "%s refused: %s".formatted(call.place(), reason),
              null);
    };
  }
}
