package io.caravan.camel;

import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.jdbc.JdbcConnector;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Connectors of type {@code jdbc} as their route sees them. */
@Component
class JdbcFlow {
  private final JdbcConnector connector;

  JdbcFlow(JdbcConnector connector) {
    this.connector = connector;
  }

  public void load(Pull pull) throws IOException {
    connector.load(pull);
  }
}
