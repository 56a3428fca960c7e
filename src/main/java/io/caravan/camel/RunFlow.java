package io.caravan.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.HandOut;
import io.caravan.run.Items;
import io.caravan.run.Outcome;
import io.caravan.run.Run;
import io.caravan.run.Runs;
import io.caravan.run.WorkItem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The ledger as routes see it. The variable {@code run} holds the run that an exchange works on,
 * {@code item} the item; a null there means that there is nothing to do.
 */
@Component
class RunFlow {
  private static final Logger LOG = LoggerFactory.getLogger(RunFlow.class);

  private final Runs runs;
  private final Items items;
  private final ObjectMapper json;

  RunFlow(Runs runs, Items items, ObjectMapper json) {
    this.runs = runs;
    this.items = items;
    this.json = json;
  }

  /**
   * @return the run, now this node's, or null
   */
  public Run open(UUID id) {
    return runs.open(id).orElse(null);
  }

  /** What the API answers to whoever started a run. */
  public Map<String, Object> started(Run run) {
    return Map.of("runId", run.id(), "status", run.status());
  }

  public Map<String, Object> listed(List<Run> list) {
    return Map.of("runs", list);
  }

  public Map<String, Object> listedItems(List<?> list) {
    return Map.of("items", list);
  }

  /**
   * @return the item, now this node's, or null
   */
  public WorkItem claim(String id) {
    return items.claim(UUID.fromString(id)).orElse(null);
  }

  public void finish(Exchange exchange, WorkItem item, Outcome outcome) {
    items.finish(item, AnotherAttempt.retries(exchange), outcome);
  }

  /** Called by the splitter's aggregation for each item whose exchange is back. */
  public void handedBack(Exchange exchange) {
    exchange
        .getVariable("handOut", HandOut.class)
        .handedBack(exchange.getProperty(Exchange.SPLIT_INDEX, Integer.class));
  }

  /** Why the item or run that this exchange works on failed. */
  public Failure failure(Exchange exchange) {
    Throwable thrown = exchange.getException();
    if (thrown == null) {
      thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }
    Failure caught = Failures.of(thrown);
    WorkItem item = exchange.getVariable("item", WorkItem.class);
    // What stopped the work counts for more than the exception that being stopped caused.
    return item == null ? caught : item.stop().reason().orElse(caught);
  }

  /**
   * Ends the item that this exchange works on.
   *
   * @param result what its pipeline shows of the failure
   */
  public void failItem(Exchange exchange, Object result) {
    Failure failure = exchange.getVariable("failure", Failure.class);
    WorkItem item = exchange.getVariable("item", WorkItem.class);
    log(item.pipeline(), item.runId(), item.title(), failure);
    JsonNode shown = result instanceof Failure ? null : json.valueToTree(result);
    items.finish(item, AnotherAttempt.retries(exchange), Outcome.of(failure, shown));
  }

  /** Ends the run that this exchange works on. */
  public Run failRun(Exchange exchange, Object report) {
    Failure failure = exchange.getVariable("failure", Failure.class);
    Run run = exchange.getVariable("run", Run.class);
    log(run.pipeline(), run.id(), "the run", failure);
    return runs.fail(run, failure, json.valueToTree(report));
  }

  public Run close(Run run, Object report) {
    JsonNode tree = json.valueToTree(report);
    return runs.close(run, tree);
  }

  public void logOnly(Exchange exchange) {
    Failure failure = failure(exchange);
    LOG.warn(
        "Route {} failed: {}",
        exchange.getProperty(Exchange.FAILURE_ROUTE_ID),
        failure.getMessage(),
        failure.kind() == FailureKind.INTERNAL ? failure.getCause() : null);
  }

  private static void log(String pipeline, UUID runId, String thing, Failure failure) {
    // Only defects of ours are worth a stack trace; the rest has a sentence that says what to do.
    LOG.warn(
        "{} run {}: {} failed ({}): {}",
        pipeline,
        runId,
        thing,
        failure.kind(),
        failure.getMessage(),
        failure.kind() == FailureKind.INTERNAL ? failure.getCause() : null);
  }
}
