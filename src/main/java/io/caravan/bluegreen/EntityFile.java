package io.caravan.bluegreen;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import io.caravan.failure.InvalidInputException;
import io.caravan.paging.Paginator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Reads an entity file. Its form is that of {@code bluegreen-entities.schema.json}; what the schema
 * cannot say is checked here. Every problem names its line.
 */
final class EntityFile {
  private static final JsonNodeReader READER = JsonNodeReader.builder().locationAware().build();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(SchemaLocation.of("classpath:bluegreen-entities.schema.json"));
  private static final Pattern NEXT_WORD = Pattern.compile("_(.)");

  private final String name;
  private final List<String> problems = new ArrayList<>();

  private EntityFile(String name) {
    this.name = name;
  }

  /**
   * @param name of the file, for messages
   * @throws InvalidInputException names everything that is wrong, with lines
   */
  static EntitySet read(String name, String yaml) {
    return new EntityFile(name).parse(yaml);
  }

  private EntitySet parse(String yaml) {
    JsonNode file;
    try {
      file = READER.readTree(yaml, InputFormat.YAML);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(name + " is not YAML: " + firstLine(e));
    }
    if (file.isMissingNode()) {
      throw new InvalidInputException(name + " is empty; it needs entities.");
    }
    SCHEMA.validate(file).forEach(this::add);
    stopIfWrong();
    List<Entity> entities =
        file.get("entities").properties().stream()
            .map(field -> entity(field.getKey(), field.getValue()))
            .toList();
    if (file.has("paginator")) {
      checkPaginator(file.get("paginator"));
    }
    entities.forEach(entity -> check(entity, entities, file.get("entities").get(entity.name())));
    stopIfWrong();
    try {
      return EntitySet.inOrder(entities, paginator(file.get("paginator")));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("%s: entities %s".formatted(name, e.getMessage()));
    }
  }

  private static String firstLine(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("unreadable");
  }

  private void add(ValidationMessage message) {
    JsonNode around = message.getInstanceNode();
    JsonNode property = message.getProperty() == null ? null : around.get(message.getProperty());
    add(property == null ? around : property, message.getMessage().replaceFirst("^\\$\\.?", ""));
  }

  private void add(JsonNode at, String what) {
    problems.add("line %d: %s".formatted(JsonNodes.tokenLocationOf(at).getLineNr(), what));
  }

  private void stopIfWrong() {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(name + ":\n  " + String.join("\n  ", problems));
    }
  }

  private void checkPaginator(JsonNode node) {
    String type = node.get("type").asText();
    if (List.of("cursor", "nextUrl").contains(type) && !node.has("path")) {
      add(node, "a paginator of type %s needs path: where the body says it".formatted(type));
    }
  }

  private static Paginator paginator(JsonNode node) {
    if (node == null) {
      return Paginator.NONE;
    }
    String type = node.get("type").asText();
    return new Paginator(
        type.equals("nextUrl")
            ? Paginator.Type.NEXT_URL
            : Paginator.Type.valueOf(type.toUpperCase(Locale.ROOT)),
        node.path("parameter").asText(type),
        node.path("start").asLong(type.equals("page") ? 1 : 0),
        node.has("size") ? node.get("size").intValue() : null,
        node.has("sizeParameter") ? node.get("sizeParameter").asText() : null,
        node.has("path") ? JsonPointer.compile(node.get("path").asText()) : null);
  }

  private static Entity entity(String name, JsonNode node) {
    List<Column> columns =
        node.get("columns").properties().stream()
            .map(field -> column(field.getKey(), field.getValue()))
            .toList();
    return new Entity(
        name,
        node.get("path").asText(),
        node.has("each") ? JsonPointer.compile(node.get("each").asText()) : null,
        texts(node.get("key")),
        node.has("unique")
            ? StreamSupport.stream(node.get("unique").spliterator(), false)
                .map(EntityFile::texts)
                .toList()
            : List.of(),
        node.path("merge").asBoolean(),
        columns);
  }

  private static Column column(String name, JsonNode node) {
    String camelCase =
        NEXT_WORD.matcher(name).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    return new Column(
        name,
        JsonPointer.compile(node.path("at").asText("/" + camelCase)),
        node.path("of").asText().equals("parent"),
        ColumnType.of(node.path("type").asText("text")),
        node.path("required").asBoolean(),
        node.get("default"),
        node.has("references") ? node.get("references").asText() : null);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private void check(Entity entity, List<Entity> all, JsonNode node) {
    List<String> names = entity.columns().stream().map(Column::name).toList();
    entity.key().stream()
        .filter(column -> !names.contains(column))
        .forEach(column -> add(node.get("key"), missing(entity, column)));
    entity.unique().stream()
        .flatMap(List::stream)
        .filter(column -> !names.contains(column))
        .forEach(column -> add(node.get("unique"), missing(entity, column)));
    for (Column column : entity.columns()) {
      check(entity, column, all, node.get("columns").get(column.name()));
    }
  }

  private static String missing(Entity entity, String column) {
    return "%s has no column %s".formatted(entity.name(), column);
  }

  private void check(Entity entity, Column column, List<Entity> all, JsonNode node) {
    if (column.ofParent() && entity.each() == null) {
      add(
          node,
          "%s.%s is of a parent, but %s has no each"
              .formatted(entity.name(), column.name(), entity.name()));
    }
    if (entity.key().contains(column.name()) && !column.required()) {
      add(
          node,
          "%s.%s is part of the key and must be required".formatted(entity.name(), column.name()));
    }
    if (column.references() == null) {
      return;
    }
    all.stream()
        .filter(other -> other.name().equals(column.references()))
        .findFirst()
        .ifPresentOrElse(
            other -> {
              if (other.key().size() != 1) {
                add(
                    node,
                    "%s.%s refers to %s, whose key has more than one column"
                        .formatted(entity.name(), column.name(), other.name()));
              }
            },
            () ->
                add(
                    node,
                    "%s.%s refers to %s, which is no entity here"
                        .formatted(entity.name(), column.name(), column.references())));
  }
}
