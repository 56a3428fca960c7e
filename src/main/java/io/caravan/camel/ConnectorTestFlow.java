package io.caravan.camel;

import io.caravan.connectorsync.ConnectorTest;
import io.caravan.connectorsync.ConnectorTests;
import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.dataset.Sample;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tests of connectors as routes see them. */
@Component
class ConnectorTestFlow {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorTestFlow.class);

  private final ConnectorTests tests;

  ConnectorTestFlow(ConnectorTests tests) {
    this.tests = tests;
  }

  /** What the type's route came to. */
  public ConnectorTest result(Exchange exchange) {
    Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Failure failure = null;
    for (Throwable cause = caught; cause != null; cause = cause.getCause()) {
      if (cause instanceof Sample.Taken) {
        caught = null;
      }
    }
    if (caught != null) {
      failure = Failures.of(caught);
      if (failure.kind() == FailureKind.INTERNAL) {
        LOG.warn("A connector could not be tried", caught);
      }
    }
    return tests.result(exchange.getVariable("pull", Pull.class), failure);
  }

  /**
   * Before something is added: what is wrong in its config is no matter of the source.
   *
   * @throws InvalidInputException what is wrong
   */
  public ConnectorTest sound(Exchange exchange) {
    for (Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        cause != null;
        cause = cause.getCause()) {
      if (cause instanceof InvalidInputException wrong) {
        throw wrong;
      }
    }
    return exchange.getMessage().getBody(ConnectorTest.class);
  }
}
