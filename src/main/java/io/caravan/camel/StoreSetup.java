package io.caravan.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.InvalidInputException;
import io.caravan.reach.Hosts;
import io.caravan.reach.Origin;
import io.caravan.reach.ReachProperties;
import java.net.URI;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;

/**
 * What the client of an object store is made of.
 *
 * @param client name under which endpoints find it in Camel's registry
 * @param config of the connector
 * @param secrets its credentials
 * @param beginning of the names of all objects that count
 * @param folders those that may hold, also further down, an object that counts
 */
record StoreSetup(
    CamelContext camel,
    String client,
    JsonNode config,
    JsonNode secrets,
    String beginning,
    Predicate<String> folders,
    Hosts hosts,
    ReachProperties bounds) {
  /**
   * Where the store is.
   *
   * @param usual where the config does not say
   * @throws io.caravan.failure.Failure of kind configuration when it may not be reached
   */
  URI endpoint(String usual) {
    try {
      URI endpoint = URI.create(config.path("endpoint").asText(usual));
      if (endpoint.getHost() != null && endpoint.getRawUserInfo() == null) {
        Origin.of(endpoint);
        hosts.check(endpoint.getHost());
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      // The same as one without a host.
    }
    throw new InvalidInputException(
        "config.endpoint: must be an address like https://minio.example.com, without user and"
            + " password, and its port not above 65535.");
  }

  /** Lets endpoints find a thing by the client's name and a suffix. */
  <T> void bind(String suffix, Class<T> type, T thing) {
    camel.getRegistry().bind(client + suffix, type, thing);
  }

  void unbind(String suffix) {
    camel.getRegistry().unbind(client + suffix);
  }

  @Override
  public String toString() {
    return "StoreSetup[" + client + "]";
  }
}
