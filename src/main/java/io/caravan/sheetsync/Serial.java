package io.caravan.sheetsync;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Days since 30 December 1899, as Google Sheets gives dates under {@code SERIAL_NUMBER}: 43831 is 1
 * January 2020.
 */
final class Serial {
  private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);
  private static final long MILLIS_OF_A_DAY = 86_400_000;

  /** The years that both sides can write with four digits. */
  private static final long FIRST = ChronoUnit.DAYS.between(EPOCH, LocalDate.of(1, 1, 1));

  private static final long LAST = ChronoUnit.DAYS.between(EPOCH, LocalDate.of(9999, 12, 31));

  private Serial() {}

  /**
   * @throws Unreadable when the number lies outside the calendar
   */
  static LocalDateTime time(Number serial) throws Unreadable {
    double days = serial.doubleValue();
    if (days < FIRST || days >= LAST + 1) {
      throw DateSpelling.notADate();
    }
    // A fraction of a day is never exact in binary; milliseconds are what Airtable can hold.
    return EPOCH.atStartOfDay().plus(Math.round(days * MILLIS_OF_A_DAY), ChronoUnit.MILLIS);
  }

  static BigDecimal of(LocalDate date) {
    return BigDecimal.valueOf(ChronoUnit.DAYS.between(EPOCH, date));
  }

  static BigDecimal of(LocalDateTime time) {
    long millis = ChronoUnit.MILLIS.between(EPOCH.atStartOfDay(), time);
    return TextCodec.decimal((double) millis / MILLIS_OF_A_DAY);
  }
}
