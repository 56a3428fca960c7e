package io.caravan.camel;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.slack.SlackAnswer;
import io.caravan.slack.SlackDelivery;
import io.caravan.slack.SlackOutcome;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Messages for Slack as routes see them. The variable {@code slackDelivery} holds the message. */
@Component
class SlackFlow {
  private static final Logger LOG = LoggerFactory.getLogger(SlackFlow.class);

  /** Makes the exchange's message into the request; {@link SlackSecrets} adds what is secret. */
  public void address(Exchange exchange) {
    SlackDelivery delivery = delivery(exchange);
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_URI, delivery.address().shown());
    message.setHeader(Exchange.HTTP_METHOD, "POST");
    message.setHeader(Exchange.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE + "; charset=utf-8");
    message.setHeader(SlackSecrets.DESTINATION, delivery.destination().key());
    message.setBody(delivery.body());
  }

  /** What Slack's answer means. */
  public SlackOutcome outcome(Exchange exchange) {
    Message answer = exchange.getMessage();
    SlackDelivery delivery = delivery(exchange);
    return new SlackAnswer(
            answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
            answer.getHeader("Retry-After", String.class),
            answer.getBody(String.class))
        .outcome(delivery.address().isWebhook(), delivery.blocks() != null);
  }

  /** What it means that no answer came. The exception's own words may name the address. */
  public SlackOutcome silence(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Failure failure = Failures.of(thrown);
    if (failure.kind() == FailureKind.CONFIGURATION) {
      return SlackOutcome.failed(failure.getMessage());
    }
    String name = thrown.getClass().getSimpleName();
    LOG.info("Slack did not answer: {}", name);
    return SlackOutcome.later("Slack did not answer (%s).".formatted(name));
  }

  private static SlackDelivery delivery(Exchange exchange) {
    return exchange.getVariable("slackDelivery", SlackDelivery.class);
  }
}
