package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.caravan.sheetsync.Value.Text;
import java.math.BigDecimal;

/**
 * Text of any kind. A phone number that a sheet holds as a number comes back as text, as Airtable
 * refuses numbers there.
 *
 * @param rich whether Airtable ends the text with a line break of its own
 */
record TextCodec(boolean rich) implements FieldCodec {
  /** Airtable's limit of a long text. */
  private static final int MOST_CHARACTERS = 100_000;

  @Override
  public Value ofAirtable(JsonNode json) {
    return text(json.isTextual() ? json.textValue() : json.toString());
  }

  @Override
  public JsonNode toAirtable(Value value) {
    return TextNode.valueOf(((Text) value).text());
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    String text = plain(cell);
    if (text.length() > MOST_CHARACTERS) {
      throw new Unreadable(
          Problem.Kind.TOO_LONG_FOR_FIELD,
          "holds more than 100 000 characters, the most that Airtable takes; shorten it");
    }
    return text(text);
  }

  @Override
  public boolean isPlainly(JsonNode json, Value value) {
    return value instanceof Text(String text) && text.equals(json.textValue());
  }

  @Override
  public boolean holds(Value value) {
    return value instanceof Text;
  }

  @Override
  public Object toCell(Value value) {
    return ((Text) value).text();
  }

  private Value text(String text) {
    String lines = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    String end = rich && lines.endsWith("\n") ? lines.stripTrailing() : lines;
    return end.isEmpty() ? Value.EMPTY : new Text(end);
  }

  /** What a person sees in a cell without a number format. */
  static String plain(Object cell) {
    return switch (cell) {
      case Boolean on -> on ? "TRUE" : "FALSE";
      case Number number -> decimal(number).toPlainString();
      default -> cell.toString();
    };
  }

  /** Without the noise of binary fractions and without a trailing {@code .0}. */
  static BigDecimal decimal(Number number) {
    BigDecimal exact =
        number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    BigDecimal digits = exact.stripTrailingZeros();
    return digits.scale() < 0 ? digits.setScale(0) : digits;
  }
}
