package io.caravan.setting;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/**
 * A five-field cron expression in UTC, as CONTRACT section 1 has it: minute, hour, day of month,
 * month, day of week.
 *
 * @param expression the five fields, or {@code off}
 */
public record Cron(String expression) {
  private static final String OFF = "off";

  /**
   * @throws IllegalArgumentException when it is neither {@code off} nor five fields that make sense
   */
  public Cron {
    expression = expression.strip();
    if (!OFF.equals(expression)) {
      String[] field = expression.split("\\s+");
      if (field.length != 5) {
        throw new IllegalArgumentException(
            "needs five fields (minute hour day month weekday) or off");
      }
      if (!anyDay(field[2]) && !anyDay(field[4])) {
        throw new IllegalArgumentException("takes a day of the month or a weekday, not both");
      }
      CronExpression.parse("0 " + expression);
    }
  }

  public boolean enabled() {
    return !OFF.equals(expression);
  }

  /**
   * The first firing after {@code instant}; empty when switched off or when there is none any more.
   */
  public Optional<Instant> nextAfter(Instant instant) {
    if (!enabled()) {
      return Optional.empty();
    }
    return Optional.ofNullable(
            CronExpression.parse("0 " + expression).next(instant.atOffset(ZoneOffset.UTC)))
        .map(OffsetDateTime::toInstant);
  }

  /**
   * The same schedule in Quartz's form, which has seconds first and wants {@code ?} in one of the
   * two day fields, and counts weekdays from Sunday = 1 where cron has Sunday = 0 or 7.
   */
  public String toQuartz() {
    String[] field = expression.split("\\s+");
    boolean anyWeekday = anyDay(field[4]);
    String weekday = anyWeekday ? "?" : namedWeekdays(field[4]);
    String day = anyWeekday ? field[2] : "?";
    return String.join(" ", "0", field[0], field[1], day, field[3], weekday);
  }

  private static boolean anyDay(String field) {
    return field.equals("*") || field.equals("?");
  }

  private static String namedWeekdays(String field) {
    String[] names = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
    String[] steps = field.split("/", 2);
    StringBuilder named = new StringBuilder();
    for (char c : steps[0].toCharArray()) {
      named.append(c >= '0' && c <= '7' ? names[c - '0'] : String.valueOf(c));
    }
    return steps.length == 2 ? named + "/" + steps[1] : named.toString();
  }
}
