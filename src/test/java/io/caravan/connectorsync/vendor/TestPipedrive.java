package io.caravan.connectorsync.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The deals of a Pipedrive company, by Pipedrive's API v2 reference ("Get all deals", pagination,
 * rate limiting): at most 500 a page, an opaque cursor in {@code additional_data.next_cursor},
 * {@code updated_since} in RFC 3339, 20 requests in two seconds, the token in {@code x-api-token}.
 */
final class TestPipedrive extends TestVendor {
  static final String TOKEN = "0123456789abcdef-of-the-tests";

  private static final Set<String> ORDERS = Set.of("id", "add_time", "update_time");

  @Override
  ObjectNode shown(long id, String name, Instant changed) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("title", name)
        .put("value", id * 10)
        .put("currency", "EUR")
        .put("status", "open")
        .put("add_time", LONG_AGO.toString())
        .put("update_time", changed.toString());
  }

  @Override
  Refused tooMany() {
    return new Refused(429, "{\"success\":false,\"error\":\"request over limit\"}");
  }

  @Override
  Answer answer(Asked request) {
    if (!request.header("x-api-token").equals(TOKEN)) {
      throw new Refused(401, "{\"success\":false,\"error\":\"unauthorized access\"}");
    }
    pace(20, Duration.ofSeconds(2));
    if (!request.path().equals("/api/v2/deals")) {
      throw new Refused(404, "{\"success\":false,\"error\":\"Unknown method.\"}");
    }
    int limit = Integer.parseInt(request.parameter("limit"));
    String order = request.query().getOrDefault("sort_by", "id");
    String since = request.parameter("updated_since");
    if (limit < 1 || limit > 500 || !ORDERS.contains(order)) {
      throw invalid();
    }
    if (!since.isEmpty() && !since.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")) {
      throw invalid();
    }
    List<ObjectNode> all =
        since(since.isEmpty() ? Instant.MIN : Instant.parse(since)).stream()
            .sorted(Comparator.comparing((ObjectNode one) -> text(one, order)))
            .toList();
    int from = request.parameter("cursor").isEmpty() ? 0 : place(request.parameter("cursor"));
    int to = Math.min(all.size(), from + limit);
    ObjectNode body = JSON.createObjectNode().put("success", true);
    body.set("data", list(all.subList(from, to)));
    body.putObject("additional_data").put("next_cursor", to < all.size() ? cursor(to) : null);
    return new Answer(200, body);
  }

  private static String text(ObjectNode deal, String order) {
    return order.equals("id") ? "%9d".formatted(deal.get("id").asLong()) : deal.get(order).asText();
  }

  private static String cursor(int place) {
    return Base64.getEncoder()
        .encodeToString("{\"at\":%d}".formatted(place).getBytes(StandardCharsets.UTF_8));
  }

  private static int place(String cursor) {
    return tree(new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8))
        .get("at")
        .asInt();
  }

  private static Refused invalid() {
    return new Refused(
        400, "{\"success\":false,\"error\":\"Request validation failed\",\"code\":\"ERR_SCHEMA\"}");
  }
}
