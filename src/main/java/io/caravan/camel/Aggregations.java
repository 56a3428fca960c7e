package io.caravan.camel;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Camel's own strategies, under names that routes can use. */
@Configuration
class Aggregations {
  /** The bodies as a list. */
  @Bean
  AggregationStrategy bodies() {
    return new Bodies();
  }

  /** The exchange as it was, and in the variable {@code letThrough} whether no error stopped it. */
  @Bean
  AggregationStrategy letThrough() {
    return (exchange, passed) -> {
      exchange.setVariable("letThrough", passed.getException() == null);
      return exchange;
    };
  }

  /**
   * What comes out belongs to the exchange that was split, which may be a part of another split
   * itself and must keep its own number: by that its run knows which item is back.
   */
  private static final class Bodies extends GroupedBodyAggregationStrategy {
    @Override
    public void onCompletion(Exchange exchange) {
      super.onCompletion(exchange);
      if (exchange != null) {
        exchange.removeProperty(ExchangePropertyKey.SPLIT_INDEX);
        exchange.removeProperty(ExchangePropertyKey.SPLIT_SIZE);
        exchange.removeProperty(ExchangePropertyKey.SPLIT_COMPLETE);
      }
    }
  }
}
