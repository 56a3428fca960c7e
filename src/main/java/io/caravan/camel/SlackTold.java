package io.caravan.camel;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives whoever told Slack something its exchange back as it was, with the receipt in the variable
 * {@code slackReceipt}: null when the message could not even be recorded, which is logged and
 * nothing more.
 */
@Component
class SlackTold implements AggregationStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(SlackTold.class);

  @Override
  public Exchange aggregate(Exchange teller, Exchange told) {
    if (told.getException() != null) {
      Failure failure = Failures.of(told.getException());
      LOG.warn(
          "Slack could not be told: {}",
          failure.getMessage(),
          failure.kind() == FailureKind.INTERNAL ? failure.getCause() : null);
    }
    teller.setVariable("slackReceipt", told.getVariable("slackReceipt"));
    return teller;
  }
}
