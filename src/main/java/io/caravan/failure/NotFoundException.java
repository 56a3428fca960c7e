package io.caravan.failure;

/** The thing that was asked for does not exist. HTTP answers 404. */
public final class NotFoundException extends RuntimeException {
  public NotFoundException(String message) {
    super(message);
  }
}
