package io.caravan.failure;

/**
 * The caller sent something that cannot be accepted; the message says what to change. HTTP answers
 * 400.
 */
public final class InvalidInputException extends RuntimeException {
  public InvalidInputException(String message) {
    super(message);
  }
}
