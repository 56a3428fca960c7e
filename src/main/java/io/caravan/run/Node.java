package io.caravan.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * Who this process is in the ledger.
 *
 * @param name the host's name and a part that differs from start to start
 */
public record Node(String name) {
  public static Node ofThisProcess() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost";
    }
    return new Node(host + "-" + UUID.randomUUID().toString().substring(0, 8));
  }
}
