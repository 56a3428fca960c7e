package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a cell means, whichever side it was read from. Two values are equal when people would call
 * them the same: 9.50 and 9.5, tags in another order, the same linked records under a new name.
 *
 * <p>Requirement: canonical typed values in the base, section 4 item 1 of sheetsync.
 */
public sealed interface Value {
  /** The one empty value; Airtable leaves it out, a sheet shows an empty cell. */
  Value EMPTY = Empty.NOTHING;

  /** Nothing. */
  enum Empty implements Value {
    NOTHING
  }

  /**
   * Text, also the name of a single select's choice.
   *
   * @param text never empty
   */
  record Text(String text) implements Value {}

  /**
   * A number, already rounded to what its field holds.
   *
   * @param number without zeros at its end
   */
  record Decimal(BigDecimal number) implements Value {
    public Decimal {
      number = number.stripTrailingZeros();
      if (number.scale() < 0) {
        number = number.setScale(0);
      }
    }
  }

  /** A checkbox; Airtable leaves an unchecked one out. */
  record Flag(boolean on) implements Value {}

  /** A date without a time and so without a time zone. */
  record Day(LocalDate date) implements Value {}

  /** A point in time, in milliseconds as Airtable answers it. */
  record Moment(Instant instant) implements Value {
    public Moment {
      instant = instant.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /**
   * Several texts, such as the choices of a multiple select. Their order is kept but means nothing.
   *
   * @param names at least one
   */
  record Items(List<String> names) implements Value {
    public Items {
      names = List.copyOf(names);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Items(List<String> others)
          && names.size() == others.size()
          && (names.equals(others)
              || names.stream().sorted().toList().equals(others.stream().sorted().toList()));
    }

    @Override
    public int hashCode() {
      return names.stream().mapToInt(String::hashCode).sum();
    }
  }

  /**
   * Linked records, attachments or people. They are the same when their ids are: a name may change,
   * an attachment's URL does every two hours.
   *
   * @param references at least one
   */
  record References(List<Reference> references) implements Value {
    public References {
      references = List.copyOf(references);
    }

    /** The ids, in Airtable's order. */
    public List<String> ids() {
      return references.stream().map(Reference::id).toList();
    }

    /** The names as a sheet shows them, in the order of the ids. */
    public List<String> names() {
      return references.stream().map(Reference::name).toList();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof References(List<Reference> others)
          && references.size() == others.size()
          && idSet(references).equals(idSet(others));
    }

    @Override
    public int hashCode() {
      return idSet(references).hashCode();
    }

    private static Set<String> idSet(List<Reference> references) {
      Set<String> ids = HashSet.newHashSet(references.size());
      references.forEach(reference -> ids.add(reference.id()));
      return ids;
    }
  }

  /**
   * One of several things that a field points to.
   *
   * @param id Airtable's
   * @param name what a person reads
   */
  record Reference(String id, String name) {}

  /** Whether there is nothing to lose in it; an unchecked box is as empty as no text. */
  default boolean isEmpty() {
    return this == EMPTY || this instanceof Flag(boolean on) && !on;
  }

  /**
   * A small JSON for the base in PostgreSQL. It tells its own kind, so that a snapshot stays
   * readable when somebody changes a field's type.
   *
   * @return null, text, number, boolean or array for themselves, {@code {"d":…}} for a date, {@code
   *     {"t":…}} for a time, {@code {"r":{id:name}}} for references
   */
  default JsonNode toJson() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (this) {
      case Empty _ -> json.nullNode();
      case Text(String text) -> json.textNode(text);
      case Decimal(BigDecimal number) -> json.numberNode(number);
      case Flag(boolean on) -> json.booleanNode(on);
      case Day(LocalDate date) -> json.objectNode().put("d", date.toString());
      case Moment(Instant instant) -> json.objectNode().put("t", instant.toString());
      case Items(List<String> names) -> {
        ArrayNode array = json.arrayNode(names.size());
        names.forEach(array::add);
        yield array;
      }
      case References(List<Reference> references) -> {
        ObjectNode names = json.objectNode();
        references.forEach(reference -> names.put(reference.id(), reference.name()));
        yield json.objectNode().set("r", names);
      }
    };
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json one value
   * @return the value
   * @throws IllegalArgumentException when it is none of ours
   */
  static Value ofJson(JsonNode json) {
    return switch (json.getNodeType()) {
      case NULL -> EMPTY;
      case STRING -> new Text(json.textValue());
      case NUMBER -> new Decimal(json.decimalValue());
      case BOOLEAN -> new Flag(json.booleanValue());
      case ARRAY -> {
        List<String> names = new ArrayList<>();
        json.forEach(name -> names.add(name.textValue()));
        yield new Items(names);
      }
      case OBJECT -> ofTagged(json);
      default ->
          throw new IllegalArgumentException("No value of a snapshot: " + json.getNodeType());
    };
  }

  private static Value ofTagged(JsonNode json) {
    if (json.has("d")) {
      return new Day(LocalDate.parse(json.get("d").textValue()));
    }
    if (json.has("t")) {
      return new Moment(Instant.parse(json.get("t").textValue()));
    }
    if (json.has("r")) {
      List<Reference> references = new ArrayList<>();
      json.get("r")
          .properties()
          .forEach(
              name -> references.add(new Reference(name.getKey(), name.getValue().textValue())));
      return new References(references);
    }
    throw new IllegalArgumentException("No value of a snapshot: an object without a known tag");
  }
}
