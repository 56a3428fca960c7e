package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What becomes of a value that is sent: as it is, or as if a person had typed it. */
final class SheetsInput {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<sign>[-+])?(?<money>\\$)?(?<digits>\\d{1,3}(?:,\\d{3})+|\\d+)?(?<rest>\\.\\d*)?"
              + "(?<power>[eE][-+]?\\d+)?(?<percent>%)?");
  private static final Pattern YEAR_FIRST =
      Pattern.compile(
          "(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})(?:[ T](\\d{1,2}:\\d{2}(?::\\d{2})?))?");
  private static final Pattern MONTH_FIRST =
      Pattern.compile("(\\d{1,2})([-/])(\\d{1,2})(?:\\2(\\d{4}))?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");

  private final Year thisYear;

  /**
   * @param thisYear of dates without one
   */
  SheetsInput(Year thisYear) {
    this.thisYear = thisYear;
  }

  /**
   * What a cell holds after a value was written.
   *
   * @param typed whether it is parsed like typing, {@code USER_ENTERED}
   * @param before what it held
   * @throws Refusal when the value is an object or a list, or too long
   */
  SheetsCell accept(JsonNode value, boolean typed, SheetsCell before) {
    if (value.isNumber()) {
      return new SheetsCell(value.doubleValue(), null, before.format());
    }
    if (value.isBoolean()) {
      return new SheetsCell(value.booleanValue(), null, before.format());
    }
    if (!value.isTextual()) {
      throw SheetsErrors.invalid(
          "Invalid values[0][0]: %s_value: %s"
              .formatted(value.isArray() ? "list" : "struct", value));
    }
    String text = value.asText();
    if (text.length() > SheetsCell.LONGEST_TEXT) {
      throw SheetsErrors.invalid(
          "Your input contains more than the maximum of 50000 characters in a single cell.");
    }
    if (text.isEmpty()) {
      return before.cleared();
    }
    return typed ? typed(text, before) : new SheetsCell(text, null, before.format());
  }

  /** What a person's typing becomes. */
  SheetsCell typed(String text, SheetsCell before) {
    boolean asText = before.format() != null && before.format().type().equals("TEXT");
    if (text.isEmpty()) {
      return before.cleared();
    }
    if (text.startsWith("=") && text.length() > 1 && !asText) {
      return new SheetsCell(null, text, before.format());
    }
    if (text.startsWith("'")) {
      return new SheetsCell(text.substring(1), null, before.format());
    }
    if (asText) {
      return new SheetsCell(text, null, before.format());
    }
    String trimmed = text.trim();
    if (trimmed.equalsIgnoreCase("true") || trimmed.equalsIgnoreCase("false")) {
      return new SheetsCell(Boolean.valueOf(trimmed), null, before.format());
    }
    if (trimmed.matches("[-+][A-Za-z(].*")) {
      return new SheetsCell(null, "=" + trimmed, before.format());
    }
    return number(trimmed, before)
        .or(() -> date(trimmed))
        .orElseGet(() -> new SheetsCell(text, null, before.format()));
  }

  private static Optional<SheetsCell> number(String text, SheetsCell before) {
    Matcher parts = NUMBER.matcher(text);
    if (!parts.matches() || parts.group("digits") == null && parts.group("rest") == null) {
      return Optional.empty();
    }
    String digits = parts.group("digits") == null ? "0" : parts.group("digits").replace(",", "");
    String rest = parts.group("rest") == null ? "" : parts.group("rest");
    String power = parts.group("power") == null ? "" : parts.group("power");
    double number = Double.parseDouble(digits + rest + power);
    boolean percent = parts.group("percent") != null;
    SheetsFormat format = before.format();
    if (percent) {
      format = new SheetsFormat("PERCENT", rest.length() > 1 ? "0.00%" : "0%");
    } else if (parts.group("money") != null) {
      format = new SheetsFormat("CURRENCY", "\"$\"#,##0.00");
    } else if (!power.isEmpty()) {
      format = new SheetsFormat("SCIENTIFIC", "0.00E00");
    } else if (format == null && text.contains(",")) {
      format = new SheetsFormat("NUMBER", rest.isEmpty() ? "#,##0" : "#,##0.00");
    }
    double signed = "-".equals(parts.group("sign")) ? -number : number;
    return Optional.of(new SheetsCell(percent ? signed / 100 : signed, null, format));
  }

  private Optional<SheetsCell> date(String text) {
    try {
      Matcher yearFirst = YEAR_FIRST.matcher(text);
      if (yearFirst.matches() && !text.contains("T")) {
        LocalDate day =
            LocalDate.of(number(yearFirst, 1), number(yearFirst, 3), number(yearFirst, 4));
        String sign = yearFirst.group(2);
        String pattern = "yyyy" + sign + "mm" + sign + "dd";
        String time = yearFirst.group(5);
        return Optional.of(
            time == null
                ? cell(day.atStartOfDay(), SheetsFormat.date(pattern))
                : cell(
                    day.atTime(time(time)), new SheetsFormat("DATE_TIME", pattern + " hh:mm:ss")));
      }
      Matcher monthFirst = MONTH_FIRST.matcher(text);
      if (monthFirst.matches()) {
        String sign = monthFirst.group(2);
        boolean withYear = monthFirst.group(4) != null;
        LocalDate day =
            LocalDate.of(
                withYear ? number(monthFirst, 4) : thisYear.getValue(),
                number(monthFirst, 1),
                number(monthFirst, 3));
        return Optional.of(
            cell(
                day.atStartOfDay(),
                SheetsFormat.date("m" + sign + "d" + (withYear ? sign + "yyyy" : ""))));
      }
      if (TIME.matcher(text).matches()) {
        return Optional.of(
            new SheetsCell(
                time(text).toSecondOfDay() / 86_400.0,
                null,
                new SheetsFormat("TIME", "h:mm:ss am/pm")));
      }
    } catch (DateTimeException e) {
      // Looks like a date and is none, as 2026-13-45: stays a text.
    }
    return Optional.empty();
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static LocalTime time(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException(text);
    }
    return LocalTime.of(
        number(parts, 1), number(parts, 2), parts.group(3) == null ? 0 : number(parts, 3));
  }

  private static SheetsCell cell(LocalDateTime time, SheetsFormat format) {
    return new SheetsCell(SheetsFormat.serial(time), null, format);
  }
}
