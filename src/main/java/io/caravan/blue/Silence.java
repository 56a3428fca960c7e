package io.caravan.blue;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What it means that no answer came. The exception's own words may hold more than is wanted. */
final class Silence {
  private Silence() {}

  /** The end of a sentence about a target. */
  static String of(Throwable thrown) {
    return switch (thrown) {
      case SocketTimeoutException e -> "did not answer in time.";
      case ConnectException e -> "could not be reached: nothing listens there.";
      case UnknownHostException e -> "could not be reached: its name is not known.";
      case SSLException e -> "has a certificate that is not trusted here, or speaks no TLS.";
      default -> "broke off (%s).".formatted(thrown.getClass().getSimpleName());
    };
  }
}
