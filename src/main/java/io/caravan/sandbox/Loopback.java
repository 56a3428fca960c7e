package io.caravan.sandbox;

import com.sun.net.httpserver.HttpServer;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where stand-ins listen: nobody on another machine reaches them. */
final class Loopback {
  static {
    // Or else every short answer waits 40 ms, for the acknowledgement of its own headers. The JDK
    // reads it once, when the first server of the process is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private Loopback() {}

  /**
   * A server that is not started yet.
   *
   * @param port 0 for any that is free
   * @param name of the stand-in, for the message
   * @throws Failure kind CONFIGURATION when the port is taken
   */
  static HttpServer server(int port, String name) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The %s stand-in cannot listen on port %d. Choose another.".formatted(name, port),
          e);
    }
  }
}
