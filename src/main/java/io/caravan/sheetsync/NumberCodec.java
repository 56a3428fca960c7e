package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.caravan.sheetsync.Value.Decimal;
import io.caravan.sheetsync.Value.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers, rounded to what the field shows: 9.499 and 9.5 are one value in a field of one decimal.
 * A percentage is its fraction on both sides, 12.3 % is 0.123.
 *
 * @param decimals how many the field holds, or null when any
 * @param symbol a currency's symbol that people may write, or null
 * @param least the smallest number allowed, or null
 * @param most the largest, or null
 */
record NumberCodec(Integer decimals, String symbol, BigDecimal least, BigDecimal most)
    implements FieldCodec {
  static NumberCodec ofDecimals(Integer decimals) {
    return new NumberCodec(decimals, null, null, null);
  }

  @Override
  public Value ofAirtable(JsonNode json) {
    return json.isNumber()
        ? new Decimal(rounded(json.decimalValue()))
        : new Text(json.isTextual() ? json.textValue() : json.toString());
  }

  @Override
  public JsonNode toAirtable(Value value) {
    return value instanceof Decimal(BigDecimal number)
        ? JsonNodeFactory.instance.numberNode(number)
        : TextNode.valueOf(((Text) value).text());
  }

  @Override
  public Value ofCell(Object cell, Value base) throws Unreadable {
    BigDecimal number =
        switch (cell) {
          case Number exact -> TextCodec.decimal(exact);
          case String text -> NumberSpelling.read(text, symbol, decimals);
          default ->
              throw new Unreadable(
                  Problem.Kind.NOT_A_NUMBER, "holds a checkbox and must hold a number");
        };
    BigDecimal rounded = rounded(number);
    if (least != null && (rounded.compareTo(least) < 0 || rounded.compareTo(most) > 0)) {
      throw new Unreadable(
          Problem.Kind.OUT_OF_RANGE,
          "must be a whole number from %s to %s, or empty".formatted(least, most));
    }
    return new Decimal(rounded);
  }

  @Override
  public boolean isPlainly(JsonNode json, Value value) {
    return value instanceof Decimal(BigDecimal number)
        && json.isNumber()
        && number.doubleValue() == json.doubleValue();
  }

  @Override
  public boolean holds(Value value) {
    return value instanceof Decimal || value instanceof Text;
  }

  @Override
  public Object toCell(Value value) {
    return value instanceof Decimal(BigDecimal number) ? number : ((Text) value).text();
  }

  private BigDecimal rounded(BigDecimal number) {
    return decimals == null || number.scale() <= decimals
        ? number
        : number.setScale(decimals, RoundingMode.HALF_UP);
  }
}
