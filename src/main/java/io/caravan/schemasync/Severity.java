package io.caravan.schemasync;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a finding matters (SS-06 to SS-08), the worst first. */
public enum Severity {
  /** Queries fail. */
  CRITICAL(":red_circle:"),
  /** Queries may give wrong results. */
  WARNING(":large_yellow_circle:"),
  /** Worth knowing, breaks nothing. */
  INFO(":large_blue_circle:"),
  /** It could not be found out, which is never the same as all being well. */
  UNVERIFIABLE(":white_circle:");

  private final String emoji;

  Severity(String emoji) {
    this.emoji = emoji;
  }

  /** As Slack writes it. */
  String emoji() {
    return emoji;
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Severity ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
