package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.caravan.sheetsync.Value.Day;
import io.caravan.sheetsync.Value.Text;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * A date that belongs to no time zone and never gains one (defect D9).
 *
 * <p>Written as ISO text, because a serial number shows as a date only where somebody set a number
 * format, and a cell's text is the same in every locale. A cell that holds a serial keeps that form
 * and with it its format.
 */
final class DateCodec implements FieldCodec {
  @Override
  public Value ofAirtable(JsonNode json) {
    try {
      return new Day(LocalDate.parse(json.asText()));
    } catch (DateTimeException e) {
      return new Text(json.asText());
    }
  }

  @Override
  public JsonNode toAirtable(Value value) {
    return TextNode.valueOf(value instanceof Day(LocalDate date) ? date.toString() : text(value));
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    LocalDateTime time =
        switch (cell) {
          case Number serial -> Serial.time(serial);
          case String text -> MomentSpelling.local(text);
          default -> throw DateSpelling.notADate();
        };
    if (!time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      throw new Unreadable(
          Problem.Kind.NOT_A_DATE, "holds a time and the field a date only; remove the time");
    }
    return new Day(time.toLocalDate());
  }

  @Override
  public boolean isPlainly(JsonNode json, Value value) {
    return value instanceof Day(LocalDate date) && date.toString().equals(json.textValue());
  }

  @Override
  public boolean holds(Value value) {
    return value instanceof Day || value instanceof Text;
  }

  @Override
  public Object toCell(Value value) {
    return value instanceof Day(LocalDate date) ? date.toString() : text(value);
  }

  @Override
  public Object toCell(Value value, Object old) {
    return old instanceof Number && value instanceof Day(LocalDate date)
        ? Serial.of(date)
        : toCell(value);
  }

  private static String text(Value value) {
    return ((Text) value).text();
  }
}
