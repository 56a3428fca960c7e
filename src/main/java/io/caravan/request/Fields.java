package io.caravan.request;

import io.caravan.failure.InvalidInputException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The fields of a JSON object that somebody sent, each read with its type. Every complaint names
 * the field and what it must be, never its value.
 */
public final class Fields {
  private final Map<String, Object> given;

  /**
   * @throws InvalidInputException when a field is given that is not allowed
   */
  public Fields(Map<String, Object> given, Set<String> allowed) {
    this.given = given;
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(allowed);
    if (!unknown.isEmpty()) {
      throw new InvalidInputException(
          "Unknown field: %s. Known fields: %s."
              .formatted(String.join(", ", unknown), String.join(", ", new TreeSet<>(allowed))));
    }
  }

  public boolean has(String name) {
    return given.containsKey(name);
  }

  /** A text that must be there and say something. */
  public String text(String name, int longest) {
    String text = optionalText(name, longest);
    if (text == null || text.isBlank()) {
      throw invalid(name, "must be a text that is not blank");
    }
    return text;
  }

  /** A text, or null when it is absent or null. */
  public String optionalText(String name, int longest) {
    Object value = given.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw invalid(name, "must be a text");
    }
    if (text.length() > longest) {
      throw invalid(name, "must not be longer than " + longest + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      throw invalid(name, "must not hold a NUL character");
    }
    return text;
  }

  public boolean flag(String name, boolean whenAbsent) {
    if (!has(name)) {
      return whenAbsent;
    }
    if (!(given.get(name) instanceof Boolean flag)) {
      throw invalid(name, "must be true or false");
    }
    return flag;
  }

  /** A whole number within bounds. */
  public int number(String name, int whenAbsent, int least, int most) {
    Object value = given.get(name);
    if (value == null) {
      return whenAbsent;
    }
    if (!(value instanceof Integer number) || number < least || number > most) {
      throw invalid(name, "must be a whole number from %d to %d".formatted(least, most));
    }
    return number;
  }

  public UUID id(String name) {
    Object value = given.get(name);
    if (value instanceof UUID id) {
      return id;
    }
    try {
      return UUID.fromString((String) value);
    } catch (RuntimeException e) {
      throw invalid(name, "must be an id (a UUID)");
    }
  }

  /** Lets a client send back what it read, as long as it did not alter this field. */
  public void unchanged(String name, Object present) {
    if (has(name) && !Objects.equals(String.valueOf(given.get(name)), String.valueOf(present))) {
      throw invalid(name, "cannot be changed");
    }
  }

  public static InvalidInputException invalid(String name, String rule) {
    return new InvalidInputException(name + " " + rule + ".");
  }
}
