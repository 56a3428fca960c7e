package io.caravan.airtable;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;

/** Airtable refused a request, and said why. */
public final class AirtableError extends Failure {
  /** The iterator behind an offset is gone; whoever pages starts again (list records reference). */
  public static final String ITERATOR_GONE = "LIST_RECORDS_ITERATOR_NOT_AVAILABLE";

  private final int status;
  private final String type;

  AirtableError(FailureKind kind, int status, String type, String message, Duration retryAfter) {
    super(kind, message, retryAfter, null);
    this.status = status;
    this.type = type;
  }

  /** Airtable's own word for it, for example {@code INVALID_VALUE_FOR_COLUMN}; never null. */
  public String type() {
    return type;
  }

  /** Whether a table or a field that the request names is not there, as far as Airtable says. */
  public boolean isOfNames() {
    return status == 403 || status == 404 || type.equals("UNKNOWN_FIELD_NAME");
  }

  /** Whether the account's token was refused. */
  public boolean isOfToken() {
    return status == 401;
  }

  /** Whether there were too many requests, in a second or in a month. */
  public boolean isOfQuota() {
    return status == 429;
  }

  /** Whether its message names a field, by its id or its name. */
  public boolean names(String fieldId, String fieldName) {
    return getMessage().contains('"' + fieldId + '"')
        || getMessage().contains('"' + fieldName + '"');
  }

  /**
   * Whether one of the records in the request is at fault, so that the others may be sent alone.
   */
  public boolean isOfOneRecord() {
    return status == 422 || status == 404 || status == 413;
  }
}
