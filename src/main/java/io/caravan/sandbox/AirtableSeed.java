package io.caravan.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Fills a server from a file: {@code {"bases":[{"id", "name", "tables":[{"id", "name",
 * "fields":[{"name", "type", "options"}], "views":[{"name", "filterByFormula"}], "records":[{field:
 * value}]}]}]}}. The first field is the primary one; a link says {@code
 * "options":{"linkedTable":name}}, a lookup {@code {"link":name, "field":name}}, a count {@code
 * {"link":name}} and a time of modification {@code {"fields":[name]}}, none for all of them.
 */
final class AirtableSeed {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AirtableServer server;

  AirtableSeed(AirtableServer server) {
    this.server = server;
  }

  /**
   * Adds what the file says.
   *
   * @throws IllegalArgumentException when it names something that is not there
   */
  void load(JsonNode file) {
    for (JsonNode given : file.path("bases")) {
      String name = given.path("name").asText();
      AirtableBase base =
          given.has("id") ? server.addBase(given.get("id").asText(), name) : server.addBase(name);
      // Tables first: fields can lead from any of them to any other.
      for (JsonNode table : given.path("tables")) {
        addTable(base, table);
      }
      for (JsonNode table : given.path("tables")) {
        fill(base.table(table.path("name").asText()), table);
      }
    }
  }

  private static void addTable(AirtableBase base, JsonNode given) {
    String name = given.path("name").asText();
    AirtableField primary = field(given.path("fields").path(0));
    if (given.has("id")) {
      base.addTable(given.get("id").asText(), name, primary);
    } else {
      base.addTable(name, primary);
    }
  }

  private static void fill(AirtableTable table, JsonNode given) {
    for (JsonNode field : given.path("fields")) {
      if (table.find(field.path("name").asText()).isEmpty()) {
        add(table, field);
      }
    }
    for (JsonNode view : given.path("views")) {
      table.addView(
          view.path("name").asText(),
          view.hasNonNull("filterByFormula") ? view.get("filterByFormula").asText() : null);
    }
    for (JsonNode record : given.path("records")) {
      table.create(JSON.convertValue(record, new TypeReference<Map<String, Object>>() {}));
    }
  }

  private static void add(AirtableTable table, JsonNode given) {
    String name = given.path("name").asText();
    JsonNode options = given.path("options");
    switch (type(given)) {
      case MULTIPLE_RECORD_LINKS ->
          table.addLink(name, table.base().table(options.path("linkedTable").asText()));
      case MULTIPLE_LOOKUP_VALUES ->
          table.addLookup(name, options.path("link").asText(), options.path("field").asText());
      case COUNT -> table.addCount(name, options.path("link").asText());
      case LAST_MODIFIED_TIME ->
          table.addLastModified(
              name,
              options.path("fields").valueStream().map(JsonNode::asText).toArray(String[]::new));
      default -> table.add(field(given));
    }
  }

  private static AirtableField field(JsonNode given) {
    AirtableField field = AirtableField.of(given.path("name").asText(), type(given));
    ObjectNode options = field.options();
    for (Map.Entry<String, JsonNode> option : given.path("options").properties()) {
      if (!option.getKey().equals("choices")) {
        options.set(option.getKey(), option.getValue());
      }
    }
    AirtableField made = given.has("id") ? field.withId(given.get("id").asText()) : field;
    return given.path("options").has("choices")
        ? made.withChoices(
            JSON.convertValue(
                given.get("options").get("choices"), new TypeReference<List<String>>() {}))
        : made;
  }

  private static AirtableFieldType type(JsonNode given) {
    String name = given.path("type").asText();
    return AirtableFieldType.named(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no type of field " + name + "."));
  }
}
