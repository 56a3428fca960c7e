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
      return node.toString();
    }
    if (node.isContainerNode()) {
      throw wrong(column);
    }
    String text = node.asText();
    return switch (column.type()) {
      case TEXT -> withoutNul(column, text);
      case INTEGER -> whole(text).intValueExact();
      case BIGINT -> whole(text).longValueExact();
      case NUMERIC -> number(text);
      case BOOLEAN -> truth(column, text);
      case TIMESTAMP -> time(node, text).atZone(ZoneOffset.UTC);
      case DATE -> LocalDate.parse(text.strip());
      case JSON -> throw new IllegalStateException("answered above");
    };
  }

  /** PostgreSQL's text cannot hold it. */
  private static String withoutNul(Column column, String text) throws SetAside {
    if (text.indexOf('\0') >= 0) {
      throw new SetAside(column.name() + " holds a NUL character");
    }
    return text;
  }

  private static BigInteger whole(String text) {
    return number(text).toBigIntegerExact();
  }

  /** An exponent of millions would fill the memory when it is written out. */
  private static BigDecimal number(String text) {
    BigDecimal number = new BigDecimal(text.strip());
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
    return node.isIntegralNumber()
        ? Instant.ofEpochMilli(node.longValue())
        : OffsetDateTime.parse(text.strip()).toInstant();
  }
}
