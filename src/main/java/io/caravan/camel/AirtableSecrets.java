package io.caravan.camel;

import io.caravan.airtable.AirtableProperties;
import io.caravan.connection.AirtableConnections;
import io.caravan.reach.Origin;
import java.util.UUID;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Puts an account's token into a request to Airtable at the last moment, below Camel: no exchange,
 * endpoint, trace or exception of Camel ever holds it. The request's header {@link #CONNECTION},
 * which is not sent, says whose it is.
 */
@Component
class AirtableSecrets implements HttpClientConfigurer {
  static final String CONNECTION = "Caravan-Connection";

  private final AirtableConnections connections;
  private final AirtableProperties properties;

  AirtableSecrets(AirtableConnections connections, AirtableProperties properties) {
    this.connections = connections;
    this.properties = properties;
  }

  /** Attempts are the route's affair, so the client makes one and follows no redirect. */
  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .addRequestInterceptorFirst((request, entity, context) -> complete(request));
  }

  private void complete(HttpRequest request) throws HttpException {
    Header connection = request.getHeader(CONNECTION);
    request.removeHeaders(CONNECTION);
    if (!Origin.of(properties.apiUrl()).isOf(request)) {
      throw new HttpException("A token of Airtable would have gone to another server.");
    }
    request.setHeader(
        HttpHeaders.AUTHORIZATION,
        "Bearer " + connections.accessToken(UUID.fromString(connection.getValue())));
  }
}
