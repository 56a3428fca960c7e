package io.caravan.setting;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Checks every setting of CONTRACT section 1 and names all that is wrong at once (PF-06). Works on
 * names and rules only; a value never gets into a message.
 */
final class SettingsCheck {
  private static final Pattern KEYS = Pattern.compile("[0-9a-fA-F]{64}(\\s*,\\s*[0-9a-fA-F]{64})*");
  private static final Set<String> REQUIRED_WITH_DATABASE =
      Set.of("ENCRYPTION_KEY", "CARAVAN_API_TOKEN", "CARAVAN_ADMIN_PASSWORD");

  private final UnaryOperator<String> setting;
  private final List<String> problems = new ArrayList<>();

  private SettingsCheck(UnaryOperator<String> setting) {
    this.setting = setting;
  }

  /**
   * @param settings variable name (as in CONTRACT) to its value; empty or absent when not set
   * @param crons variable name or property to five-field cron
   * @return one sentence for each problem; empty when all is well
   */
  static List<String> problems(Map<String, String> settings, Map<String, String> crons) {
    SettingsCheck check = new SettingsCheck(name -> settings.getOrDefault(name, ""));
    check.database();
    check.secrets();
    check.addresses();
    crons.forEach(check::cron);
    return check.problems;
  }

  private void database() {
    String url = setting.apply("DATABASE_URL");
    if (!url.isEmpty() && DatabaseUrl.parse(url).isEmpty()) {
      problems.add(
          "DATABASE_URL must look like postgres://user:password@host:5432/database or"
              + " jdbc:postgresql://host:5432/database");
    }
    if (!url.isEmpty()) {
      REQUIRED_WITH_DATABASE.stream()
          .sorted()
          .filter(name -> setting.apply(name).isEmpty())
          .forEach(name -> problems.add(name + " is required when DATABASE_URL is set"));
    }
    if (!setting.apply("BROKER_URL").isEmpty()) {
      // Ignoring it would leave somebody with several nodes believing that they share the work.
      problems.add(
          "BROKER_URL must be left out: this version does not spread work over several nodes yet");
    }
  }

  private void secrets() {
    String keys = setting.apply("ENCRYPTION_KEY");
    if (!keys.isEmpty() && !KEYS.matcher(keys.strip()).matches()) {
      problems.add(
          "ENCRYPTION_KEY must be 64 hexadecimal digits (or several such keys, separated by"
              + " commas); make one with: openssl rand -hex 32");
    }
    for (String name :
        List.of("CARAVAN_API_TOKEN", "CARAVAN_ADMIN_PASSWORD", "CRON_SECRET", "SYNC_SECRET_KEY")) {
      String secret = setting.apply(name);
      if (!secret.isEmpty() && (secret.length() < 8 || !secret.equals(secret.strip()))) {
        problems.add(name + " must have at least 8 characters and no blanks around them");
      }
    }
  }

  private void addresses() {
    String port = setting.apply("SERVER_PORT");
    if (!port.isEmpty() && !(port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65535)) {
      problems.add("SERVER_PORT must be a number from 0 to 65535");
    }
    for (String name :
        List.of(
            "SOURCE_API_URL",
            "DATA_TEAM_SLACK_WEBHOOK_URL",
            "AIRTABLE_API_URL",
            "AIRTABLE_TOKEN_URL",
            "GOOGLE_SHEETS_API_URL",
            "GOOGLE_TOKEN_URL",
            "SLACK_API_URL")) {
      String value = setting.apply(name);
      for (String url : value.isEmpty() ? new String[0] : value.split(",")) {
        if (!isHttpUrl(url.strip())) {
          problems.add(name + " must be a URL that starts with http:// or https://");
        }
      }
    }
    if (!everyPart("TARGET_API_URL", SettingsCheck::isBaseUrl)) {
      // What stands in an address is shown; a secret there would be, too.
      problems.add(
          "TARGET_API_URL must be a URL that starts with http:// or https://, or several separated"
              + " by commas, without user, password, ? and #");
    }
    if (!everyPart("caravan.blue.allowed-origins", SettingsCheck::isOrigin)) {
      problems.add(
          "caravan.blue.allowed-origins must be origins like https://app.example.com, separated by"
              + " commas, without anything behind the port");
    }
    String privateAddresses = setting.apply("CONNECTORSYNC_ALLOW_PRIVATE_ADDRESSES");
    if (!privateAddresses.isEmpty() && !Set.of("true", "false").contains(privateAddresses)) {
      problems.add("CONNECTORSYNC_ALLOW_PRIVATE_ADDRESSES must be true or false");
    }
  }

  private boolean everyPart(String name, Predicate<String> rule) {
    String value = setting.apply(name);
    return value.isEmpty() || Arrays.stream(value.split(",")).map(String::strip).allMatch(rule);
  }

  private static boolean isBaseUrl(String url) {
    return isHttpUrl(url)
        && URI.create(url).getRawUserInfo() == null
        && !url.contains("?")
        && !url.contains("#");
  }

  private static boolean isOrigin(String url) {
    return isBaseUrl(url) && URI.create(url).getRawPath().isEmpty();
  }

  private static boolean isHttpUrl(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void cron(String name, String expression) {
    try {
      new Cron(expression);
    } catch (IllegalArgumentException e) {
      problems.add(
          name
              + " must be a cron expression of five fields (minute hour day month weekday), like 0"
              + " 2 * * *, or off");
    }
  }
}
