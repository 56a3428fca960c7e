package io.caravan.camel;

import io.caravan.blue.BlueSync;
import io.caravan.blue.GreenCall;
import io.caravan.blue.SyncUnderWay;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Syncs that Blue asked for as routes see them. The variable {@code sync} holds the one at work.
 */
@Component
class BlueFlow {
  private static final Logger LOG = LoggerFactory.getLogger(BlueFlow.class);

  /**
   * @param prefer the header of RFC 7240, null when it was not sent
   */
  public boolean answersAtOnce(String prefer) {
    return prefer != null
        && Arrays.stream(prefer.split(","))
            .anyMatch(preference -> preference.strip().equalsIgnoreCase("respond-async"));
  }

  /** What is answered to whoever does not wait. */
  public Map<String, Object> accepted(BlueSync sync) {
    return Map.of("id", sync.id(), "status", sync.status());
  }

  /** Makes the exchange's message into the request; {@link GreenClient} adds the secret. */
  public void address(Exchange exchange) {
    SyncUnderWay sync = sync(exchange);
    GreenCall call = sync.nextCall();
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_URI, call.url());
    message.setHeader(Exchange.HTTP_METHOD, call.method());
    message.setHeader("Accept", MediaType.APPLICATION_JSON_VALUE);
    message.setHeader(Exchange.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
    message.setHeader(GreenClient.SYNC, sync.id().toString());
    message.setBody(call.method().equals("POST") ? "{}" : null);
  }

  public void answered(Exchange exchange) {
    Message answer = exchange.getMessage();
    sync(exchange)
        .answered(
            answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
            answer.getBody(String.class));
  }

  public void silent(Exchange exchange) {
    sync(exchange).silent(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }

  /** Ends a sync that met an error on this side. */
  public void failed(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Failure failure = Failures.of(thrown);
    LOG.warn(
        "Blue's sync {} broke: {}",
        sync(exchange).id(),
        failure.getMessage(),
        failure.kind() == FailureKind.INTERNAL ? failure.getCause() : null);
    sync(exchange).fail(failure.getMessage());
  }

  private static SyncUnderWay sync(Exchange exchange) {
    return exchange.getVariable("sync", SyncUnderWay.class);
  }
}
