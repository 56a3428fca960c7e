package io.caravan.connectorsync.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The contacts of a HubSpot account, by HubSpot's reference (CRM objects v3, "List"; usage
 * guidelines; error handling): at most 100 a page, the next one by {@code paging.next.after}, 100
 * requests in ten seconds, private apps by bearer token.
 */
final class TestHubSpot extends TestVendor {
  static final String TOKEN = "pat-eu1-of-the-tests";

  @Override
  ObjectNode shown(long id, String name, Instant changed) {
    ObjectNode contact =
        JSON.createObjectNode()
            .put("id", String.valueOf(id))
            .put("createdAt", LONG_AGO.toString())
            .put("updatedAt", changed.toString())
            .put("archived", false);
    contact
        .putObject("properties")
        .put("firstname", name)
        .put("email", "contact-%d@example.com".formatted(id))
        .put("hs_object_id", String.valueOf(id));
    return contact;
  }

  @Override
  Refused tooMany() {
    return new Refused(
        429,
        """
        {"status":"error","message":"You have reached your ten_secondly_rolling limit.",
         "errorType":"RATE_LIMIT","policyName":"TEN_SECONDLY_ROLLING"}
        """);
  }

  @Override
  Answer answer(Asked request) {
    if (!request.header("Authorization").equals("Bearer " + TOKEN)) {
      throw new Refused(
          401,
          "{\"status\":\"error\",\"message\":\"Authentication credentials not"
              + " found.\",\"category\":\"INVALID_AUTHENTICATION\"}");
    }
    pace(100, Duration.ofSeconds(10));
    if (!request.path().equals("/crm/v3/objects/contacts")) {
      throw error("Unable to infer object type from: " + request.path());
    }
    int limit = Integer.parseInt(request.parameter("limit"));
    if (limit < 1 || limit > 100) {
      throw error("Request limit cannot exceed 100.");
    }
    List<ObjectNode> all = since(Instant.MIN);
    String after = request.parameter("after");
    List<ObjectNode> page =
        all.stream()
            .filter(one -> after.isEmpty() || one.get("id").asLong() > Long.parseLong(after))
            .limit(limit)
            .toList();
    ObjectNode body = JSON.createObjectNode();
    body.set("results", list(page.stream().map(one -> only(one, request)).toList()));
    if (!page.isEmpty() && !page.getLast().equals(all.getLast())) {
      String last = page.getLast().get("id").asText();
      body.putObject("paging")
          .putObject("next")
          .put("after", last)
          .put("link", url() + request.path() + "?after=" + last);
    }
    return new Answer(200, body);
  }

  /** Properties that were not asked for are left out; those of HubSpot's own always come. */
  private static ObjectNode only(ObjectNode contact, Asked request) {
    if (request.parameter("properties").isEmpty()) {
      return contact;
    }
    ObjectNode shown = contact.deepCopy();
    shown
        .withObject("/properties")
        .retain(List.of((request.parameter("properties") + ",hs_object_id").split(",")));
    return shown;
  }

  private static Refused error(String message) {
    return new Refused(
        400,
        "{\"status\":\"error\",\"message\":\"%s\",\"category\":\"VALIDATION_ERROR\"}"
            .formatted(message));
  }
}
