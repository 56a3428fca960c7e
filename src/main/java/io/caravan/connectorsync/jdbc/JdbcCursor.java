package io.caravan.connectorsync.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.source.SourceType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;

/**
 * The highest value of a cursor field. It is stored with its kind, so that the server compares it
 * as what it was, and not as text.
 */
final class JdbcCursor {
  private static final int DIGITS_OF_LONG = 18;
  private static final String KIND = "kind";
  private static final String VALUE = "value";
  private static final Map<String, Function<String, Comparable<?>>> KINDS =
      Map.of(
          "number", BigDecimal::new,
          "date", LocalDate::parse,
          "local", LocalDateTime::parse,
          "moment", OffsetDateTime::parse,
          "text", text -> text);

  private final String field;
  private String kind;
  private Comparable<?> highest;

  /**
   * @param stored what {@link #state} gave; missing for nothing
   */
  JdbcCursor(String field, JsonNode stored) {
    this.field = field;
    if (stored.hasNonNull(KIND)) {
      kind = stored.get(KIND).asText();
      highest = KINDS.get(kind).apply(stored.get(VALUE).asText());
    }
  }

  /** Whether there is a value. */
  boolean known() {
    return highest != null;
  }

  /** What to bind: as the column's own type, where an index shall serve. */
  Object value(SourceType type) {
    boolean mysql = type == SourceType.MYSQL || type == SourceType.MARIADB;
    return switch (highest) {
      case BigDecimal number when number.stripTrailingZeros().scale() <= 0 && fits(number) ->
          number.longValueExact();
      // The session's zone is UTC; the driver would take this machine's.
      case OffsetDateTime moment when mysql -> moment.toLocalDateTime();
      default -> highest;
    };
  }

  private static boolean fits(BigDecimal number) {
    return number.precision() - number.scale() <= DIGITS_OF_LONG;
  }

  /**
   * Looks at a record.
   *
   * @param text whether the field comes from a column of text, where a date is bound as text too
   * @throws Failure of kind configuration when it has no such field, or one that has no order
   */
  void see(JsonNode record, boolean text) {
    JsonNode value = record.get(field);
    if (value == null || value.isContainerNode() || value.isBoolean()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "config.cursorField: %s is no column of numbers, times or texts; correct it."
              .formatted(field));
    }
    // What lies beyond every date is nothing to go on from: nothing would come after it.
    if (!value.isNull() && (text || !TypedValues.isInfinite(value))) {
      see(value.isNumber() ? "number" : text ? "text" : kindOf(value.textValue()), value.asText());
    }
  }

  private static String kindOf(String text) {
    for (String kind : new String[] {"date", "local", "moment"}) {
      try {
        KINDS.get(kind).apply(text);
        return kind;
      } catch (DateTimeException e) {
        // Another one, then.
      }
    }
    return "text";
  }

  @SuppressWarnings("unchecked")
  private void see(String seen, String text) {
    Comparable<?> value = KINDS.get(seen).apply(text);
    if (value instanceof OffsetDateTime moment) {
      value = moment.withOffsetSameInstant(ZoneOffset.UTC);
    }
    if (!seen.equals(kind) || ((Comparable<Object>) value).compareTo(highest) > 0) {
      kind = seen;
      highest = value;
    }
  }

  /** To be stored with the records. */
  ObjectNode state() {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    if (highest != null) {
      state.put(KIND, kind);
      state.put(
          VALUE,
          highest instanceof BigDecimal number ? number.toPlainString() : highest.toString());
    }
    return state;
  }
}
