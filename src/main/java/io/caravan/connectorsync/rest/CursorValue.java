package io.caravan.connectorsync.rest;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How far a list was read: the highest value of its cursor field. Numbers are compared as numbers,
 * times of ISO 8601 as moments (without a zone: in UTC), everything else as text.
 */
final class CursorValue {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,100}(?:\\.\\d{1,100})?");
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  private CursorValue() {}

  /**
   * @param one null for none, which is less than any other
   * @return the higher of both, as it was written; {@code one} when they are equal
   */
  static String higher(String one, String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return compare(one, other) >= 0 ? one : other;
  }

  private static int compare(String one, String other) {
    if (NUMBER.matcher(one).matches() && NUMBER.matcher(other).matches()) {
      return new BigDecimal(one).compareTo(new BigDecimal(other));
    }
    Instant first = moment(one);
    Instant second = first == null ? null : moment(other);
    return second == null ? one.compareTo(other) : first.compareTo(second);
  }

  /**
   * A time that lies before, written in the same manner; what is no time stays as it is.
   *
   * @param cursor as it was read
   */
  static String earlier(String cursor, Duration by) {
    if (by.isZero() || NUMBER.matcher(cursor).matches()) {
      return cursor;
    }
    return switch (time(cursor)) {
      case OffsetDateTime zoned -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(zoned.minus(by));
      case LocalDateTime local -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local.minus(by));
      case LocalDate day -> day.minusDays(Math.ceilDiv(by.toSeconds(), 86_400)).toString();
      case null, default -> cursor;
    };
  }

  /** A time in UTC as RFC 3339 writes it; what is no time stays as it is. */
  static String utc(String cursor) {
    Instant moment = moment(cursor);
    return moment == null ? cursor : moment.toString();
  }

  private static Instant moment(String text) {
    return switch (time(text)) {
      case OffsetDateTime zoned -> zoned.toInstant();
      case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
      case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
      case null, default -> null;
    };
  }

  /** Null for what is none. */
  private static TemporalAccessor time(String text) {
    try {
      return TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
