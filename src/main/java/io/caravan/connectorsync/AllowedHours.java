package io.caravan.connectorsync;

import io.caravan.request.Fields;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hours in which a clock may start syncs, in UTC. They may go past midnight.
 *
 * @param from the first minute that is allowed
 * @param until the first that is not
 */
public record AllowedHours(LocalTime from, LocalTime until) {
  private static final Pattern FORM =
      Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)-([01]\\d|2[0-3]):([0-5]\\d)");

  /**
   * @param text as {@code 22:00-06:00}
   * @throws io.caravan.failure.InvalidInputException when it is not of this form
   */
  static AllowedHours of(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw Fields.invalid("allowedHours", "must be like 22:00-06:00, in UTC");
    }
    LocalTime from = LocalTime.of(number(matcher, 1), number(matcher, 2));
    LocalTime until = LocalTime.of(number(matcher, 3), number(matcher, 4));
    if (from.equals(until)) {
      throw Fields.invalid("allowedHours", "must not begin and end at the same time");
    }
    return new AllowedHours(from, until);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  boolean contains(Instant time) {
    LocalTime clock = LocalTime.ofInstant(time, ZoneOffset.UTC);
    boolean begun = !clock.isBefore(from);
    boolean open = clock.isBefore(until);
    return from.isBefore(until) ? begun && open : begun || open;
  }

  @Override
  public String toString() {
    return from + "-" + until;
  }
}
