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
 * Decides whether a failed step is worth another attempt (PF-04), and waits as long as the other
 * side asked. A predicate and no method of a bean: Camel calls those with a copy of the exchange,
 * and what they note in it is lost.
 */
@Component
class AnotherAttempt implements Predicate {
  private static final Logger LOG = LoggerFactory.getLogger(AnotherAttempt.class);

  private final RunFlow flow;
  private final RunProperties properties;

  AnotherAttempt(RunFlow flow, RunProperties properties) {
    this.flow = flow;
    this.properties = properties;
  }

  @Override
  public boolean matches(Exchange exchange) {
    Failure failure = flow.failure(exchange);
    int retries = retries(exchange);
    if (failure.kind() != FailureKind.TRANSIENT
        || !properties.isWaitedFor(failure)
        || retries + 1 >= properties.attempts()) {
      return false;
    }
    LOG.info("Trying again: {}", failure.getMessage());
    exchange.setVariable(counter(exchange), retries + 1);
    failure
        .retryAfter()
        .ifPresent(
            wait -> exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis()));
    return true;
  }

  /** How often the item, or the run before it came to its items, was tried again. */
  static int retries(Exchange exchange) {
    Integer retries = exchange.getVariable(counter(exchange), Integer.class);
    return retries == null ? 0 : retries;
  }

  /** An item's exchange inherits its run's variables, but not the attempts of its run. */
  private static String counter(Exchange exchange) {
    return exchange.getVariable("item") == null ? "runRetries" : "itemRetries";
  }
}
