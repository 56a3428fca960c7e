package io.caravan.sheetsync;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Numbers as people write them into a text cell: {@code 1,234.50}, {@code 12.3 %}, {@code $5}. A
 * word is a problem and never becomes 0 (defect D6).
 */
final class NumberSpelling {
  private static final Pattern PLAIN =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d*)?");

  /** One comma and three digits: grouping here, a decimal comma elsewhere. */
  private static final Pattern ONE_COMMA = Pattern.compile("[+-]?\\d{1,3},\\d{3}");

  private static final int DIGITS_OF_A_GROUP = 3;

  private NumberSpelling() {}

  /**
   * @param cell the text
   * @param symbol a currency's symbol to ignore, or null
   * @param decimals how many the field holds, or null when any; with fewer than three, {@code
   *     1,234} can only be a thousand and more
   * @throws Unreadable when it is no number or could be two
   */
  static BigDecimal read(String cell, String symbol, Integer decimals) throws Unreadable {
    String text = cell.strip();
    if (symbol != null && !symbol.isEmpty()) {
      text = text.replace(symbol, "").strip();
    }
    boolean percent = text.endsWith("%");
    if (percent) {
      text = text.substring(0, text.length() - 1).strip();
    }
    if (ONE_COMMA.matcher(text).matches()
        && (percent || decimals == null || decimals >= DIGITS_OF_A_GROUP)) {
      throw new Unreadable(
          Problem.Kind.NOT_A_NUMBER,
          "can be read as a thousand and as a fraction; write it without the comma");
    }
    if (!PLAIN.matcher(text).matches() && !GROUPED.matcher(text).matches()) {
      throw new Unreadable(
          Problem.Kind.NOT_A_NUMBER, "must hold a number such as 1234.5 and holds other text");
    }
    BigDecimal number = new BigDecimal(text.replace(",", ""));
    return percent ? number.movePointLeft(2) : number;
  }
}
