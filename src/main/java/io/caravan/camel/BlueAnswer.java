package io.caravan.camel;

import io.caravan.bluegreen.Fetch;
import io.caravan.bluegreen.Staging;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** An answer of the Blue API as the route sees it. The variable {@code fetch} holds the payload. */
@Component
class BlueAnswer {
  private final Staging staging;

  BlueAnswer(Staging staging) {
    this.staging = staging;
  }

  /**
   * Takes the answer out of the exchange: its body can be read once, and who records a failure must
   * not try again.
   */
  public void receive(Exchange exchange) {
    Message answer = exchange.getMessage();
    try {
      staging.receive(
          exchange.getVariable("fetch", Fetch.class),
          answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
          answer.getHeader("Link"),
          answer.getHeader("ETag", String.class),
          answer.getHeader("Last-Modified", String.class),
          answer.getBody(InputStream.class));
    } finally {
      answer.setBody(null);
    }
  }
}
