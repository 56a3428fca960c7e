package io.caravan.connectorsync.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.PGStatement;
import org.postgresql.util.PGobject;

/**
 * Values as a database's driver hands them over, as JSON in which they keep their meaning: numbers
 * with all their digits, times as ISO 8601, moments in UTC, bytes in Base64. A time without a zone
 * stays one.
 */
public final class TypedValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectReader READER = new ObjectMapper().reader();

  /** PostgreSQL's driver gives both of its types the same number. */
  private static final String POSTGRES_MOMENT = "timestamptz";

  private static final String POSTGRES_ZONED_TIME = "timetz";

  /** How PostgreSQL writes what lies beyond every date. */
  private static final String INFINITY = "infinity";

  private static final String BEFORE_ALL = "-infinity";

  /** The end of a day, which Java's times do not have. */
  private static final String MIDNIGHT = "24:00:00";

  private TypedValues() {}

  /** The value of a column, from 1. */
  public static JsonNode of(ResultSet row, int at) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    int type = columns.getColumnType(at);
    if (type == Types.TIME && columns instanceof PGResultSetMetaData) {
      return columns.getColumnTypeName(at).equals(POSTGRES_ZONED_TIME)
          ? of(row.getObject(at, OffsetTime.class))
          : of(row.getObject(at, LocalTime.class));
    }
    return switch (type) {
      case Types.DATE -> of(row.getObject(at, LocalDate.class));
      case Types.TIMESTAMP_WITH_TIMEZONE -> of(row.getObject(at, OffsetDateTime.class));
      case Types.TIMESTAMP ->
          columns.getColumnTypeName(at).equals(POSTGRES_MOMENT)
              ? of(row.getObject(at, OffsetDateTime.class))
              : of(row.getObject(at, LocalDateTime.class));
      default -> of(row.getObject(at));
    };
  }

  /**
   * @param value null for none
   */
  public static JsonNode of(Object value) throws SQLException {
    return switch (value) {
      case null -> JSON.nullNode();
      case Boolean truth -> JSON.booleanNode(truth);
      case Byte number -> JSON.numberNode(number.longValue());
      case Short number -> JSON.numberNode(number.longValue());
      case Integer number -> JSON.numberNode(number.longValue());
      case Long number -> JSON.numberNode(number);
      case BigInteger number -> JSON.numberNode(number);
      // 1.1 stays 1.1, where the double next to it is 1.10000002384185791015625.
      case Float number when Float.isFinite(number) ->
          DecimalNode.valueOf(new BigDecimal(number.toString()));
      case Double number when Double.isFinite(number) ->
          DecimalNode.valueOf(BigDecimal.valueOf(number));
      case BigDecimal number -> DecimalNode.valueOf(number);
      // The last and the first values of Java's types stand for infinity in PostgreSQL's driver,
      // and the last time for the end of the day; in the old types numbers of its own do.
      case LocalDate date when date.equals(LocalDate.MAX) -> JSON.textNode(INFINITY);
      case LocalDate date when date.equals(LocalDate.MIN) -> JSON.textNode(BEFORE_ALL);
      case LocalDateTime time when time.equals(LocalDateTime.MAX) -> JSON.textNode(INFINITY);
      case LocalDateTime time when time.equals(LocalDateTime.MIN) -> JSON.textNode(BEFORE_ALL);
      case OffsetDateTime time when time.equals(OffsetDateTime.MAX) -> JSON.textNode(INFINITY);
      case OffsetDateTime time when time.equals(OffsetDateTime.MIN) -> JSON.textNode(BEFORE_ALL);
      case LocalTime time when time.equals(LocalTime.MAX) -> JSON.textNode(MIDNIGHT);
      case OffsetTime time when time.equals(OffsetTime.MAX) -> JSON.textNode(MIDNIGHT);
      case java.util.Date time when time.getTime() == PGStatement.DATE_POSITIVE_INFINITY ->
          JSON.textNode(INFINITY);
      case java.util.Date time when time.getTime() == PGStatement.DATE_NEGATIVE_INFINITY ->
          JSON.textNode(BEFORE_ALL);
      case LocalDateTime time -> JSON.textNode(local(time));
      case Timestamp time -> JSON.textNode(local(time.toLocalDateTime()));
      case OffsetDateTime time -> JSON.textNode(time.toInstant().toString());
      case Date date -> JSON.textNode(date.toLocalDate().toString());
      case Time time -> JSON.textNode(isMidnight(time) ? MIDNIGHT : time.toLocalTime().toString());
      case byte[] bytes -> JSON.textNode(Base64.getEncoder().encodeToString(bytes));
      case Blob bytes -> of(bytes.getBytes(1, (int) bytes.length()));
      case Array list -> list((Object[]) list.getArray());
      case Object[] list -> list(list);
      case Clob text -> JSON.textNode(text.getSubString(1, (int) text.length()));
      case SQLXML text -> JSON.textNode(text.getString());
      case PGobject object -> document(object);
      case DuckDBStruct fields -> object(fields.getMap());
      case Map<?, ?> entries -> object(entries);
      default -> JSON.textNode(value.toString());
    };
  }

  /** Whether {@link #of} made this of something that lies before or after everything finite. */
  static boolean isInfinite(JsonNode value) {
    String text = value.asText();
    return text.equalsIgnoreCase(INFINITY) || text.equalsIgnoreCase(BEFORE_ALL);
  }

  private static JsonNode document(PGobject object) {
    if (object.getValue() == null) {
      return JSON.nullNode();
    }
    if (!object.getType().startsWith("json")) {
      return JSON.textNode(object.getValue());
    }
    try {
      return READER.readTree(object.getValue());
    } catch (JsonProcessingException e) {
      return JSON.textNode(object.getValue());
    }
  }

  /** Whether a time is the end of its day: PostgreSQL's driver makes the next day's begin of it. */
  private static boolean isMidnight(Time time) {
    return new Timestamp(time.getTime())
        .toLocalDateTime()
        .equals(LocalDate.EPOCH.plusDays(1).atStartOfDay());
  }

  private static String local(LocalDateTime time) {
    return time.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
  }

  private static ArrayNode list(Object[] elements) throws SQLException {
    ArrayNode list = JSON.arrayNode(elements.length);
    for (Object element : elements) {
      list.add(of(element));
    }
    return list;
  }

  private static ObjectNode object(Map<?, ?> entries) throws SQLException {
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      object.set(String.valueOf(entry.getKey()), of(entry.getValue()));
    }
    return object;
  }
}
