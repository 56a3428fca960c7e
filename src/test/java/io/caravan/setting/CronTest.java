package io.caravan.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

class CronTest {
  private static final Instant NOW = Instant.parse("2026-11-22T01:30:15Z");

  @Test
  void dailyMeansUtc() {
    assertThat(new Cron("0 2 * * *").nextAfter(NOW))
        .contains(Instant.parse("2026-11-22T02:00:00Z"));
  }

  @Test
  void offNeverFires() {
    assertThat(new Cron("off").nextAfter(NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 2 * * *",
        "*/5 * * * *",
        "*/15 8-18 * * 1-5",
        "30 6 1 * *",
        "0 0 * * 0",
        "0 12 * * 7",
        "5 4 * 1,6 MON,FRI",
        "0 9 * * 1,3,5"
      })
  void quartzFiresWhenCronSays(String expression) throws ParseException {
    Cron cron = new Cron(expression);
    CronExpression quartz = new CronExpression(cron.toQuartz());
    quartz.setTimeZone(TimeZone.getTimeZone("UTC"));
    Instant time = NOW;
    for (int i = 0; i < 20; i++) {
      Instant next = cron.nextAfter(time).orElseThrow();
      assertThat(quartz.getNextValidTimeAfter(Date.from(time)).toInstant()).isEqualTo(next);
      time = next;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 2 * *", "0 0 2 * * *", "61 * * * *", "* * 1 * 1", "daily"})
  void refusesWhatIsNoFiveFieldCron(String expression) {
    assertThatThrownBy(() -> new Cron(expression)).isInstanceOf(IllegalArgumentException.class);
  }
}
