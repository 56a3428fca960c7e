package io.caravan.camel;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Tells the hand-out that an item's exchange is back, so that the next one may go. What came of the
 * items is in the ledger; the aggregation itself is only flow, since what is held in memory dies
 * with the process.
 *
 * <p>No item's exchange becomes the result: one whose failure was handled would end its run's
 * exchange, too.
 */
@Component
class HandedBack implements AggregationStrategy {
  private final RunFlow flow;

  HandedBack(RunFlow flow) {
    this.flow = flow;
  }

  @Override
  public Exchange aggregate(Exchange before, Exchange item) {
    flow.handedBack(item);
    return before;
  }
}
