package io.caravan.connectorsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorValueTest {
  @ParameterizedTest
  @CsvSource({
    "9, 10, 10",
    "10, 9, 10",
    "-1, -2, -1",
    "1.5, 1.25, 1.5",
    "12345678901234567890, 12345678901234567891, 12345678901234567891",
    "2026-01-31, 2026-02-01, 2026-02-01",
    "2026-01-01T00:30:00+01:00, 2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00Z, 2026-01-01T00:30:00+0100, 2026-01-01T00:00:00Z",
    "2026-01-01T10:00:00.5Z, 2026-01-01T10:00:00Z, 2026-01-01T10:00:00.5Z",
    "2026-01-01 10:00:00, 2026-01-01T09:59:59Z, 2026-01-01 10:00:00",
    "2026-01-01T01:00:00-05:00, 2026-01-01T05:59:59Z, 2026-01-01T01:00:00-05:00",
    "b9, b10, b9",
    "9, b, b",
    "1, 1.0, 1"
  })
  void theHigherOneIsKeptAsItWasWritten(String one, String other, String higher) {
    assertThat(CursorValue.higher(one, other)).isEqualTo(higher);
  }

  @ParameterizedTest
  @CsvSource({"5, , 5", ", 5, 5", ", ,"})
  void anyIsHigherThanNone(String one, String other, String higher) {
    assertThat(CursorValue.higher(one, other)).isEqualTo(higher);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:30+01:00, 60, 2025-12-31T23:59:30+01:00",
    "2026-01-01T00:00:30, 60, 2025-12-31T23:59:30",
    "2026-01-01 00:00:30, 60, 2025-12-31T23:59:30",
    "2026-01-01, 60, 2025-12-31",
    "2026-01-01T00:00:00Z, 0, 2026-01-01T00:00:00Z",
    "1767225600, 60, 1767225600",
    "b9, 60, b9"
  })
  void anEarlierTimeIsWrittenInTheSameManner(String cursor, long seconds, String earlier) {
    assertThat(CursorValue.earlier(cursor, Duration.ofSeconds(seconds))).isEqualTo(earlier);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:30:00.000+0100, 2025-12-31T23:30:00Z",
    "2026-01-01, 2026-01-01T00:00:00Z",
    "17, 17"
  })
  void aMomentIsInUtc(String cursor, String moment) {
    assertThat(CursorValue.utc(cursor)).isEqualTo(moment);
  }
}
