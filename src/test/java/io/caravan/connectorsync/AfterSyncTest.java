package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AfterSyncTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final Failure FAILED = new Failure(FailureKind.TRANSIENT, "It failed.");

  /** Its last digits add nothing to a wait. */
  private static final UUID PUNCTUAL = new UUID(1, 0);

  private static AfterSync after(FailureKind kind, int failures, Duration interval, UUID id) {
    return after(new Failure(kind, "It failed."), failures, interval, id);
  }

  private static AfterSync after(Failure failure, int failures, Duration interval, UUID id) {
    return AfterSync.failed(failure, failures, NOW.minus(Duration.ofDays(3)), interval, id, NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "1, PT1H, PT1M",
    "2, PT1H, PT2M",
    "4, PT1H, PT8M",
    "4, PT5M, PT5M",
    "5, PT1H, PT1H",
    "6, PT1H, PT2H",
    "9, PT1H, PT16H",
    "10, PT1H, PT24H",
    "60, PT1H, PT24H",
    "60, P7D, P7D"
  })
  void waitsLongerAndLongerButNeverStops(int failures, Duration interval, Duration wait) {
    AfterSync after = after(FailureKind.TRANSIENT, failures, interval, PUNCTUAL);

    assertThat(after.status()).isEqualTo(ConnectorStatus.ACTIVE);
    assertThat(Duration.between(NOW, after.retryAt())).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource({"1, PT2H, PT2H", "1, PT10S, PT1M", "8, PT2H, PT8H", "1, P400D, PT24H"})
  void isNotTriedBeforeTheSourceAskedForIt(int failures, Duration asked, Duration wait) {
    Failure busy = new Failure(FailureKind.TRANSIENT, "Too many requests.", asked, null);

    AfterSync after = after(busy, failures, Duration.ofHours(1), PUNCTUAL);

    assertThat(Duration.between(NOW, after.retryAt())).isEqualTo(wait);
  }

  @Test
  void thoseThatFailedTogetherComeBackApartAndAlwaysAtTheSameTime() {
    AfterSync one = after(FailureKind.TRANSIENT, 5, Duration.ofHours(1), new UUID(1, 999));
    AfterSync other = after(FailureKind.TRANSIENT, 5, Duration.ofHours(1), new UUID(1, 500));

    assertThat(Duration.between(NOW, one.retryAt())).isEqualTo(Duration.parse("PT1H5M59.64S"));
    assertThat(Duration.between(NOW, other.retryAt())).isEqualTo(Duration.ofMinutes(63));
    assertThat(after(FailureKind.TRANSIENT, 5, Duration.ofHours(1), new UUID(1, 999)))
        .isEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHORISATION", "CONFIGURATION"})
  void whatOnlyAPersonCanMendIsNotHammered(FailureKind kind) {
    AfterSync after = after(kind, 1, Duration.ofHours(1), PUNCTUAL);

    assertThat(after.status()).isEqualTo(ConnectorStatus.NEEDS_ATTENTION);
    assertThat(after.retryAt()).isNull();
    assertThat(after.warning()).contains("tested");
  }

  @Test
  void isGivenUpOnlyAfterManyFailuresAndManyDays() {
    Instant twoWeeksAgo = NOW.minus(Duration.ofDays(14));

    assertThat(
            AfterSync.failed(FAILED, 19, twoWeeksAgo, Duration.ofHours(1), PUNCTUAL, NOW).status())
        .isEqualTo(ConnectorStatus.ACTIVE);
    assertThat(after(FailureKind.TRANSIENT, 20, Duration.ofHours(1), PUNCTUAL).status())
        .isEqualTo(ConnectorStatus.ACTIVE);
    assertThat(AfterSync.failed(FAILED, 20, twoWeeksAgo, Duration.ofHours(1), PUNCTUAL, NOW))
        .isEqualTo(
            new AfterSync(
                ConnectorStatus.ERROR,
                null,
                "It is given up after 20 failures in a row since 2026-02-15T12:00:00Z."));
  }

  @Test
  void theTeamIsWarnedTwiceAndNotForEveryFailure() {
    StringBuilder warned = new StringBuilder();
    for (int failures = 1; failures <= 30; failures++) {
      if (after(FailureKind.TRANSIENT, failures, Duration.ofHours(1), PUNCTUAL).warning() != null) {
        warned.append(failures).append(' ');
      }
    }
    assertThat(warned).hasToString("5 19 ");
  }
}
