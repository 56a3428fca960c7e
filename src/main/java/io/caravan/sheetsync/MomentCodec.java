package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.caravan.sheetsync.Value.Moment;
import io.caravan.sheetsync.Value.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A point in time: UTC in Airtable, clock time of the field's own time zone in the sheet, {@code
 * 2026-02-03 14:30:00}, with an offset only where clocks are set back and the time comes twice.
 *
 * @param zone the field's time zone
 */
record MomentCodec(ZoneId zone) implements FieldCodec {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  /**
   * @param options of a dateTime field; its time zone may be {@code client}, whoever looks at it,
   *     for which UTC stands in as the server is nobody
   */
  static MomentCodec of(JsonNode options) {
    try {
      String name = options.path("timeZone").asText();
      return new MomentCodec(
          name.isEmpty() || name.equals("client") || name.equals("utc")
              ? ZoneOffset.UTC
              : ZoneId.of(name));
    } catch (DateTimeException e) {
      return new MomentCodec(ZoneOffset.UTC);
    }
  }

  @Override
  public Value ofAirtable(JsonNode json) {
    try {
      return new Moment(Instant.parse(json.asText()));
    } catch (DateTimeException e) {
      return new Text(json.asText());
    }
  }

  @Override
  public JsonNode toAirtable(Value value) {
    return TextNode.valueOf(
        value instanceof Moment(Instant instant)
            ? instant.atOffset(ZoneOffset.UTC).format(DateTimeFormatter.ISO_INSTANT)
            : text(value));
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    return switch (cell) {
      case Number serial ->
          new Moment(MomentSpelling.inZone(Serial.time(serial), zone).toInstant());
      case String text -> new Moment(MomentSpelling.zoned(text, zone).toInstant());
      default -> throw DateSpelling.notADate();
    };
  }

  @Override
  public boolean holds(Value value) {
    return value instanceof Moment || value instanceof Text;
  }

  @Override
  public Object toCell(Value value) {
    if (!(value instanceof Moment(Instant instant))) {
      return text(value);
    }
    OffsetDateTime time = instant.atZone(zone).toOffsetDateTime();
    String local = time.format(time.getNano() == 0 ? SECONDS : MILLIS);
    return comesOnce(time.toLocalDateTime()) ? local : local + time.getOffset();
  }

  @Override
  public Object toCell(Value value, Object old) {
    if (old instanceof Number && value instanceof Moment(Instant instant)) {
      LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
      return comesOnce(local) ? Serial.of(local) : toCell(value);
    }
    return toCell(value);
  }

  private boolean comesOnce(LocalDateTime local) {
    return zone.getRules().getValidOffsets(local).size() == 1;
  }

  private static String text(Value value) {
    return ((Text) value).text();
  }
}
