package io.caravan.connectorsync.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The products of a WooCommerce shop, by WooCommerce's REST API v3 reference ("List all products",
 * "Pagination", "Authentication over HTTPS") and WordPress's ("Global parameters"): at most 100 a
 * page, {@code Link}, {@code X-WP-Total} and {@code X-WP-TotalPages}; {@code modified_after} leaves
 * the given second out. The real one takes basic authentication over HTTPS only.
 */
final class TestWooCommerce extends TestVendor {
  static final String KEY = "ck_of_the_tests";
  static final String SECRET = "cs_of_the_tests";

  private static final String PAIR =
      "Basic "
          + Base64.getEncoder()
              .encodeToString((KEY + ":" + SECRET).getBytes(StandardCharsets.UTF_8));

  @Override
  ObjectNode shown(long id, String name, Instant changed) {
    ObjectNode product =
        JSON.createObjectNode()
            .put("id", id)
            .put("name", name)
            .put("sku", "SKU-" + id)
            .put("price", "9.90")
            .put("stock_quantity", 5)
            .put(
                "date_modified_gmt",
                LocalDateTime.ofInstant(changed, ZoneOffset.UTC).withNano(0).toString() + ":00")
            // Drawn by lot with every request.
            .put("related_ids", System.nanoTime());
    product.putArray("images").addObject().put("id", id * 1000);
    return product;
  }

  @Override
  Refused tooMany() {
    return new Refused(429, "{\"code\":\"too_many_requests\",\"data\":{\"status\":429}}");
  }

  @Override
  Answer answer(Asked request) {
    if (!request.header("Authorization").equals(PAIR)) {
      throw refused(401, "woocommerce_rest_cannot_view");
    }
    if (!request.path().equals("/wp-json/wc/v3/products")) {
      throw refused(404, "rest_no_route");
    }
    int size = Integer.parseInt(request.query().getOrDefault("per_page", "10"));
    int page = Integer.parseInt(request.query().getOrDefault("page", "1"));
    if (size < 1 || size > 100 || page < 1) {
      throw refused(400, "rest_invalid_param");
    }
    String after = request.parameter("modified_after");
    boolean inUtc = request.parameter("dates_are_gmt").equals("true");
    if (!after.isEmpty() && (!inUtc || !after.matches("[0-9-]{10}T[0-9:]{8}"))) {
      throw refused(400, "rest_invalid_param");
    }
    List<ObjectNode> all =
        after.isEmpty()
            ? since(Instant.MIN)
            : since(LocalDateTime.parse(after).plusSeconds(1).toInstant(ZoneOffset.UTC));
    int from = Math.min(all.size(), (page - 1) * size);
    int to = Math.min(all.size(), from + size);
    Map<String, String> headers = new HashMap<>();
    headers.put("X-WP-Total", String.valueOf(all.size()));
    headers.put("X-WP-TotalPages", String.valueOf(Math.ceilDiv(all.size(), size)));
    if (to < all.size()) {
      headers.put("Link", link(request, page));
    }
    return new Answer(
        200, list(all.subList(from, to).stream().map(one -> only(one, request)).toList()), headers);
  }

  private String link(Asked request, int page) {
    Map<String, String> query = new HashMap<>(request.query());
    query.put("page", String.valueOf(page + 1));
    StringBuilder next = new StringBuilder(url() + request.path() + "?");
    query.forEach(
        (name, value) ->
            next.append(name).append('=').append(value.replace(":", "%3A")).append('&'));
    return "<%s>; rel=\"next\"".formatted(next.substring(0, next.length() - 1));
  }

  private static ObjectNode only(ObjectNode product, Asked request) {
    ObjectNode shown = product.deepCopy();
    return request.parameter("_fields").isEmpty()
        ? shown
        : shown.retain(List.of(request.parameter("_fields").split(",")));
  }

  private static Refused refused(int status, String code) {
    return new Refused(
        status,
        "{\"code\":\"%s\",\"message\":\"refused\",\"data\":{\"status\":%d}}"
            .formatted(code, status));
  }
}
