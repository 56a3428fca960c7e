package io.caravan.camel;

import io.caravan.reach.Call;
import io.caravan.reach.Reach;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.springframework.stereotype.Component;

/**
 * Makes Camel's HTTP component one that reaches no further than connectors may. With the header
 * {@link Call#HEADER} it sends an announced call: credentials are put in below Camel, the call gets
 * the answer whatever its status, and the exchange has neither. Without that header any component's
 * request keeps to the same rules, and the answer is the exchange's body, put aside on disk.
 */
@Component("guarded")
class ReachClient implements HttpClientConfigurer {
  private final Reach reach;

  ReachClient(Reach reach) {
    this.reach = reach;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    reach.guard(client);
  }
}
