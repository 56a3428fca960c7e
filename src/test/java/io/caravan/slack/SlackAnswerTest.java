package io.caravan.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackAnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api     | 200 | {\"ok\":true,\"ts\":\"1.2\"}                  | SENT",
        "api     | 200 | {\"ok\":false,\"error\":\"channel_not_found\"} | FAILED",
        "api     | 200 | {\"ok\":false,\"error\":\"not_heard_of_yet\"}  | FAILED",
        "api     | 200 | {\"ok\":false,\"error\":\"internal_error\"}    | PENDING",
        "api     | 200 | {\"ok\":false,\"error\":\"ratelimited\"}       | PENDING",
        "api     | 200 | {\"ok\":false,\"error\":\"Bearer secret\"}     | FAILED",
        "api     | 200 | <html>                                         | FAILED",
        "api     | 200 | ok                                             | FAILED",
        "api     | 302 |                                                | FAILED",
        "api     | 503 |                                                | PENDING",
        "webhook | 200 | ok                                             | SENT",
        "webhook | 200 | <html>Log in</html>                            | FAILED",
        "webhook | 404 | no_service                                     | FAILED",
        "webhook | 403 | invalid_token                                  | FAILED",
        "webhook | 410 | channel_is_archived                            | FAILED",
        "webhook | 500 | rollup_error                                   | PENDING"
      })
  void knowsWhatAnAnswerMeans(String way, int status, String body, SlackStatus expected) {
    SlackOutcome outcome =
        new SlackAnswer(status, null, body).outcome(way.equals("webhook"), false);

    assertThat(outcome.status()).isEqualTo(expected);
    assertThat(String.valueOf(outcome.error())).doesNotContain("secret", "html");
    assertThat(outcome.error() == null).isEqualTo(expected == SlackStatus.SENT);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "' 7 ', 7", "soon, 30", ", 30"})
  void waitsAsLongAsSlackAsks(String header, int seconds) {
    assertThat(new SlackAnswer(429, header, "").outcome(true, false).quietFor())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void refusedBlocksAreLeftOutOnceAndThePlaceIsNamed() {
    SlackAnswer answer =
        new SlackAnswer(
            200,
            null,
            """
            {"ok":false,"error":"invalid_blocks","response_metadata":{"messages":
            ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"]}}
            """);

    assertThat(answer.outcome(false, true).withoutBlocks()).isTrue();
    assertThat(answer.outcome(false, true).status()).isEqualTo(SlackStatus.PENDING);
    assertThat(answer.outcome(false, false).status()).isEqualTo(SlackStatus.FAILED);
    assertThat(answer.outcome(false, false).error())
        .contains("invalid_blocks", "json-pointer:/blocks/0/text/text");
  }

  @Test
  void saysWhatToDo() {
    assertThat(
            new SlackAnswer(200, null, "{\"ok\":false,\"error\":\"not_in_channel\"}")
                .outcome(false, false)
                .error())
        .isEqualTo("Slack refused the message (not_in_channel). Invite the app to the channel.");
  }
}
