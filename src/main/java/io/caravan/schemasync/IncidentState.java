package io.caravan.schemasync;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The life of an incident. */
public enum IncidentState {
  OPEN,
  /** Somebody knows: no reminders. */
  ACKNOWLEDGED,
  /** As if nobody had to know until a time. */
  SNOOZED,
  RESOLVED;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static IncidentState ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
