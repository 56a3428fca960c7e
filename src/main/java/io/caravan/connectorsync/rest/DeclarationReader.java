package io.caravan.connectorsync.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.caravan.failure.InvalidInputException;
import io.caravan.paging.Paginator;
import io.caravan.reach.Origin;
import io.caravan.reach.Places;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Reads a declaration. Its form is that of {@code rest.schema.json}; what the schema cannot say is
 * checked here. Every problem names its field and what to write there; none repeats a value.
 */
final class DeclarationReader {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(
              SchemaLocation.of("classpath:routes/connectors/rest.schema.json#/properties/config"));

  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "accept-encoding",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "caravan-call");

  private final List<String> problems = new ArrayList<>();

  private DeclarationReader() {}

  /**
   * @throws InvalidInputException names everything that is wrong
   */
  static RestDeclaration read(JsonNode config) {
    return new DeclarationReader().parse(config);
  }

  private RestDeclaration parse(JsonNode config) {
    SCHEMA
        .validate(config)
        .forEach(message -> problems.add(message.getMessage().replaceFirst("^\\$", "config")));
    stopIfWrong();
    URI base = base(config.get("baseUrl").textValue());
    Auth auth = config.has("auth") ? auth(config.get("auth")) : Auth.NONE;
    Map<String, String> headers = headers(config.path("headers"), auth);
    stopIfWrong();
    List<Resource> resources = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < config.get("resources").size(); i++) {
      String at = "config.resources[%d]".formatted(i);
      Resource resource = resource(at, base, config.get("resources").get(i));
      if (!names.add(resource.name().toLowerCase(Locale.ROOT))) {
        problems.add(at + ".name: another resource has this name; each needs its own");
      }
      resources.add(resource);
    }
    stopIfWrong();
    return new RestDeclaration(
        base,
        auth,
        headers,
        config.path("rateLimitPerSecond").asDouble(Places.UNLIMITED),
        List.copyOf(resources));
  }

  private void stopIfWrong() {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(String.join("; ", problems) + ".");
    }
  }

  private URI base(String text) {
    URI base = address("config.baseUrl", text);
    if (base != null && (base.getRawQuery() != null || base.getRawFragment() != null)) {
      problems.add("config.baseUrl: must end before ? and #; write those into parameters");
    }
    return base;
  }

  private void checkQuery(String at, URI address) {
    if (SecretNames.isInQuery(address)) {
      problems.add(
          at
              + ": holds what looks like a secret, and addresses are logged; remove it and use"
              + " auth");
    }
  }

  /** An address of http or https without user and password; null when it is none. */
  private URI address(String at, String text) {
    try {
      URI address = URI.create(text);
      Origin.of(address);
      if (address.getRawUserInfo() != null) {
        problems.add(at + ": must not hold a user or password; they belong into credentials");
      }
      checkQuery(at, address);
      return address;
    } catch (IllegalArgumentException e) {
      problems.add(
          at
              + ": is no address, or its port is above 65535; write one like"
              + " https://api.example.com/v1");
      return null;
    }
  }

  private Auth auth(JsonNode node) {
    Auth.Type type = Auth.Type.valueOf(node.get("type").textValue().toUpperCase(Locale.ROOT));
    belongs(node, "header", type == Auth.Type.HEADER, "config.auth", "header");
    belongs(node, "tokenUrl", type == Auth.Type.OAUTH2, "config.auth", "oauth2");
    boolean google = type == Auth.Type.GOOGLE;
    belongs(node, "scope", google || type == Auth.Type.OAUTH2, "config.auth", "oauth2 or google");
    needs(node, "scope", google, "config.auth", "what the token is for");
    belongs(node, "clientAuthentication", type == Auth.Type.OAUTH2, "config.auth", "oauth2");
    needs(node, "header", type == Auth.Type.HEADER, "config.auth", "the header's name");
    needs(node, "tokenUrl", type == Auth.Type.OAUTH2, "config.auth", "where tokens are handed out");
    if (OURS.contains(node.path("header").asText().toLowerCase(Locale.ROOT))) {
      problems.add("config.auth.header: this header is not a connector's to set");
    }
    return new Auth(
        type,
        text(node, "header"),
        node.has("tokenUrl")
            ? address("config.auth.tokenUrl", node.get("tokenUrl").textValue())
            : null,
        text(node, "scope"),
        node.path("clientAuthentication").asText().equals("post"),
        names(node.path("secrets")));
  }

  private static Map<String, String> names(JsonNode node) {
    Map<String, String> names = new HashMap<>();
    node.properties().forEach(name -> names.put(name.getKey(), name.getValue().textValue()));
    return Map.copyOf(names);
  }

  private Map<String, String> headers(JsonNode node, Auth auth) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : node.properties()) {
      String name = header.getKey();
      if (SecretNames.isOne(name) || name.equalsIgnoreCase(auth.header())) {
        problems.add(
            "config.headers.%s: looks like a secret; remove it and use auth, whose secrets stand in credentials"
                .formatted(name));
      } else if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
        problems.add(
            "config.headers.%s: this header is not a connector's to set; remove it"
                .formatted(name));
      }
      headers.put(name, header.getValue().textValue());
    }
    return headers;
  }

  private Resource resource(String at, URI base, JsonNode node) {
    String cursorParameter = text(node, "cursorParameter");
    needs(node, "cursorField", cursorParameter != null, at, "the field whose value is sent");
    needs(
        node, "cursorParameter", node.has("cursorValue"), at, "the parameter that has this value");
    needs(
        node, "cursorParameter", node.has("cursorOverlap"), at, "the parameter that asks for less");
    Paginator paginator =
        node.has("paginator")
            ? paginator(at + ".paginator", node.get("paginator"))
            : Paginator.NONE;
    // With a value of its own, the parameter may say something else when everything is wanted.
    checkParameters(
        at, node.path("parameters"), node.has("cursorValue") ? null : cursorParameter, paginator);
    return new Resource(
        node.get("name").textValue(),
        list(at, base, node),
        node.has("recordPath")
            ? texts(node.get("recordPath")).map(JsonPointer::compile).toList()
            : List.of(JsonPointer.empty()),
        text(node, "unwrap"),
        texts(node.get("primaryKey")).toList(),
        field(text(node, "cursorField")),
        cursorParameter == null
            ? null
            : new Since(
                cursorParameter,
                node.path("cursorValue").asText(Since.CURSOR),
                Duration.ofSeconds(node.path("cursorOverlap").asLong(0))),
        paginator);
  }

  /** One, or those of a list. */
  private static Stream<String> texts(JsonNode node) {
    return node.isTextual()
        ? Stream.of(node.textValue())
        : StreamSupport.stream(node.spliterator(), false).map(JsonNode::textValue);
  }

  private static JsonPointer field(String nameOrPointer) {
    if (nameOrPointer == null) {
      return null;
    }
    return nameOrPointer.startsWith("/")
        ? JsonPointer.compile(nameOrPointer)
        : JsonPointer.empty().appendProperty(nameOrPointer);
  }

  private URI list(String at, URI base, JsonNode node) {
    String path = node.get("path").textValue();
    String start = base.toString().replaceFirst("/+$", "");
    String whole = path.isEmpty() || path.matches("[/?].*") ? start + path : start + "/" + path;
    try {
      URI address = URI.create(whole);
      checkQuery(at + ".path", address);
      UriComponentsBuilder list = UriComponentsBuilder.fromUri(address);
      node.path("parameters")
          .properties()
          .forEach(
              parameter ->
                  list.queryParam(
                      encoded(parameter.getKey()), encoded(parameter.getValue().asText())));
      return list.build(true).toUri();
    } catch (IllegalArgumentException e) {
      problems.add(at + ".path: is no path; write one like /orders, percent-encoded where needed");
      return base;
    }
  }

  private static String encoded(String text) {
    return UriUtils.encode(text, StandardCharsets.UTF_8);
  }

  private void checkParameters(
      String at, JsonNode parameters, String cursorParameter, Paginator paginator) {
    parameters
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (SecretNames.isOne(name)) {
                problems.add(
                    "%s.parameters.%s: looks like a secret, and addresses are logged; remove it and use auth"
                        .formatted(at, name));
              }
              if (name.equals(cursorParameter)
                  || paginator.isPaged() && name.equals(paginator.parameter())
                  || name.equals(paginator.sizeParameter())) {
                problems.add(
                    "%s.parameters.%s: is set by the paginator or the cursor; remove it here"
                        .formatted(at, name));
              }
            });
  }

  private Paginator paginator(String at, JsonNode node) {
    String name = node.get("type").textValue();
    Paginator.Type type =
        name.equals("nextUrl")
            ? Paginator.Type.NEXT_URL
            : Paginator.Type.valueOf(name.toUpperCase(Locale.ROOT));
    boolean counted = type == Paginator.Type.PAGE || type == Paginator.Type.OFFSET;
    boolean inBody = type == Paginator.Type.CURSOR || type == Paginator.Type.NEXT_URL;
    belongs(node, "start", counted, at, "page or offset");
    belongs(
        node, "parameter", counted || type == Paginator.Type.CURSOR, at, "page, offset or cursor");
    belongs(node, "path", inBody, at, "cursor or nextUrl");
    needs(node, "path", inBody, at, "where the body says which page is next");
    needs(node, "size", node.has("sizeParameter"), at, "how many records to ask for");
    return new Paginator(
        type,
        node.path("parameter").asText(name),
        node.path("start").asLong(type == Paginator.Type.PAGE ? 1 : 0),
        node.has("size") ? node.get("size").intValue() : null,
        text(node, "sizeParameter"),
        node.has("path") ? JsonPointer.compile(node.get("path").textValue()) : null);
  }

  private void belongs(JsonNode node, String field, boolean allowed, String at, String types) {
    if (node.has(field) && !allowed) {
      problems.add("%s.%s: belongs to type %s; remove it".formatted(at, field, types));
    }
  }

  private void needs(JsonNode node, String field, boolean needed, String at, String what) {
    if (needed && !node.has(field)) {
      problems.add("%s.%s: is missing; write %s".formatted(at, field, what));
    }
  }

  private static String text(JsonNode node, String field) {
    return node.has(field) ? node.get(field).textValue() : null;
  }
}
