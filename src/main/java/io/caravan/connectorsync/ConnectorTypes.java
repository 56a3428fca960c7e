package io.caravan.connectorsync;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.caravan.failure.InvalidInputException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * The connector types that are installed. They are looked for anew with every question, so that a
 * file dropped into the folder counts at once; one that is broken is named and stops no other.
 */
@Component
public class ConnectorTypes {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorTypes.class);
  private static final int MOST_COMPLAINTS = 10;

  /** Where an object or a list began, in terms of Jackson's settings. */
  private static final String PARSERS_OWN_PLACE = "(?s) \\([^(]*\\[Source.*";

  private final ConnectorTypeFiles files;
  private final RouteFileCheck routes;
  private final ObjectMapper json;
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  ConnectorTypes(ConnectorTypeFiles files, RouteFileCheck routes, ObjectMapper json) {
    this.files = files;
    this.routes = routes;
    this.json = json;
  }

  /** All, by name. */
  public List<ConnectorType> list() {
    Map<String, ConnectorType> types = new TreeMap<>();
    files.found().forEach((name, file) -> types.put(name, read(name, file)));
    return List.copyOf(types.values());
  }

  private ConnectorType read(String name, ConnectorTypeFiles.TypeFiles file) {
    try {
      if (file.route() == null) {
        throw new IllegalArgumentException("%s.camel.yaml is missing".formatted(name));
      }
      Optional<String> problem = routes.problem(name, file.route().getContentAsByteArray());
      if (problem.isPresent()) {
        throw new IllegalArgumentException("%s.camel.yaml: %s".formatted(name, problem.get()));
      }
      JsonNode schema = schema(name, file.schema());
      return new ConnectorType(
          name,
          schema.path("title").asText(name),
          schema.path("description").asText(""),
          schema,
          null);
    } catch (Exception e) {
      LOG.warn("Connector type {} cannot be used: {}", name, e.getMessage());
      return new ConnectorType(name, name, "", null, "It cannot be used: " + e.getMessage());
    }
  }

  private JsonNode schema(String name, Resource file) throws IOException {
    if (file == null) {
      return json.createObjectNode().put("type", "object");
    }
    try {
      JsonNode schema = json.readTree(file.getContentAsByteArray());
      if (!schema.isObject()) {
        throw new IllegalArgumentException("it is no object");
      }
      compiled(schema);
      return schema;
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw new IllegalArgumentException(
          "%s.schema.json: %s (line %d, column %d)"
              .formatted(
                  name,
                  e.getOriginalMessage().replaceFirst(PARSERS_OWN_PLACE, ""),
                  place.getLineNr(),
                  place.getColumnNr()),
          e);
    } catch (RuntimeException e) {
      String message = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
      throw new IllegalArgumentException(
          "%s.schema.json: %s".formatted(name, String.valueOf(message).replaceAll("\\s+", " ")), e);
    }
  }

  private JsonSchema compiled(JsonNode schema) {
    return schemas.getSchema(
        schema,
        SchemaValidatorsConfig.builder().failFast(false).formatAssertionsEnabled(true).build());
  }

  /**
   * @throws InvalidInputException naming every field of {@code config} or {@code credentials} that
   *     the type's schema does not accept, and what it wants there; never a value
   */
  public void check(String name, JsonNode config, JsonNode credentials) {
    ConnectorType type = usable(name);
    ObjectNode both = json.createObjectNode();
    both.set("config", config);
    both.set("credentials", credentials);
    List<String> complaints =
        compiled(type.schema()).validate(both).stream()
            .map(ConnectorTypes::sentence)
            .distinct()
            .sorted()
            .limit(MOST_COMPLAINTS)
            .toList();
    if (!complaints.isEmpty()) {
      throw new InvalidInputException(String.join(" ", complaints));
    }
  }

  /**
   * @throws InvalidInputException when there is no such type, or it is broken
   */
  private ConnectorType usable(String name) {
    List<ConnectorType> all = list();
    ConnectorType type =
        all.stream()
            .filter(one -> one.type().equals(ConnectorTypeFiles.name(name)))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "There is no connector type %s; there is %s."
                            .formatted(
                                name,
                                all.stream()
                                    .map(ConnectorType::type)
                                    .collect(Collectors.joining(", ")))));
    if (type.error() != null) {
      throw new InvalidInputException("Connector type %s: %s.".formatted(name, type.error()));
    }
    return type;
  }

  /** The validator's own sentences repeat no value, only places, names and rules. */
  private static String sentence(ValidationMessage message) {
    String place = message.getInstanceLocation().toString();
    String rule = message.getMessage();
    return rule.startsWith(place) ? rule.substring(1) + "." : place + " " + rule + ".";
  }
}
