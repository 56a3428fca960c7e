package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Values that refer to something else: other records, people, files. */
final class AirtableReferences {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final AirtableTable table;
  private final AirtableWorkspace workspace;
  private final boolean typecast;
  private final AirtableWrite write;

  AirtableReferences(AirtableTable table, boolean typecast, AirtableWrite write) {
    this.table = table;
    this.workspace = table.base().workspace();
    this.typecast = typecast;
    this.write = write;
  }

  /**
   * Ids of records; with typecast also names, and records are made for those that nobody has.
   *
   * @throws Refusal when an id is unknown, or a name is given without typecast
   */
  JsonNode links(AirtableField field, JsonNode given) {
    AirtableTable other = AirtableLinks.linkedTable(table, field);
    Set<String> ids = new LinkedHashSet<>();
    for (String text : texts(given, "Value is not an array of record IDs.")) {
      if (StandInIds.isId(text, "rec")) {
        ids.add(other.record(text).orElseThrow(() -> AirtableErrors.noSuchRow(text)).id());
      } else if (typecast) {
        ids.add(
            other.records().stream()
                .filter(record -> AirtableText.primary(other, record).equals(text))
                .findFirst()
                .map(AirtableRecord::id)
                .orElseGet(() -> write.linked(other, text)));
      } else {
        throw AirtableErrors.invalidColumnValue("Value is not an array of record IDs.");
      }
    }
    ArrayNode value = JSON.arrayNode();
    ids.forEach(value::add);
    return value.isEmpty() ? null : value;
  }

  private List<String> texts(JsonNode given, String otherwise) {
    if (given.isArray()
        && StreamSupport.stream(given.spliterator(), false).allMatch(JsonNode::isTextual)) {
      return StreamSupport.stream(given.spliterator(), false).map(JsonNode::asText).toList();
    }
    if (typecast && given.isTextual()) {
      return Arrays.stream(given.asText().split(","))
          .map(String::trim)
          .filter(name -> !name.isEmpty())
          .toList();
    }
    throw AirtableErrors.invalidColumnValue(otherwise);
  }

  /** Somebody by id or address. */
  JsonNode collaborator(AirtableField field, JsonNode given) {
    String who =
        given.isObject()
            ? given.path("id").asText(given.path("email").asText())
            : typecast ? given.asText() : null;
    if (typecast && who != null && who.isBlank()) {
      return null;
    }
    return known(field, who).json();
  }

  /** Several people by their ids. */
  JsonNode collaborators(AirtableField field, JsonNode given) {
    if (!given.isArray()) {
      throw AirtableErrors.invalidValue(field.name());
    }
    ArrayNode people = JSON.arrayNode();
    for (JsonNode one : given) {
      people.add(one.isTextual() ? known(field, one.asText()).json() : collaborator(field, one));
    }
    return people.isEmpty() ? null : people;
  }

  private AirtableUser known(AirtableField field, String idOrEmail) {
    return workspace
        .userWith(idOrEmail)
        .orElseThrow(() -> AirtableErrors.invalidValue(field.name()));
  }

  /** Files by address, and those kept by their ids. */
  JsonNode attachments(AirtableField field, JsonNode given) {
    if (!given.isArray()) {
      throw AirtableErrors.invalidValue(field.name());
    }
    ArrayNode files = JSON.arrayNode();
    for (JsonNode one : given) {
      files.add(one.has("id") ? kept(field, one.get("id").asText()) : added(field, one));
    }
    return files.isEmpty() ? null : files;
  }

  private JsonNode kept(AirtableField field, String id) {
    return table.records().stream()
        .map(record -> record.cell(field.id()))
        .filter(cell -> cell != null)
        .flatMap(cell -> StreamSupport.stream(cell.spliterator(), false))
        .filter(file -> file.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow(() -> AirtableErrors.invalidValue(field.name()));
  }

  private ObjectNode added(AirtableField field, JsonNode given) {
    String url = given.path("url").asText();
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw AirtableErrors.unprocessable(
          "INVALID_ATTACHMENT_OBJECT",
          "Invalid attachment object for field %s".formatted(field.name()));
    }
    String path = URI.create(url).getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return JSON.objectNode()
        .put("id", workspace.nextId("att"))
        .put("filename", given.path("filename").asText(name.isEmpty() ? "file" : name))
        .put("size", url.length())
        .put("type", "application/octet-stream");
  }
}
