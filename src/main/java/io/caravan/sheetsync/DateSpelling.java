package io.caravan.sheetsync;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as people write them. ISO is always understood, another spelling only when it can mean one
 * day: {@code 25/12/2026} can, {@code 3/4/2026} cannot and is a problem (defect D9).
 */
final class DateSpelling {
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})");
  private static final Pattern DAY_MONTH =
      Pattern.compile("(\\d{1,2})(?:\\.|st|nd|rd|th)?[ -]([a-z]{3,9})\\.?,?[ -](\\d{4})");
  private static final Pattern MONTH_DAY =
      Pattern.compile("([a-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})");

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private static final int MONTHS_OF_A_YEAR = 12;

  private DateSpelling() {}

  /**
   * @param cell a date without a time
   * @throws Unreadable when it is none or could be two
   */
  static LocalDate read(String cell) throws Unreadable {
    String text = cell.strip().toLowerCase(Locale.ROOT);
    try {
      Matcher yearFirst = YEAR_FIRST.matcher(text);
      if (yearFirst.matches()) {
        return date(yearFirst.group(1), yearFirst.group(3), yearFirst.group(4));
      }
      Matcher yearLast = YEAR_LAST.matcher(text);
      if (yearLast.matches()) {
        return ofNumbers(yearLast.group(1), yearLast.group(3), yearLast.group(4));
      }
      Matcher dayMonth = DAY_MONTH.matcher(text);
      if (dayMonth.matches()) {
        return date(dayMonth.group(3), month(dayMonth.group(2)), dayMonth.group(1));
      }
      Matcher monthDay = MONTH_DAY.matcher(text);
      if (monthDay.matches()) {
        return date(monthDay.group(3), month(monthDay.group(1)), monthDay.group(2));
      }
    } catch (DateTimeException e) {
      throw notADate();
    }
    throw notADate();
  }

  private static LocalDate ofNumbers(String first, String second, String year) throws Unreadable {
    int one = Integer.parseInt(first);
    int other = Integer.parseInt(second);
    if (one <= MONTHS_OF_A_YEAR && other <= MONTHS_OF_A_YEAR && one != other) {
      throw new Unreadable(
          Problem.Kind.AMBIGUOUS_DATE, "can be read as two different days; write it as YYYY-MM-DD");
    }
    return one > MONTHS_OF_A_YEAR ? date(year, second, first) : date(year, first, second);
  }

  private static String month(String name) throws Unreadable {
    for (int i = 0; i < MONTHS.size(); i++) {
      if (MONTHS.get(i).equals(name) || name.length() <= 4 && MONTHS.get(i).startsWith(name)) {
        return String.valueOf(i + 1);
      }
    }
    throw notADate();
  }

  private static LocalDate date(String year, String month, String day) {
    return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
  }

  static Unreadable notADate() {
    return new Unreadable(Problem.Kind.NOT_A_DATE, "must hold a date; write it as YYYY-MM-DD");
  }
}
