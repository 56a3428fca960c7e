package io.caravan.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  private final Words words = new Words(new ObjectMapper());

  @ParameterizedTest
  @CsvSource({
    "0 2 * * *, at 02:00 UTC",
    "*/15 * * * *, every 15 minutes",
    "30 6 * * 1, at 06:30 on Mondays UTC",
    "'0,30 8-18 * * 1-5', 'at 0 and 30 minutes every hour between 8 and 18 every day between Monday"
        + " and Friday'",
    "off, only on request",
    "0 0 L * *, 0 0 L * * UTC"
  })
  void aScheduleReadsAsWords(String cron, String expected) {
    assertThat(words.schedule(cron)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"320, 320 ms", "4200, 4.2 s", "192000, 3 min 12 s", "3900000, 1 h 5 min", ", –"})
  void aDurationIsAsExactAsItIsShort(Long millis, String expected) {
    assertThat(words.duration(millis)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, now",
    "PT-42.5S, 42 s ago",
    "PT-47H-30M, 47 h ago",
    "PT-49H, 2 days ago",
    "PT5M30S, in 5 min"
  })
  void aTimeIsADistance(Duration away, String expected) {
    assertThat(words.distance(Instant.now().plus(away))).isEqualTo(expected);
  }

  @Test
  void noTimeIsADash() {
    assertThat(words.distance(null)).isEqualTo("–");
    assertThat(words.utc(null)).isEqualTo("–");
    assertThat(words.utc(Instant.parse("2026-11-22T19:30:00Z")))
        .isEqualTo("2026-11-22 19:30:00 UTC");
  }
}
