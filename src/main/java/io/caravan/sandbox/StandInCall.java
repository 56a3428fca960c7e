package io.caravan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A request as both stand-ins read it.
 *
 * @param path its segments, still encoded, without empty ones: airtable.js puts a slash at the end
 * @param query all values of each parameter, decoded, in the order of the URL
 * @param body as text; Google's client sends it gzipped
 */
record StandInCall(
    String method,
    List<String> path,
    Map<String, List<String>> query,
    Optional<String> authorization,
    int urlLength,
    String body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_BODY = 32 * 1024 * 1024;

  /**
   * Reads the whole request.
   *
   * @throws IOException also when the body is longer than any vendor takes
   */
  static StandInCall read(HttpExchange exchange) throws IOException {
    String raw = exchange.getRequestURI().getRawPath();
    return new StandInCall(
        exchange.getRequestMethod(),
        Arrays.stream(raw.split("/")).filter(part -> !part.isEmpty()).toList(),
        parameters(exchange.getRequestURI().getRawQuery()),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
        exchange.getRequestURI().toString().length(),
        body(exchange));
  }

  private static String body(HttpExchange exchange) throws IOException {
    boolean zipped =
        "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream plain = exchange.getRequestBody();
        InputStream body = zipped ? new GZIPInputStream(plain) : plain) {
      byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
      if (bytes.length > LONGEST_BODY) {
        throw new IOException("The body is too long.");
      }
      return new String(bytes, UTF_8);
    }
  }

  private static Map<String, List<String>> parameters(String encoded) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (encoded != null && !encoded.isEmpty()) {
      for (String pair : encoded.split("&")) {
        String[] parts = pair.split("=", 2);
        parameters
            .computeIfAbsent(decoded(parts[0]), unseen -> new ArrayList<>())
            .add(parts.length == 1 ? "" : decoded(parts[1]));
      }
    }
    return parameters;
  }

  /** The text behind percent signs; a plus in a query is a space. */
  static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  /** A segment of the path, decoded; there a plus is a plus. */
  String segment(int index) {
    return decoded(path.get(index).replace("+", "%2B"));
  }

  /** The first value of a parameter. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(List::getFirst);
  }

  /** All values of a parameter, none when it is absent. */
  List<String> parameters(List<String> names) {
    return names.stream().flatMap(name -> query.getOrDefault(name, List.of()).stream()).toList();
  }

  /** The bearer token, empty when there is none. */
  Optional<String> token() {
    return authorization
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).trim());
  }

  /** The body as a form. */
  Map<String, List<String>> form() {
    return parameters(body);
  }

  /**
   * The body as JSON.
   *
   * @return empty when it is none
   */
  Optional<JsonNode> json() {
    try {
      JsonNode read = JSON.readTree(body);
      return read.isMissingNode() ? Optional.empty() : Optional.of(read);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
