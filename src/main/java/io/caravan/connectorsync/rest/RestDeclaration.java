package io.caravan.connectorsync.rest;

import io.caravan.reach.Origin;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * An API as a connector's config declares it (CONTRACT, {@code config} of type {@code rest};
 * section 4 item 3 of the requirements).
 *
 * @param headers sent with every request
 * @param requestsPerSecond that the server takes
 */
public record RestDeclaration(
    URI baseUrl,
    Auth auth,
    Map<String, String> headers,
    double requestsPerSecond,
    List<Resource> resources) {
  /** The server that all resources are of. */
  public Origin origin() {
    return Origin.of(baseUrl);
  }
}
