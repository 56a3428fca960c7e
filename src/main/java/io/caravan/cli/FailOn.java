package io.caravan.cli;

import io.caravan.schemasync.Severity;
import java.util.Locale;

/** From which severity on a check fails. What could not be verified fails it anyway. */
enum FailOn {
  CRITICAL,
  WARNING;

  boolean fails(Severity severity) {
    return switch (severity) {
      case CRITICAL, UNVERIFIABLE -> true;
      case WARNING -> this == WARNING;
      case INFO -> false;
    };
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
