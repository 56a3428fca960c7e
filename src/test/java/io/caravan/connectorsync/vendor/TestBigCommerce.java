package io.caravan.connectorsync.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The products of a BigCommerce store, by BigCommerce's reference ("Get All Products", "Filtering",
 * "API Rate Limits"): at most 250 a page by number, {@code date_modified:min}, sub-resources only
 * where {@code include} names them, 150 requests in 30 seconds.
 */
final class TestBigCommerce extends TestVendor {
  static final String TOKEN = "token-of-the-store";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);
  private static final Set<String> SUB_RESOURCES =
      Set.of("variants", "images", "custom_fields", "bulk_pricing_rules", "primary_image");
  private static final Set<String> ORDERS =
      Set.of("id", "name", "sku", "price", "date_modified", "date_last_imported");

  @Override
  ObjectNode shown(long id, String name, Instant changed) {
    ObjectNode product =
        JSON.createObjectNode()
            .put("id", id)
            .put("name", name)
            .put("sku", "SKU-" + id)
            .put("price", 9.9)
            .put("inventory_level", 5)
            .put("date_modified", TIME.format(changed));
    product.putArray("variants").addObject().put("id", id * 100);
    product.putArray("images").addObject().put("id", id * 1000);
    return product;
  }

  @Override
  Refused tooMany() {
    return new Refused(
        429,
        "{\"status\":429,\"title\":\"You have exceeded the rate limit\"}",
        Map.of("X-Rate-Limit-Time-Reset-Ms", "1000"));
  }

  @Override
  Answer answer(Asked request) {
    if (!request.header("X-Auth-Token").equals(TOKEN)) {
      throw refused(401, "Unauthorized");
    }
    pace(150, Duration.ofSeconds(30));
    if (!request.path().equals("/stores/tpn1dt6/v3/catalog/products")) {
      throw refused(404, "The route is not found, check the URL");
    }
    int limit = Integer.parseInt(request.parameter("limit"));
    int page = Integer.parseInt(request.parameter("page"));
    List<String> include =
        request.parameter("include").isEmpty()
            ? List.of()
            : List.of(request.parameter("include").split(","));
    if (limit < 1
        || limit > 250
        || page < 1
        || !SUB_RESOURCES.containsAll(include)
        || !ORDERS.contains(request.query().getOrDefault("sort", "id"))) {
      throw refused(422, "Invalid query parameter(s)");
    }
    String since = request.parameter("date_modified:min");
    List<ObjectNode> all =
        since(since.isEmpty() ? Instant.MIN : OffsetDateTime.parse(since).toInstant());
    int from = Math.min(all.size(), (page - 1) * limit);
    int to = Math.min(all.size(), from + limit);
    ObjectNode body = JSON.createObjectNode();
    body.set(
        "data",
        list(all.subList(from, to).stream().map(one -> shown(one, include, request)).toList()));
    body.putObject("meta")
        .putObject("pagination")
        .put("total", all.size())
        .put("count", to - from)
        .put("per_page", limit)
        .put("current_page", page)
        .put("total_pages", Math.ceilDiv(all.size(), limit));
    return new Answer(200, body);
  }

  private static ObjectNode shown(ObjectNode product, List<String> include, Asked request) {
    ObjectNode shown = product.deepCopy();
    SUB_RESOURCES.stream().filter(one -> !include.contains(one)).forEach(shown::remove);
    return shown.remove(List.of(request.parameter("exclude_fields").split(",")));
  }

  private static Refused refused(int status, String title) {
    return new Refused(status, "{\"status\":%d,\"title\":\"%s\"}".formatted(status, title));
  }
}
