package io.caravan.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * One request.
 *
 * @param connection whose token is sent
 * @param base the base whose limit counts
 * @param path below {@code /v0}, each part as it is, not yet encoded
 * @param parameters of the query
 * @param body null for none
 * @param repeatable whether asking twice does no more than asking once, so that a lost answer is
 *     asked for again
 */
public record AirtableCall(
    UUID connection,
    String base,
    String method,
    List<String> path,
    Map<String, List<String>> parameters,
    JsonNode body,
    boolean repeatable) {
  /** Reads something. */
  public static AirtableCall get(
      UUID connection, String base, List<String> path, Map<String, List<String>> parameters) {
    return new AirtableCall(connection, base, "GET", path, parameters, null, true);
  }

  /** The tables of a base, with their fields and views. */
  public static AirtableCall tables(UUID connection, String base) {
    return get(connection, base, List.of("meta", "bases", base, "tables"), Map.of());
  }

  /** Path and query, encoded. */
  public String uri() {
    UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/v0");
    // Only what is put in for a variable is encoded whole, an ampersand or a plus included.
    List<String> values = new ArrayList<>(path);
    path.forEach(part -> uri.pathSegment("{part}"));
    parameters.forEach(
        (name, of) -> {
          of.forEach(value -> uri.queryParam(name, "{value}"));
          values.addAll(of);
        });
    return uri.encode().buildAndExpand(values.toArray()).toUriString();
  }

  /** What a message calls the place that was asked. */
  public String place() {
    return "Airtable base " + base;
  }
}
