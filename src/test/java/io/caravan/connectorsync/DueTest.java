package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.InvalidInputException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DueTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant BEFORE = NOW.minusSeconds(1);

  @ParameterizedTest
  @CsvSource({
    "ACTIVE, true, -1, false, true, , true, Its interval is over.",
    "ACTIVE, true, -1, false, false, , true, It was never synced.",
    "ACTIVE, true, -1, true, true, , true, It is time to try again.",
    "ACTIVE, true, 0, false, true, , false, Not before 2026-03-01T12:00:00Z.",
    "ACTIVE, true, 60, true, true, , false, After a failure it is tried again at"
        + " 2026-03-01T12:01:00Z.",
    "ACTIVE, false, -1, false, true, , false, autoSync is off.",
    "ACTIVE, true, -1, false, true, 11:00-13:00, true, Its interval is over.",
    "ACTIVE, true, -1, false, true, 22:00-06:00, false, 'Due, but outside its hours, 22:00-06:00 in"
        + " UTC.'",
    "INACTIVE, true, -1, false, true, , false, Its status is INACTIVE; set it to ACTIVE.",
    "SYNCING, true, -1, false, true, , false, It is being synced now.",
    "ERROR, true, -1, false, true, , false, It was given up after failures over a long time; set"
        + " its status to ACTIVE.",
    "NEEDS_ATTENTION, true, -1, false, true, , false, 'It was refused; mend what lastSyncError"
        + " says, then test it.'"
  })
  void saysWhoseTurnItIsAndWhy(
      ConnectorStatus status,
      boolean autoSync,
      int dueInSeconds,
      boolean retrying,
      boolean synced,
      String hours,
      boolean isDue,
      String reason) {
    Due due =
        Due.of(
            status,
            autoSync,
            NOW.plusSeconds(dueInSeconds),
            retrying,
            synced,
            hours == null ? null : AllowedHours.of(hours),
            NOW);

    assertThat(due).isEqualTo(new Due(isDue, reason, isDue ? BEFORE : null));
  }

  @ParameterizedTest
  @CsvSource({
    "08:00-18:00, 07:59, false",
    "08:00-18:00, 08:00, true",
    "08:00-18:00, 17:59, true",
    "08:00-18:00, 18:00, false",
    "22:00-06:00, 21:59, false",
    "22:00-06:00, 23:00, true",
    "22:00-06:00, 05:59, true",
    "22:00-06:00, 06:00, false"
  })
  void hoursMayGoPastMidnight(String hours, LocalTime clock, boolean open) {
    Instant time = LocalDate.of(2026, 3, 1).atTime(clock).toInstant(ZoneOffset.UTC);

    assertThat(AllowedHours.of(hours).contains(time)).isEqualTo(open);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8-18", "24:00-06:00", "08:00-08:00", "", "08:60-09:00"})
  void hoursOfAnotherFormAreRefusedByName(String text) {
    assertThatThrownBy(() -> AllowedHours.of(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowedHours");
  }

  @Test
  void hoursReadAsTheyWereWritten() {
    assertThat(AllowedHours.of("06:30-22:05")).hasToString("06:30-22:05");
  }
}
