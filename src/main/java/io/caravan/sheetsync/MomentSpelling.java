package io.caravan.sheetsync;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: a date, perhaps a clock time, perhaps an offset. */
final class MomentSpelling {
  private static final Pattern TIME =
      Pattern.compile(
          "(.+?)(?:t|,?\\s+)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?\\s*(am|pm)?\\s*(z|[+-]\\d{2}:?\\d{2})?");

  private static final int NOON = 12;
  private static final int NANO_DIGITS = 9;

  private MomentSpelling() {}

  /**
   * @return the clock time as written; a date alone is its midnight
   * @throws Unreadable when it is none, could be two, or has an offset
   */
  static LocalDateTime local(String cell) throws Unreadable {
    Matcher time = matcher(cell);
    if (time == null) {
      return DateSpelling.read(cell).atStartOfDay();
    }
    if (time.group(7) != null) {
      throw DateSpelling.notADate();
    }
    return local(time);
  }

  /**
   * @param zone of the field, where the text has no offset
   * @throws Unreadable when it is no time or could be two
   */
  static ZonedDateTime zoned(String cell, ZoneId zone) throws Unreadable {
    Matcher time = matcher(cell);
    if (time == null || time.group(7) == null) {
      return inZone(time == null ? local(cell) : local(time), zone);
    }
    try {
      return local(time).atZone(ZoneOffset.of(time.group(7).toUpperCase(Locale.ROOT)));
    } catch (DateTimeException e) {
      throw DateSpelling.notADate();
    }
  }

  /**
   * @throws Unreadable on the night when clocks change and the time comes twice or never
   */
  static ZonedDateTime inZone(LocalDateTime local, ZoneId zone) throws Unreadable {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.size() != 1) {
      throw new Unreadable(
          Problem.Kind.AMBIGUOUS_DATE,
          "holds a time that comes %s on this day in %s; add the offset, such as +01:00"
              .formatted(offsets.isEmpty() ? "never" : "twice", zone.getId()));
    }
    return local.atZone(zone);
  }

  private static Matcher matcher(String cell) {
    Matcher time = TIME.matcher(cell.strip().toLowerCase(Locale.ROOT));
    return time.matches() ? time : null;
  }

  private static LocalDateTime local(Matcher time) throws Unreadable {
    int hour = Integer.parseInt(time.group(2));
    String half = time.group(6);
    if (half != null && (hour < 1 || hour > NOON)) {
      throw DateSpelling.notADate();
    }
    if (half != null) {
      hour = hour % NOON + (half.equals("pm") ? NOON : 0);
    }
    String fraction = time.group(5) == null ? "" : time.group(5);
    try {
      return DateSpelling.read(time.group(1))
          .atTime(
              LocalTime.of(
                  hour,
                  Integer.parseInt(time.group(3)),
                  time.group(4) == null ? 0 : Integer.parseInt(time.group(4)),
                  Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()))));
    } catch (DateTimeException e) {
      throw DateSpelling.notADate();
    }
  }
}
