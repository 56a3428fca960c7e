package io.caravan.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private final Redactor redactor = new Redactor();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://user:hunter2@host:5432/db",
        "postgres://user:hun/ter2hunter2@host/db failed",
        "jdbc:postgresql://host/db?user=me&password=hunter2&ssl=true",
        "jdbc:sqlserver://host;databaseName=x;password={hunter2};encrypt=true",
        "PWD=hunter2;UID=token",
        "{\"password\": \"hunter2\", \"name\": \"x\"}",
        "{\"password\":\"say \\\"hunter2\\\" loud\"}",
        "accessToken: 'hunter2'",
        "OAuthPvtKey=hunter2;ProjectId=p",
        "client_secret = hunter2",
        "Authorization: Bearer hunter2.abc-def",
        "authorization: basic aHVudGVyMhunter2==",
        "x-sync-secret: hunter2",
        "https://hooks.slack.com/services/T0/B0/hunter2",
        "token xoxb-hunter2-123 was refused",
        "AIRTABLE_ACCESS_TOKEN=hunter2",
        "sslpassword=hunter2"
      })
  void masksWhatLooksLikeASecret(String text) {
    assertThat(redactor.redact(text)).doesNotContain("hunter2").contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password authentication failed for user \"me\"",
        "relation \"tokens\" does not exist",
        "jdbc:postgresql://host:5432/db?sslmode=require",
        "see https://example.org/docs?page=2"
      })
  void leavesOrdinaryTextAlone(String text) {
    assertThat(redactor.redact(text)).isEqualTo(text);
  }

  @Test
  void keepsWhatStandsAroundASecret() {
    assertThat(redactor.redact("jdbc:postgresql://me:pw@host:5432/db?password=x&ssl=true"))
        .isEqualTo("jdbc:postgresql://***@host:5432/db?password=***&ssl=true");
  }

  @Test
  void masksARegisteredSecretAnywhere() {
    redactor.register("correct horse");
    redactor.register("abc");

    assertThat(redactor.redact("you said correct horse, abc")).isEqualTo("you said ***, abc");
    assertThat(redactor.redact(null)).isNull();
  }

  @Test
  void staysFastOnLongText() {
    String text = "password".repeat(20_000) + "a.".repeat(50_000) + "://" + "x".repeat(100_000);

    Assertions.assertTimeout(Duration.ofSeconds(2), () -> redactor.redact(text));
  }
}
