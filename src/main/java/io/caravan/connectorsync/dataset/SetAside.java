package io.caravan.connectorsync.dataset;

/** A record that cannot be stored; the message says why, without a value of it. */
final class SetAside extends RuntimeException {
  SetAside(String reason) {
    // Thousands may come in a row, and nobody reads where from.
    super(reason, null, false, false);
  }
}
