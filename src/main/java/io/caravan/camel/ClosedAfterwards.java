package io.caravan.camel;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Closes what an exchange opened when the exchange is done, however it ended. */
@Component
class ClosedAfterwards {
  private static final Logger LOG = LoggerFactory.getLogger(ClosedAfterwards.class);

  /** May be called for the same resource again, after a failed attempt. */
  public void register(Exchange exchange, AutoCloseable resource) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                try {
                  resource.close();
                } catch (Exception e) {
                  LOG.warn("Something could not be closed: {}", e.getMessage());
                }
              }
            });
  }
}
