package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Makes the value of a column from JSON. */
final class ColumnValues {
  private static final int MOST_DIGITS = 1_000;
  private static final int LAST_YEAR = 9_999;

  private ColumnValues() {}

  /**
   * @param row the element that becomes the row
   * @param parent the element around it; the same where there is none
   * @return String, Integer, Long, BigDecimal, Boolean, LocalDate or ZonedDateTime as the column's
   *     type asks; null when it has none and may have none
   * @throws SetAside when the record cannot be published
   */
  static Object of(Column column, JsonNode row, JsonNode parent) throws SetAside {
    JsonNode node = (column.ofParent() ? parent : row).at(column.at());
    if (node.isMissingNode() || node.isNull()) {
      node = column.defaultValue();
    }
    if (node == null) {
      if (column.required()) {
        throw new SetAside(column.name() + " is missing");
      }
      return null;
    }
    try {
      return value(column, node);
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      throw wrong(column);
    }
  }

  private static SetAside wrong(Column column) {
    return new SetAside("%s is no %s".formatted(column.name(), column.type().sql()));
  }

  private static Object value(Column column, JsonNode node) throws SetAside {
    if (column.type() == ColumnType.JSON) {
      return storable(column, node).toString();
    }
    if (node.isContainerNode()) {
      throw wrong(column);
    }
    String text = node.asText();
    return switch (column.type()) {
      case TEXT -> characters(column, text);
      case INTEGER -> whole(text).intValueExact();
      case BIGINT -> whole(text).longValueExact();
      case NUMERIC -> number(text);
      case BOOLEAN -> truth(column, text);
      case TIMESTAMP -> time(node, text).atZone(ZoneOffset.UTC);
      case DATE -> date(LocalDate.parse(text.strip()));
      case JSON -> throw new IllegalStateException("answered above");
    };
  }

  /** PostgreSQL can hold neither a NUL nor half of a surrogate pair. */
  private static String characters(Column column, String text) throws SetAside {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new SetAside(column.name() + " holds a NUL character");
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new SetAside(column.name() + " holds half a character");
        }
        i++;
      }
    }
    return text;
  }

  /** The same limits, anywhere in JSON. */
  private static JsonNode storable(Column column, JsonNode node) throws SetAside {
    if (node.isTextual()) {
      characters(column, node.textValue());
    } else if (node.isNumber()) {
      number(node.asText());
    }
    for (var field : node.properties()) {
      characters(column, field.getKey());
    }
    for (JsonNode inner : node) {
      storable(column, inner);
    }
    return node;
  }

  private static BigInteger whole(String text) {
    return number(text).toBigIntegerExact();
  }

  /** An exponent of millions would fill the memory when it is written out. */
  private static BigDecimal number(String text) {
    String digits = text.strip();
    if (digits.length() > MOST_DIGITS) {
      throw new ArithmeticException("too long");
    }
    BigDecimal number = new BigDecimal(digits);
    if (Math.abs(number.scale()) > MOST_DIGITS) {
      throw new ArithmeticException("too long");
    }
    return number;
  }

  private static Boolean truth(Column column, String text) throws SetAside {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(column);
    };
  }

  /** ISO 8601 with its offset, or milliseconds since 1970. */
  private static Instant time(JsonNode node, String text) {
    Instant time =
        node.isIntegralNumber()
            ? Instant.ofEpochMilli(node.bigIntegerValue().longValueExact())
            : OffsetDateTime.parse(text.strip()).toInstant();
    date(LocalDate.ofInstant(time, ZoneOffset.UTC));
    return time;
  }

  /** The years of the SQL standard; PostgreSQL knows a few more. */
  private static LocalDate date(LocalDate date) {
    if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
      throw new DateTimeException("out of range");
    }
    return date;
  }
}
