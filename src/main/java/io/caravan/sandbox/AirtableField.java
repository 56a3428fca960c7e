package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * A field of a table: its type and the options that the metadata API shows.
 *
 * @param id given by the table when it is null
 * @param options as in the metadata API; never changed, only replaced
 * @param formula of a formula, rollup, button, synced source or AI text; null for all others
 */
public record AirtableField(
    String id,
    String name,
    AirtableFieldType type,
    ObjectNode options,
    Function<AirtableRow, JsonNode> formula) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A field with the options that Airtable gives to one of its type when nothing is asked for. */
  public static AirtableField of(String name, AirtableFieldType type) {
    ObjectNode options = JSON.objectNode();
    switch (type) {
      case NUMBER, PERCENT -> options.put("precision", 1);
      case CURRENCY -> options.put("precision", 2).put("symbol", "$");
      case DURATION -> options.put("durationFormat", "h:mm");
      case RATING -> options.put("max", 5).put("icon", "star").put("color", "yellowBright");
      case CHECKBOX -> options.put("icon", "check").put("color", "greenBright");
      case DATE -> options.putObject("dateFormat").put("name", "iso").put("format", "YYYY-MM-DD");
      case DATE_TIME -> {
        options.put("timeZone", "utc");
        options.putObject("dateFormat").put("name", "iso").put("format", "YYYY-MM-DD");
        options.putObject("timeFormat").put("name", "24hour").put("format", "HH:mm");
      }
      case SINGLE_SELECT, MULTIPLE_SELECTS -> options.putArray("choices");
      case CREATED_TIME, LAST_MODIFIED_TIME ->
          options.put("isValid", true).putObject("result").put("type", "dateTime");
      default -> {
        // The others have no options, or get them from what they refer to.
      }
    }
    return new AirtableField(null, name, type, options, null);
  }

  /** A select with these choices. */
  public static AirtableField select(String name, String... choices) {
    return of(name, AirtableFieldType.SINGLE_SELECT).withChoices(List.of(choices));
  }

  /** A select of several of these choices. */
  public static AirtableField multiSelect(String name, String... choices) {
    return of(name, AirtableFieldType.MULTIPLE_SELECTS).withChoices(List.of(choices));
  }

  /**
   * A field that a function computes from the other ones.
   *
   * @param result the type of what comes out, as in {@code number}
   */
  public static AirtableField formula(
      String name, String result, Function<AirtableRow, JsonNode> formula) {
    return computed(name, AirtableFieldType.FORMULA, result, formula);
  }

  /** A field of any computed type whose values a function gives. */
  public static AirtableField computed(
      String name, AirtableFieldType type, String result, Function<AirtableRow, JsonNode> formula) {
    AirtableField field = of(name, type);
    field.options.put("isValid", true).putObject("result").put("type", result);
    return new AirtableField(null, name, type, field.options, formula);
  }

  /** The same with another id. */
  public AirtableField withId(String another) {
    return new AirtableField(another, name, type, options, formula);
  }

  /** The same under another name. */
  AirtableField withName(String another) {
    return new AirtableField(id, another, type, options, formula);
  }

  /** The same with one more option or another value of it. */
  public AirtableField with(String option, JsonNode value) {
    ObjectNode more = options.deepCopy();
    more.set(option, value);
    return new AirtableField(id, name, type, more, formula);
  }

  /** The same with a precision, a rating's maximum and the like. */
  public AirtableField with(String option, int value) {
    return with(option, JSON.numberNode(value));
  }

  /** The same with a symbol, a time zone and the like. */
  public AirtableField with(String option, String value) {
    return with(option, JSON.textNode(value));
  }

  /** The same with these choices after those it has. */
  AirtableField withChoices(List<String> names) {
    ArrayNode choices = JSON.arrayNode();
    choices.addAll(options.withArray("choices").deepCopy());
    for (String choice : names) {
      choices
          .addObject()
          .put("id", StandInIds.of("sel", name + "/" + choice))
          .put("name", choice)
          .put("color", "blueLight2");
    }
    return with("choices", choices);
  }

  /** The names of the choices of a select, in their order. */
  List<String> choices() {
    List<String> names = new ArrayList<>();
    StreamSupport.stream(options.path("choices").spliterator(), false)
        .forEach(choice -> names.add(choice.path("name").asText()));
    return names;
  }

  boolean is(String nameOrId) {
    return name.equals(nameOrId) || id.equals(nameOrId);
  }
}
