package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Google's ways to say no. */
final class SheetsErrors {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo";

  private SheetsErrors() {}

  static Refusal invalid(String message) {
    return of(400, "INVALID_ARGUMENT", message);
  }

  static Refusal unparsableRange(String range) {
    return invalid("Unable to parse range: " + range);
  }

  static Refusal exceedsGrid(String range, SheetsGrid grid) {
    return invalid(
        "Range (%s) exceeds grid limits. Max rows: %d, max columns: %d"
            .formatted(range, grid.rowCount(), grid.columnCount()));
  }

  /** A name that the API does not know, as the JSON layer before it says. */
  static Refusal unknownName(String name, String where) {
    String description =
        "Invalid JSON payload received. Unknown name \"%s\" at '%s': Cannot find field."
            .formatted(name, where);
    ObjectNode body = body(400, "INVALID_ARGUMENT", description);
    ObjectNode detail =
        ((ObjectNode) body.get("error"))
            .putArray("details")
            .addObject()
            .put("@type", "type.googleapis.com/google.rpc.BadRequest");
    detail
        .putArray("fieldViolations")
        .addObject()
        .put("field", where)
        .put("description", description);
    return new Refusal(400, body, description);
  }

  static Refusal notFound() {
    return of(404, "NOT_FOUND", "Requested entity was not found.");
  }

  static Refusal notPermitted() {
    return of(403, "PERMISSION_DENIED", "The caller does not have permission");
  }

  static Refusal insufficientScope() {
    ObjectNode body =
        body(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.");
    info(body, "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
    return new Refusal(403, body, "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
  }

  static Refusal unauthenticated() {
    return new Refusal(401, ofStatus(401), "UNAUTHENTICATED");
  }

  /**
   * A used-up quota.
   *
   * @param kind {@code Read} or {@code Write}
   * @param per {@code user} or {@code project}
   */
  static Refusal quotaExceeded(String kind, String per, int most) {
    return new Refusal(
        StandInAnswer.TOO_MANY_REQUESTS, quota(kind, per, most), "RESOURCE_EXHAUSTED");
  }

  /** The body that stands for a status when a fault answers instead of the stand-in. */
  static JsonNode ofStatus(int status) {
    return switch (status) {
      case 401 ->
          body(
              401,
              "UNAUTHENTICATED",
              "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
                  + " cookie or other valid authentication credential. See"
                  + " https://developers.google.com/identity/sign-in/web/devconsole-project.");
      case StandInAnswer.TOO_MANY_REQUESTS -> quota("Read", "user", 60);
      case 503 -> body(503, "UNAVAILABLE", "The service is currently unavailable.");
      default -> body(status, "INTERNAL", "Internal error encountered.");
    };
  }

  private static JsonNode quota(String kind, String per, int most) {
    ObjectNode body =
        body(
            429,
            "RESOURCE_EXHAUSTED",
            ("Quota exceeded for quota metric '%1$s requests' and limit '%1$s requests per minute"
                    + " per %2$s' of service 'sheets.googleapis.com' for consumer"
                    + " 'project_number:100000000001'.")
                .formatted(kind, per));
    info(body, "RATE_LIMIT_EXCEEDED")
        .put("service", "sheets.googleapis.com")
        .put("quota_metric", "sheets.googleapis.com/" + kind.toLowerCase() + "_requests")
        .put("quota_limit", "%sRequestsPerMinutePer%s".formatted(kind, capital(per)))
        .put("quota_limit_value", String.valueOf(most))
        .put("consumer", "projects/100000000001");
    return body;
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static ObjectNode info(ObjectNode body, String reason) {
    return ((ObjectNode) body.get("error"))
        .putArray("details")
        .addObject()
        .put("@type", ERROR_INFO)
        .put("reason", reason)
        .put("domain", "googleapis.com")
        .putObject("metadata");
  }

  private static Refusal of(int status, String name, String message) {
    return new Refusal(status, body(status, name, message), message);
  }

  private static ObjectNode body(int status, String name, String message) {
    ObjectNode body = JSON.objectNode();
    body.putObject("error").put("code", status).put("message", message).put("status", name);
    return body;
  }
}
