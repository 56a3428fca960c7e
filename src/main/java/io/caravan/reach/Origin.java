package io.caravan.reach;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.HttpRequest;

/**
 * Scheme, host and port of an address (RFC 6454): whom a secret is meant for.
 *
 * @param port never negative: the usual one where the address names none
 */
public record Origin(String scheme, String host, int port) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException when the address is not of http or https, has no host, or a
   *     port that there is not
   */
  public static Origin of(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!List.of("http", "https").contains(scheme) || address.getHost() == null) {
      throw new IllegalArgumentException("An address must have http:// or https:// and a host.");
    }
    if (address.getPort() > HIGHEST_PORT) {
      throw new IllegalArgumentException("A port must not be above %d.".formatted(HIGHEST_PORT));
    }
    int usual = scheme.equals("https") ? 443 : 80;
    return new Origin(
        scheme,
        address.getHost().toLowerCase(Locale.ROOT),
        address.getPort() < 0 ? usual : address.getPort());
  }

  /** Whether the request goes there. */
  public boolean isOf(HttpRequest request) {
    try {
      return equals(of(request.getUri()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
