package io.caravan.camel;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.RunProperties;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides whether a call of another system is made again, each call for itself (TS-15), and waits
 * as long as the other side asked. The variable {@code maxRetries} says how often; three times
 * where nobody set it; {@code repeatable} whether the call may be made again though it may have
 * been answered.
 */
@Component
class AnotherCall implements Predicate {
  private static final Logger LOG = LoggerFactory.getLogger(AnotherCall.class);
  private static final int USUAL = 3;
  private static final String RETRIES = "callRetries";

  private final RunFlow flow;
  private final RunProperties properties;

  AnotherCall(RunFlow flow, RunProperties properties) {
    this.flow = flow;
    this.properties = properties;
  }

  @Override
  public boolean matches(Exchange exchange) {
    Failure failure = flow.failure(exchange);
    int retries = retries(exchange);
    int most = exchange.getVariable("maxRetries", USUAL, Integer.class);
    // Who was asked to wait was refused; of any other failure nobody knows what it left behind.
    boolean harmless =
        failure.retryAfter().isPresent() || exchange.getVariable("repeatable", Boolean.class);
    if (failure.kind() != FailureKind.TRANSIENT
        || !harmless
        || !properties.isWaitedFor(failure)
        || retries >= most) {
      return false;
    }
    LOG.info("Asking again: {}", failure.getMessage());
    exchange.setVariable(RETRIES, new Retries(exchange.getExchangeId(), retries + 1));
    failure
        .retryAfter()
        .ifPresent(
            wait -> exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis()));
    return true;
  }

  /** Camel's own counter is a header, and a request is made without any. */
  private static int retries(Exchange exchange) {
    Retries known = exchange.getVariable(RETRIES, Retries.class);
    return known == null || !known.exchange().equals(exchange.getExchangeId()) ? 0 : known.made();
  }

  /** Of one call: the next one inherits the variable, but is another exchange. */
  private record Retries(String exchange, int made) {}
}
