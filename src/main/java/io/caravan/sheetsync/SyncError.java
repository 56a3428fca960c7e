package io.caravan.sheetsync;

import io.caravan.airtable.AirtableError;
import io.caravan.failure.Failure;

/**
 * Something that went wrong in a sync (TS-21: what it is can be told apart).
 *
 * @param kind {@code VALIDATION}, {@code CONFLICT}, {@code STATE}, {@code WRITE}, {@code OAUTH},
 *     {@code RATE_LIMIT}, {@code NETWORK}, {@code LINKED_RECORD} or {@code UNKNOWN}
 * @param recordId null when no record is meant
 * @param field null when no field is meant
 * @param cell null when no cell is meant
 */
record SyncError(String kind, String recordId, String field, String cell, String message) {
  static SyncError of(Problem problem) {
    return new SyncError(
        switch (problem.kind()) {
          case MISSING_LINK, AMBIGUOUS_LINK -> "LINKED_RECORD";
          case UNKNOWN_ID, DUPLICATE_ID, AMBIGUOUS_MATCH, FROZEN -> "STATE";
          default -> "VALIDATION";
        },
        problem.recordId(),
        problem.field(),
        problem.cell(),
        problem.message());
  }

  static SyncError of(Halt halt) {
    return new SyncError("STATE", null, null, null, halt.sentence());
  }

  static SyncError of(Failure failure) {
    return new SyncError(kind(failure), null, null, null, failure.getMessage());
  }

  private static String kind(Failure failure) {
    if (failure instanceof AirtableError error && error.isOfToken()) {
      return "OAUTH";
    }
    if (failure.retryAfter().isPresent()
        || failure instanceof AirtableError error && error.isOfQuota()) {
      return "RATE_LIMIT";
    }
    return switch (failure.kind()) {
      case AUTHORISATION -> "OAUTH";
      case TRANSIENT, TIMEOUT -> "NETWORK";
      case CONFIGURATION, DATA -> "VALIDATION";
      case BRAKE -> "STATE";
      default -> "UNKNOWN";
    };
  }
}
