package io.caravan.camel;

import io.caravan.reach.Origin;
import io.caravan.slack.SlackAddress;
import io.caravan.slack.SlackDestination;
import io.caravan.slack.SlackIntegrations;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Puts a webhook's path or a bot's token into a request to Slack at the last moment, below Camel:
 * no exchange, endpoint, trace or exception of Camel ever holds them. The request's header {@link
 * #DESTINATION}, which is not sent, says whose they are.
 */
@Component
class SlackSecrets implements HttpClientConfigurer {
  static final String DESTINATION = "Caravan-Slack-Destination";

  private final SlackIntegrations integrations;

  SlackSecrets(SlackIntegrations integrations) {
    this.integrations = integrations;
  }

  /** Attempts are the route's affair, so the client makes one and follows no redirect. */
  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .addRequestInterceptorFirst((request, entity, context) -> complete(request));
  }

  private void complete(HttpRequest request) throws HttpException {
    Header destination = request.getHeader(DESTINATION);
    request.removeHeaders(DESTINATION);
    SlackAddress address =
        integrations.address(SlackDestination.ofKey(destination.getValue())).orElse(null);
    if (address == null || !Origin.of(address.uri()).isOf(request)) {
      throw new HttpException("The Slack integration changed while a message was sent.");
    }
    request.setPath(address.path());
    if (!address.isWebhook()) {
      request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + address.token());
    }
  }
}
