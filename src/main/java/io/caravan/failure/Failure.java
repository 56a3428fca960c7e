package io.caravan.failure;

import java.time.Duration;
import java.util.Optional;

/**
 * Work that failed, with its kind and a message for people: what happened, to which thing, and what
 * to do. The message never holds a secret, a token, or a row of a customer's data.
 */
public class Failure extends RuntimeException {
  private final FailureKind kind;
  private final Duration retryAfter;

  public Failure(FailureKind kind, String message) {
    this(kind, message, null, null);
  }

  public Failure(FailureKind kind, String message, Throwable cause) {
    this(kind, message, null, cause);
  }

  /**
   * @param retryAfter how long the other side asked us to wait, or null when it did not say
   */
  public Failure(FailureKind kind, String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public FailureKind kind() {
    return kind;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
