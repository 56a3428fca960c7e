package io.caravan.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {
  private static final String KEY = "ab".repeat(32);

  @Test
  void nothingSetIsFine() {
    assertThat(SettingsCheck.problems(Map.of(), Map.of())).isEmpty();
  }

  @Test
  void namesEveryProblemAtOnceAndNoValue() {
    List<String> problems =
        SettingsCheck.problems(
            Map.of(
                "DATABASE_URL", "mysql://u:hidden@h/db",
                "ENCRYPTION_KEY", "hidden",
                "SERVER_PORT", "hidden",
                "SLACK_API_URL", "ftp://hidden"),
            Map.of("VALUESYNC_CRON", "hidden"));
    assertThat(problems)
        .hasSize(7)
        .anyMatch(problem -> problem.startsWith("DATABASE_URL must"))
        .anyMatch(problem -> problem.startsWith("CARAVAN_API_TOKEN is required"))
        .anyMatch(problem -> problem.startsWith("CARAVAN_ADMIN_PASSWORD is required"))
        .anyMatch(problem -> problem.startsWith("ENCRYPTION_KEY must"))
        .anyMatch(problem -> problem.startsWith("SERVER_PORT must"))
        .anyMatch(problem -> problem.startsWith("SLACK_API_URL must"))
        .anyMatch(problem -> problem.startsWith("VALUESYNC_CRON must"))
        .noneMatch(problem -> problem.contains("hidden"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres://u:p%40ss@h:6432/db?sslmode=require |"
            + " jdbc:postgresql://h:6432/db?sslmode=require | u | p@ss",
        "postgresql://u@h/db | jdbc:postgresql://h:5432/db | u |",
        "jdbc:postgresql://h/db?user=x | jdbc:postgresql://h/db?user=x | |",
      })
  void readsDatabaseUrls(String url, String jdbc, String user, String password) {
    assertThat(DatabaseUrl.parse(url)).contains(new DatabaseUrl(jdbc, user, password));
  }

  @Test
  void severalKeysRotate() {
    assertThat(SettingsCheck.problems(Map.of("ENCRYPTION_KEY", KEY + "," + KEY), Map.of()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TARGET_API_URL | https://green.example.com, http://green:8080/base/ | true",
        "TARGET_API_URL | https://u:hidden@green.example.com | false",
        "TARGET_API_URL | https://green.example.com,https://hidden@other | false",
        "TARGET_API_URL | https://green.example.com?token=hidden | false",
        "TARGET_API_URL | https://green.example.com#hidden | false",
        "TARGET_API_URL | hidden | false",
        "caravan.blue.allowed-origins | https://app.example.com, http://localhost:3000 | true",
        "caravan.blue.allowed-origins | https://app.example.com/hidden | false",
        "caravan.blue.allowed-origins | * | false",
      })
  void addressesThatAreShownHoldNothingSecret(String name, String value, boolean right) {
    List<String> problems = SettingsCheck.problems(Map.of(name, value), Map.of());

    assertThat(problems).hasSize(right ? 0 : 1).noneMatch(problem -> problem.contains("hidden"));
    assertThat(problems).allMatch(problem -> problem.startsWith(name + " must be"));
  }
}
