package io.caravan.connectorsync.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The products of a Shopify shop, by Shopify's REST Admin API reference ("Product",
 * "InventoryLevel", "Make paginated requests", "REST Admin API rate limits"): at most 250 a page,
 * the next one in the header {@code Link}, whose {@code page_info} goes with {@code limit} and
 * {@code fields} alone; a bucket of 40 requests that empties by 2 a second; {@code Retry-After}
 * with a decimal point.
 */
final class TestShopify extends TestVendor {
  static final String TOKEN = "shpat_of_the_tests";

  private static final String API = "/admin/api/2026-07/";
  private static final Set<String> WITH_PAGE_INFO = Set.of("page_info", "limit", "fields");

  @Override
  ObjectNode shown(long id, String name, Instant changed) {
    ObjectNode product =
        JSON.createObjectNode()
            .put("id", id)
            .put("title", name)
            .put("vendor", "Acme")
            .put("status", "active")
            .put("updated_at", changed.atOffset(ZoneOffset.ofHours(-5)).toString());
    product.putArray("variants").addObject().put("id", id * 100).put("price", "9.90");
    product.putArray("images").addObject().put("id", id * 1000);
    return product;
  }

  @Override
  Refused tooMany() {
    return new Refused(
        429,
        "{\"errors\":\"Exceeded 2 calls per second for api client. Reduce request rates to resume"
            + " uninterrupted service.\"}",
        Map.of("Retry-After", "1.0"));
  }

  @Override
  Answer answer(Asked request) {
    if (!request.header("X-Shopify-Access-Token").equals(TOKEN)) {
      throw new Refused(
          401,
          "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong"
              + " password)\"}");
    }
    // Stricter than the bucket, whose 40 would hide that nobody keeps to 2 a second.
    pace(2, Duration.ofSeconds(1));
    return switch (request.path().replace(API, "")) {
      case "products.json" -> products(request);
      case "inventory_levels.json" -> inventory(request);
      default -> throw new Refused(404, "{\"errors\":\"Not Found\"}");
    };
  }

  private Answer products(Asked request) {
    int limit = limit(request);
    String info = request.parameter("page_info");
    if (!info.isEmpty() && !WITH_PAGE_INFO.containsAll(request.query().keySet())) {
      throw new Refused(400, "{\"errors\":{\"page_info\":\"Invalid value.\"}}");
    }
    // What is asked for on the first page holds for the others.
    String since =
        info.isEmpty() ? request.parameter("updated_at_min") : info.replaceFirst("~.*", "");
    int from = info.isEmpty() ? 0 : Integer.parseInt(info.replaceFirst(".*~", ""));
    List<ObjectNode> all =
        since(since.isEmpty() ? Instant.MIN : OffsetDateTime.parse(since).toInstant());
    int to = Math.min(all.size(), from + limit);
    ObjectNode body = JSON.createObjectNode();
    body.set(
        "products", list(all.subList(from, to).stream().map(one -> only(one, request)).toList()));
    return new Answer(
        200,
        body,
        to == all.size()
            ? Map.of()
            : Map.of(
                "Link",
                "<%s%s?limit=%d&fields=%s&page_info=%s~%d>; rel=\"next\""
                    .formatted(
                        url(),
                        request.path(),
                        limit,
                        request.parameter("fields").replace(",", "%2C"),
                        since.replace("+", "%2B"),
                        to)));
  }

  private Answer inventory(Asked request) {
    limit(request);
    if (request.parameter("location_ids").isEmpty()
        && request.parameter("inventory_item_ids").isEmpty()) {
      throw new Refused(422, "{\"errors\":\"location_ids or inventory_item_ids is required\"}");
    }
    ObjectNode body = JSON.createObjectNode();
    body.putArray("inventory_levels")
        .addObject()
        .put("inventory_item_id", 7)
        .put("location_id", Long.parseLong(request.parameter("location_ids")))
        .put("available", 3);
    return new Answer(200, body);
  }

  private static int limit(Asked request) {
    int limit = Integer.parseInt(request.parameter("limit"));
    if (limit < 1 || limit > 250) {
      throw new Refused(400, "{\"errors\":{\"limit\":\"must be between 1 and 250\"}}");
    }
    return limit;
  }

  private static ObjectNode only(ObjectNode product, Asked request) {
    ObjectNode shown = product.deepCopy();
    return request.parameter("fields").isEmpty()
        ? shown
        : shown.retain(List.of(request.parameter("fields").split(",")));
  }
}
