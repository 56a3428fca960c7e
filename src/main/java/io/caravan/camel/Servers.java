package io.caravan.camel;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.core5.http.HttpRequest;

/** Whether a request goes to the server that a secret is meant for. */
final class Servers {
  private Servers() {}

  static boolean same(HttpRequest request, URI address) {
    try {
      URI asked = request.getUri();
      return address.getScheme().equals(asked.getScheme())
          && address.getHost().equalsIgnoreCase(asked.getHost())
          && port(address) == port(asked);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int port(URI uri) {
    int usual = "https".equals(uri.getScheme()) ? 443 : 80;
    return uri.getPort() < 0 ? usual : uri.getPort();
  }
}
