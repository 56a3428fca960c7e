package io.caravan.camel;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.springframework.stereotype.Component;

/**
 * An HTTP client that makes exactly the calls it is told to make: attempts are counted and spaced
 * by the error handler (PF-04), and a redirect is answered like any other refusal.
 */
@Component
class AskedOnce implements HttpClientConfigurer {
  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client.disableAutomaticRetries().disableRedirectHandling();
  }
}
