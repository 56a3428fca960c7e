package io.caravan.camel;

import io.caravan.failure.Failure;
import org.apache.camel.AggregationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the answer of another system, or its refusal, comes back to the route that asked. */
@Configuration
class SheetFlow {
  /**
   * The exchange as it was, with the answer as its body, or with the failure as its own. Camel
   * takes an exchange whose attempts are used up for handled, so attempts need one of their own.
   */
  @Bean
  AggregationStrategy answerOrFailure() {
    return (exchange, answered) -> {
      if (answered.getException() == null) {
        exchange.getMessage().setBody(answered.getMessage().getBody());
      } else {
        exchange.setException(answered.getException());
      }
      return exchange;
    };
  }

  /**
   * The exchange as it was, with the answer as its body and the variable {@code refusal} null, or
   * with the refusal in it. What stopped the item, or is a defect of ours, goes on as a failure.
   */
  @Bean
  AggregationStrategy answerOrRefusal() {
    return (exchange, answered) -> {
      Exception thrown = answered.getException();
      Failure failure = thrown == null ? null : Failures.of(thrown);
      exchange.setVariable("refusal", failure);
      if (failure == null) {
        exchange.getMessage().setBody(answered.getMessage().getBody());
      }
      return exchange;
    };
  }
}
