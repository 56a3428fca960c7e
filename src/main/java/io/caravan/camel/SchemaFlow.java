package io.caravan.camel;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.WorkItem;
import io.caravan.source.LiveSchema;
import org.apache.camel.AggregationStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the reading of a live schema comes back to whoever compares it. */
@Configuration
class SchemaFlow {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaFlow.class);

  /**
   * The exchange as it was, with the schema in the variable {@code liveSchema}, or why there is
   * none in {@code unreadable}. What stops the whole item is no finding about a schema and goes on.
   */
  @Bean
  AggregationStrategy liveSchema() {
    return (exchange, read) -> {
      Exception thrown = read.getException();
      if (thrown != null
          && exchange.getVariable("item", WorkItem.class).stop().reason().isPresent()) {
        exchange.setException(thrown);
        return exchange;
      }
      Failure failure = thrown == null ? null : Failures.of(thrown);
      if (failure != null && failure.kind() == FailureKind.INTERNAL) {
        LOG.error("A schema could not be read", failure.getCause());
      }
      exchange.setVariable("unreadable", failure);
      exchange.setVariable(
          "liveSchema", failure == null ? read.getMessage().getBody(LiveSchema.class) : null);
      return exchange;
    };
  }
}
