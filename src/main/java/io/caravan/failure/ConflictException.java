package io.caravan.failure;

/** What is asked for contradicts the present state; the message says which. HTTP answers 409. */
public final class ConflictException extends RuntimeException {
  public ConflictException(String message) {
    super(message);
  }
}
