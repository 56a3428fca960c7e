package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which values a field takes, type by type, after the field model of Airtable's documentation and
 * the error messages that users report.
 */
final class AirtableCells {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST_TEXT = 100_000;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private final boolean typecast;
  private final AirtableWrite write;
  private final AirtableReferences references;
  private final AirtableDates dates;

  AirtableCells(AirtableTable table, boolean typecast, AirtableWrite write) {
    this.typecast = typecast;
    this.write = write;
    references = new AirtableReferences(table, typecast, write);
    dates = new AirtableDates(typecast);
  }

  /**
   * The value as it is stored.
   *
   * @return null when the cell becomes empty
   * @throws Refusal when the field does not take it
   */
  JsonNode accept(AirtableField field, JsonNode given) {
    if (field.type().isComputed()) {
      throw AirtableErrors.invalidColumnValue(
          "Field \"%s\" cannot accept a value because the field is computed"
              .formatted(field.name()));
    }
    if (given.isNull()) {
      return null;
    }
    return switch (field.type()) {
      case NUMBER, CURRENCY, PERCENT, DURATION -> number(field, given);
      case RATING -> rating(field, given);
      case CHECKBOX -> checkbox(field, given);
      case SINGLE_SELECT -> singleSelect(field, given);
      case MULTIPLE_SELECTS -> multipleSelects(field, given);
      case DATE -> dates.date(field, given);
      case DATE_TIME -> dates.dateTime(field, given);
      case MULTIPLE_RECORD_LINKS -> references.links(field, given);
      case MULTIPLE_ATTACHMENTS -> references.attachments(field, given);
      case SINGLE_COLLABORATOR -> references.collaborator(field, given);
      case MULTIPLE_COLLABORATORS -> references.collaborators(field, given);
      case BARCODE -> barcode(field, given);
      default -> text(field, given);
    };
  }

  private JsonNode text(AirtableField field, JsonNode given) {
    if (!given.isTextual() && !(typecast && given.isValueNode())) {
      throw AirtableErrors.invalidValue(field.name());
    }
    String text = given.asText();
    if (text.length() > LONGEST_TEXT) {
      throw AirtableErrors.invalidValue(field.name());
    }
    return text.isEmpty() ? null : JSON.textNode(text);
  }

  private JsonNode number(AirtableField field, JsonNode given) {
    if (given.isNumber()) {
      return given;
    }
    if (typecast && given.isTextual()) {
      String text = given.asText().trim().replaceAll("[,$€£\\s]", "");
      if (text.isEmpty()) {
        return null;
      }
      boolean percent = text.endsWith("%");
      String digits = percent ? text.substring(0, text.length() - 1) : text;
      if (NUMBER.matcher(digits).matches()) {
        BigDecimal number = new BigDecimal(digits);
        return JSON.numberNode(percent ? number.movePointLeft(2) : number);
      }
    }
    throw AirtableErrors.invalidValue(field.name());
  }

  private JsonNode rating(AirtableField field, JsonNode given) {
    JsonNode number = number(field, given);
    int most = field.options().path("max").asInt();
    if (number != null
        && (number.doubleValue() != number.intValue()
            || number.intValue() < 1
            || number.intValue() > most)) {
      throw AirtableErrors.invalidValue(field.name());
    }
    return number;
  }

  private JsonNode checkbox(AirtableField field, JsonNode given) {
    if (given.isBoolean()) {
      return given.asBoolean() ? given : null;
    }
    if (typecast && given.isTextual()) {
      return List.of("true", "checked", "1", "yes").contains(given.asText().toLowerCase())
          ? JSON.booleanNode(true)
          : null;
    }
    throw AirtableErrors.invalidValue(field.name());
  }

  private JsonNode singleSelect(AirtableField field, JsonNode given) {
    if (typecast && given.isTextual() && given.asText().isBlank()) {
      return null;
    }
    if (!given.isTextual()) {
      throw AirtableErrors.invalidValue(field.name());
    }
    return JSON.textNode(choice(field, given.asText()));
  }

  private JsonNode multipleSelects(AirtableField field, JsonNode given) {
    if (!given.isArray() && !(typecast && given.isTextual())) {
      throw AirtableErrors.invalidValue(field.name());
    }
    Stream<String> names =
        given.isArray()
            ? StreamSupport.stream(given.spliterator(), false).map(JsonNode::asText)
            : Arrays.stream(given.asText().split(",")).map(String::trim);
    Set<String> chosen = new LinkedHashSet<>();
    names
        .filter(name -> !(typecast && name.isEmpty()))
        .forEach(name -> chosen.add(choice(field, name)));
    ArrayNode value = JSON.arrayNode();
    chosen.forEach(value::add);
    return value.isEmpty() ? null : value;
  }

  private String choice(AirtableField field, String name) {
    if (field.choices().contains(name)) {
      return name;
    }
    if (!typecast) {
      throw AirtableErrors.unprocessable(
          "INVALID_MULTIPLE_CHOICE_OPTIONS",
          "Insufficient permissions to create new select option \"\"%s\"\"".formatted(name));
    }
    write.choice(field, name);
    return name;
  }

  private JsonNode barcode(AirtableField field, JsonNode given) {
    if (given.isObject() && given.path("text").isTextual()) {
      ObjectNode barcode = JSON.objectNode().put("text", given.get("text").asText());
      if (given.hasNonNull("type")) {
        barcode.set("type", given.get("type"));
      }
      return barcode;
    }
    if (typecast && given.isTextual()) {
      return given.asText().isEmpty() ? null : JSON.objectNode().put("text", given.asText());
    }
    throw AirtableErrors.invalidValue(field.name());
  }
}
