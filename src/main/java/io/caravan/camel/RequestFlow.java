package io.caravan.camel;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.reach.Reach;
import io.caravan.reach.Received;
import io.caravan.reach.Request;
import io.caravan.reach.Requests;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Requests of connectors that are no pages of a REST API. */
@Component
class RequestFlow implements Requests {
  private static final int UNAUTHORISED = 401;

  private final ProducerTemplate template;
  private final Reach reach;
  private final RunFlow flow;

  RequestFlow(ProducerTemplate template, Reach reach, RunFlow flow) {
    this.template = template;
    this.reach = reach;
    this.flow = flow;
  }

  @Override
  public Received ask(Request request) {
    Exchange exchange =
        template.send("direct:connectorsync-request", one -> one.getMessage().setBody(request));
    if (exchange.getException() != null) {
      throw flow.failure(exchange);
    }
    return exchange.getMessage().getBody(Received.class);
  }

  /**
   * Asks once.
   *
   * @return the answer, unless another attempt might bring a better one
   */
  public Received askOnce(Request request) {
    Received answer = reach.ask(request);
    try {
      answer.content();
    } catch (Failure e) {
      // Whoever reads a 401 again would have the token renewed again.
      if (e.kind() == FailureKind.TRANSIENT || answer.status() == UNAUTHORISED) {
        answer.close();
        throw e;
      }
    }
    return answer;
  }
}
