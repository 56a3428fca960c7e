package io.caravan.camel;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Camel's own strategies, under names that routes can use. */
@Configuration
class Aggregations {
  /** The bodies as a list. */
  @Bean
  AggregationStrategy bodies() {
    return new GroupedBodyAggregationStrategy();
  }

  /** The exchange as it was, and in the variable {@code letThrough} whether no error stopped it. */
  @Bean
  AggregationStrategy letThrough() {
    return (exchange, passed) -> {
      exchange.setVariable("letThrough", passed.getException() == null);
      return exchange;
    };
  }
}
