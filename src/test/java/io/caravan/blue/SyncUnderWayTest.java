package io.caravan.blue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncUnderWayTest {
  private static final String ACCEPTED = "{\"success\":true,\"taskId\":\"t-1\"}";
  private static final String RUNNING = "{\"status\":\"running\"}";
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final SyncUnderWay sync =
      new SyncUnderWay(
          UUID.randomUUID(),
          new BlueProperties(
              List.of(" https://a/base/ ", "", "https://b", "https://b"),
              " secret ",
              Duration.ofSeconds(2),
              Duration.ofHours(1),
              5000,
              15000,
              3,
              List.of()),
          () -> now);

  private void follow() {
    sync.nextCall();
    sync.answered(202, ACCEPTED);
  }

  @Test
  void asksTheTargetsInOrderUntilOneAccepts() {
    assertThat(sync.nextCall())
        .isEqualTo(new GreenCall("POST", "https://a/base/api/internal/orchestrate-sync-api"));
    sync.silent(new UnknownHostException("a"));
    assertThat(sync.target()).isNull();
    assertThat(sync.isSeeking()).isTrue();
    assertThat(sync.nextCall().url()).startsWith("https://b/");
    sync.answered(200, ACCEPTED);

    assertThat(sync.isSeeking()).isFalse();
    assertThat(sync.isFollowing()).isTrue();
    assertThat(sync.isDue()).isTrue();
    assertThat(sync.nextCall())
        .isEqualTo(new GreenCall("GET", "https://b/api/internal/task-status/t-1"));
    assertThat(sync.notes())
        .containsExactly("https://a/base could not be reached: its name is not known.");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "{\"status\":\"succeeded\",\"error\":\"x\"} | succeeded | -",
        "{\"status\":\"timed_out\"} | timed_out | Green ended the sync as timed out.",
        "{\"status\":\"failed\",\"error\":{\"message\":\"Out of\\n"
            + "\\tdisk.\"}} | failed | Green ended the sync as failed: Out of disk.",
        "{\"status\":\"skipped\",\"output\":{\"reason\":\"Nothing is new.\"}} | skipped | Green"
            + " ended the sync as skipped: Nothing is new.",
      })
  void howGreenEndedItIsHowItEnded(String answer, String status, String error) {
    follow();
    sync.answered(200, answer);

    assertThat(sync.isFollowing()).isFalse();
    assertThat(sync.end()).isEqualTo(new SyncEnd(status, error));
  }

  @Test
  void aLongSyncIsAskedForLessAndLessOften() {
    follow();
    List<Duration> pauses = new ArrayList<>();
    Instant before = now;
    while (sync.isFollowing()) {
      if (sync.isDue()) {
        pauses.add(Duration.between(before, now));
        before = now;
        sync.answered(200, RUNNING);
      }
      assertThat(sync.pauseMs()).isBetween(1L, 250L);
      now = now.plusMillis(sync.pauseMs());
    }

    assertThat(pauses.get(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(pauses.getLast()).isEqualTo(Duration.ofSeconds(15));
    assertThat(pauses).isSorted().hasSizeBetween(250, 350);
    assertThat(sync.end().status()).isEqualTo("timed_out");
    assertThat(sync.end().error()).contains("3600 s");
  }

  @Test
  void onlyChecksInARowThatFailEndIt() {
    follow();
    for (int round = 0; round < 3; round++) {
      sync.silent(new ConnectException());
      sync.answered(502, "<html>");
      sync.answered(200, RUNNING);
    }
    assertThat(sync.isFollowing()).isTrue();
    sync.answered(404, "{}");
    sync.answered(200, "{\"status\":\"COMPLETED\"}");
    sync.silent(new ConnectException());

    assertThat(sync.isFollowing()).isFalse();
    assertThat(sync.end().status()).isEqualTo("failed");
    assertThat(sync.end().error()).contains("3 times in a row").endsWith("nothing listens there.");
    assertThat(sync.checks()).hasSize(12);
  }

  @Test
  void oneThatIsStoppedBreaksOffItsCallAndMakesNoOther() {
    follow();
    List<String> brokenOff = new ArrayList<>();
    try (var call = sync.onStop(() -> brokenOff.add("call"))) {
      sync.stop("Caravan stopped.");
    }

    assertThat(brokenOff).containsExactly("call");
    assertThat(sync.isFollowing()).isFalse();
    assertThat(sync.isSeeking()).isFalse();
    assertThat(sync.end()).isEqualTo(new SyncEnd("interrupted", "Caravan stopped."));
    assertThatThrownBy(() -> sync.onStop(() -> {})).isInstanceOf(Failure.class);
  }

  @Test
  void whatGreenSaysIsCut() {
    follow();
    sync.answered(200, "{\"status\":\"failed\",\"error\":\"%s\"}".formatted("x".repeat(5000)));

    assertThat(sync.end().error()).hasSizeLessThan(600);
  }
}
