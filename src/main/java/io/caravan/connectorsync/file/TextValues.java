package io.caravan.connectorsync.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What a field of a CSV file means, each looked at by itself: a number or a truth value only where
 * it comes back as the very same text. So {@code 007}, {@code +5} and {@code 1,5} are text; and
 * when a later row shows that the column is none of numbers, it becomes one of text that has lost
 * nothing. Dates are left to the dataset, which takes ISO 8601 alone: 01/02/2026 is anybody's
 * guess.
 */
final class TextValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
  private static final int LONGEST_NUMBER = 100;
  private static final int DIGITS_OF_LONG = 18;

  private TextValues() {}

  /**
   * @param text null for none
   */
  static JsonNode of(String text) {
    if (text == null) {
      return JSON.nullNode();
    }
    if (text.equals("true") || text.equals("false")) {
      return JSON.booleanNode(text.equals("true"));
    }
    return isNumber(text) ? number(text) : JSON.textNode(text);
  }

  private static boolean isNumber(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NUMBER || text.charAt(0) > '9') {
      return false;
    }
    return NUMBER.matcher(text).matches();
  }

  private static JsonNode number(String text) {
    if (text.length() <= DIGITS_OF_LONG && text.indexOf('.') < 0 && !text.equals("-0")) {
      return JSON.numberNode(Long.parseLong(text));
    }
    BigDecimal number = new BigDecimal(text);
    // A zero has no sign.
    return number.signum() == 0 && text.charAt(0) == '-'
        ? JSON.textNode(text)
        : DecimalNode.valueOf(number);
  }
}
