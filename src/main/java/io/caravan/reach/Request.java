package io.caravan.reach;

import io.caravan.failure.StopSignal;
import java.net.URI;
import java.util.Map;

/**
 * Something to ask a server for. Headers and credentials go to the server of the address alone, not
 * where it redirects to.
 *
 * @param address http or https
 * @param headers by name; without secrets
 * @param credentials that the server asks for
 * @param accept the media type that is wanted
 * @param stop breaks the request off
 */
public record Request(
    URI address,
    Map<String, String> headers,
    Credentials credentials,
    String accept,
    StopSignal stop) {
  /** The media type that makes {@link Received#content} refuse an error page. */
  public static final String JSON = "application/json";

  /**
   * @throws IllegalArgumentException when the address is not of http or https, or has no host
   */
  public Request {
    Origin.of(address);
    headers = Map.copyOf(headers);
  }

  /** Host and path, for messages: a query may hold what is nobody's business. */
  public String place() {
    return address.getHost() + (address.getRawPath() == null ? "" : address.getRawPath());
  }

  @Override
  public String toString() {
    return "Request[" + place() + "]";
  }
}
