package io.caravan.sandbox;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a number is shown.
 *
 * @param type as in the API: {@code NUMBER}, {@code DATE}, {@code TEXT} and the like
 * @param pattern as in the API, empty for the type's usual one
 */
record SheetsFormat(String type, String pattern) {
  static final SheetsFormat TEXT = new SheetsFormat("TEXT", "@");
  private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
  private static final double SECONDS_OF_DAY = 86_400;
  private static final MathContext SHOWN = new MathContext(10);
  private static final Pattern DATE_TOKEN =
      Pattern.compile("\"([^\"]*)\"|(am/pm|yyyy|yy|y|m+|d+|h+|s+|\\.0+)", Pattern.CASE_INSENSITIVE);

  static SheetsFormat date(String pattern) {
    return new SheetsFormat("DATE", pattern);
  }

  boolean isTime() {
    return type.equals("DATE") || type.equals("DATE_TIME") || type.equals("TIME");
  }

  /** Days since the one before the last of 1899, with the time as the fraction. */
  static double serial(LocalDateTime time) {
    return time.toLocalDate().toEpochDay()
        - DAY_ZERO.toEpochDay()
        + time.toLocalTime().toNanoOfDay() / 1e9 / SECONDS_OF_DAY;
  }

  /** What a serial number means, to the millisecond. */
  static LocalDateTime time(double serial) {
    long millis = Math.round((serial - Math.floor(serial)) * SECONDS_OF_DAY * 1000);
    return DAY_ZERO
        .plusDays((long) Math.floor(serial))
        .atStartOfDay()
        .plusNanos(millis * 1_000_000);
  }

  /** A number without a format of its own. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).round(SHOWN).stripTrailingZeros().toPlainString();
  }

  /** A number as a person sees it. */
  String show(double number) {
    if (isTime()) {
      return DateTimeFormatter.ofPattern(javaPattern(), Locale.US).format(time(number));
    }
    String pattern = numberPattern();
    return pattern.equals("@") || pattern.isEmpty()
        ? plain(number)
        : new DecimalFormat(pattern.replace('"', '\''), DecimalFormatSymbols.getInstance(Locale.US))
            .format(number);
  }

  private String numberPattern() {
    if (!pattern.isEmpty()) {
      return pattern;
    }
    return switch (type) {
      case "NUMBER" -> "#,##0.00";
      case "PERCENT" -> "0.00%";
      case "CURRENCY" -> "\"$\"#,##0.00";
      case "SCIENTIFIC" -> "0.00E00";
      default -> "";
    };
  }

  private String javaPattern() {
    String given = pattern;
    if (given.isEmpty()) {
      given =
          switch (type) {
            case "DATE" -> "m/d/yyyy";
            case "TIME" -> "h:mm:ss am/pm";
            default -> "m/d/yyyy h:mm:ss";
          };
    }
    boolean twelve = given.toLowerCase(Locale.ROOT).contains("am/pm");
    StringBuilder java = new StringBuilder();
    Matcher tokens = DATE_TOKEN.matcher(given);
    boolean afterHour = false;
    int end = 0;
    while (tokens.find()) {
      quote(java, given.substring(end, tokens.start()));
      end = tokens.end();
      if (tokens.group(1) != null) {
        quote(java, tokens.group(1));
        continue;
      }
      String token = tokens.group(2).toLowerCase(Locale.ROOT);
      boolean minutes = token.startsWith("m") && (afterHour || given.startsWith(":s", end));
      java.append(
          switch (token.charAt(0)) {
            case 'y' -> token.length() == 4 ? "uuuu" : "uu";
            case 'm' -> minutes ? token : token.toUpperCase(Locale.ROOT);
            case 'h' -> twelve ? token : token.toUpperCase(Locale.ROOT);
            case '.' -> "." + "S".repeat(token.length() - 1);
            case 'a' -> "a";
            default -> token;
          });
      afterHour = token.startsWith("h");
    }
    quote(java, given.substring(end));
    return java.toString();
  }

  private static void quote(StringBuilder java, String literal) {
    if (!literal.isEmpty()) {
      java.append('\'').append(literal.replace("'", "''")).append('\'');
    }
  }
}
