package io.caravan.failure;

/** A setting that this needs is absent; the message says which. HTTP answers 503. */
public final class NotConfiguredException extends RuntimeException {
  public NotConfiguredException(String message) {
    super(message);
  }
}
