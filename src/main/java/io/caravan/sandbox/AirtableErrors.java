package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Airtable's ways to say no, in the three shapes it says it in. */
final class AirtableErrors {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AirtableErrors() {}

  static Refusal of(int status, String type, String message) {
    return new Refusal(status, body(type, message), message);
  }

  static Refusal unprocessable(String type, String message) {
    return of(422, type, message);
  }

  /** A path with something that is no id; the body's error is a bare string. */
  static Refusal notFound() {
    ObjectNode body = JSON.objectNode().put("error", "NOT_FOUND");
    return new Refusal(404, body, "NOT_FOUND");
  }

  static Refusal noSuchRecord() {
    return of(404, "MODEL_ID_NOT_FOUND", "Record not found");
  }

  /** Airtable does not say which of the two it is. */
  static Refusal notGrantedOrUnknown() {
    return of(
        403,
        "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
        "Invalid permissions, or the requested model was not found. Check that both your user and"
            + " your token have the required permissions, and that the model names and/or ids are"
            + " correct.");
  }

  static Refusal notPermitted() {
    return of(403, "INVALID_PERMISSIONS", "You are not permitted to perform this operation");
  }

  static Refusal authenticationRequired() {
    return of(401, "AUTHENTICATION_REQUIRED", "Authentication required");
  }

  static Refusal invalidToken() {
    return of(401, "UNAUTHORIZED", "Invalid authentication token");
  }

  static Refusal tooManyRequests() {
    return new Refusal(StandInAnswer.TOO_MANY_REQUESTS, rateLimit(), "RATE_LIMIT_REACHED");
  }

  /** The month's calls are used up; waiting does not help. */
  static Refusal billingLimit() {
    return of(
        StandInAnswer.TOO_MANY_REQUESTS,
        "PUBLIC_API_BILLING_LIMIT_EXCEEDED",
        "The API billing plan limit has been exceeded");
  }

  static Refusal unreadableBody() {
    return unprocessable("INVALID_REQUEST_BODY", "Could not parse request body");
  }

  static Refusal invalidParameters() {
    return unprocessable(
        "INVALID_REQUEST_UNKNOWN",
        "Invalid request: parameter validation failed. Check your request data.");
  }

  static Refusal unknownField(String name) {
    return unprocessable("UNKNOWN_FIELD_NAME", "Unknown field name: \"" + name + "\"");
  }

  static Refusal invalidValue(String field) {
    return invalidColumnValue("Field \"%s\" cannot accept the provided value".formatted(field));
  }

  static Refusal invalidColumnValue(String message) {
    return unprocessable("INVALID_VALUE_FOR_COLUMN", message);
  }

  static Refusal noSuchRow(String id) {
    return unprocessable("ROW_DOES_NOT_EXIST", "Record ID " + id + " does not exist in this table");
  }

  static Refusal invalidFormula(String reason) {
    return unprocessable(
        "INVALID_FILTER_BY_FORMULA", "The formula for filtering records is invalid: " + reason);
  }

  /** The body that stands for a status when a fault answers instead of the stand-in. */
  static JsonNode ofStatus(int status) {
    return switch (status) {
      case StandInAnswer.TOO_MANY_REQUESTS -> rateLimit();
      case 503 ->
          body(
              "SERVICE_UNAVAILABLE",
              "The server could not process your request in time. The server could be temporarily"
                  + " unavailable, or it could have timed out.");
      default -> body("SERVER_ERROR", "Try again. If the problem persists, contact support.");
    };
  }

  /** Unlike all others: {@code errors}, and in it {@code error} is the type. */
  private static JsonNode rateLimit() {
    ObjectNode body = JSON.objectNode();
    body.putArray("errors")
        .addObject()
        .put("error", "RATE_LIMIT_REACHED")
        .put("message", "Rate limit exceeded. Please try again later");
    return body;
  }

  private static JsonNode body(String type, String message) {
    ObjectNode body = JSON.objectNode();
    body.putObject("error").put("type", type).put("message", message);
    return body;
  }
}
