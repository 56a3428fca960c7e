package io.caravan.connectorsync.dataset;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Makes the value of a column from JSON, if it is one of the column's type. */
final class ColumnValues {
  /** An exponent of millions would fill the memory when it is written out. */
  private static final int MOST_DIGITS = 1_000;

  /** PostgreSQL keeps microseconds. */
  private static final int NANOS_KEPT = 1_000;

  private static final int DATE_LENGTH = "2026-01-05".length();
  private static final int SHORTEST_TIME = "2026-01-05T08:30:00Z".length();

  /** The same object is the same text, in whatever order its fields come. */
  private static final ObjectWriter SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build().writer();

  private ColumnValues() {}

  /**
   * @param node anything but null
   * @return Boolean, Long, BigDecimal, LocalDate, ZonedDateTime in UTC, UTF-8 for text, or JSON in
   *     UTF-8; null when it is no value of that type
   * @throws SetAside when PostgreSQL cannot hold it at all
   */
  static Object of(ColumnType type, JsonNode node) {
    return switch (type) {
      case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
      case BIGINT -> node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
      case NUMERIC -> isNumber(node) ? number(node) : null;
      case DATE -> node.isTextual() ? date(node.textValue()) : null;
      case TIMESTAMP -> node.isTextual() ? time(node.textValue()) : null;
      case TEXT -> node.isContainerNode() ? null : text(node);
      case JSON -> json(node);
    };
  }

  /**
   * The narrowest type that holds a value.
   *
   * @param node anything but null
   */
  static ColumnType narrowest(JsonNode node) {
    if (node.isBoolean()) {
      return ColumnType.BOOLEAN;
    }
    if (isNumber(node)) {
      return node.isIntegralNumber() && node.canConvertToLong()
          ? ColumnType.BIGINT
          : ColumnType.NUMERIC;
    }
    if (node.isContainerNode()) {
      return ColumnType.JSON;
    }
    if (node.isTextual()) {
      if (date(node.textValue()) != null) {
        return ColumnType.DATE;
      }
      if (time(node.textValue()) != null) {
        return ColumnType.TIMESTAMP;
      }
    }
    return ColumnType.TEXT;
  }

  /**
   * Text as PostgreSQL can hold it: it knows neither a NUL nor half of a surrogate pair.
   *
   * @throws SetAside when it cannot
   */
  static String storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new SetAside("it holds a NUL character, which PostgreSQL cannot store");
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new SetAside("it holds half a character (a lone surrogate)");
        }
        i++;
      }
    }
    return text;
  }

  /** Not a number, and infinity, which a source other than JSON may bring, are text. */
  static boolean isNumber(JsonNode node) {
    return node instanceof NumericNode number && !number.isNaN();
  }

  private static BigDecimal number(JsonNode node) {
    BigDecimal number = node.decimalValue();
    if (number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS) {
      throw new SetAside("it holds a number of more than %,d digits".formatted(MOST_DIGITS));
    }
    return number;
  }

  private static byte[] text(JsonNode node) {
    // As PostgreSQL writes the numbers that were in the column before it was widened.
    String text = isNumber(node) ? number(node).toPlainString() : node.asText();
    return utf8(text);
  }

  /**
   * Text as PostgreSQL can hold it.
   *
   * @throws SetAside when it cannot
   */
  static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // Most texts are ASCII; that there is neither in them is seen many characters at once.
    boolean ascii =
        bytes.length == text.length()
            && text.equals(new String(bytes, StandardCharsets.ISO_8859_1));
    if (!ascii || text.indexOf(0) >= 0) {
      storable(text);
    }
    return bytes;
  }

  /** The last form of a value, which holds everything. */
  static byte[] json(JsonNode node) {
    check(node);
    try {
      return SORTED.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new SetAside("it cannot be written as JSON");
    }
  }

  private static void check(JsonNode node) {
    if (node.isTextual()) {
      storable(node.textValue());
    } else if (isNumber(node)) {
      number(node);
    }
    for (var field : node.properties()) {
      storable(field.getKey());
    }
    for (JsonNode inner : node) {
      check(inner);
    }
  }

  private static LocalDate date(String text) {
    if (text.length() != DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(text);
      return date.getYear() < 1 ? null : date;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Only what comes back as the same moment; one without a zone is no moment. */
  private static ZonedDateTime time(String text) {
    if (text.length() < SHORTEST_TIME || text.charAt(4) != '-' || text.charAt(10) != 'T') {
      return null;
    }
    try {
      OffsetDateTime time = ITU.parseDateTime(text);
      ZonedDateTime utc = time.atZoneSameInstant(ZoneOffset.UTC);
      return time.getNano() % NANOS_KEPT == 0 && utc.getYear() >= 1 && utc.getYear() <= 9_999
          ? utc
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
