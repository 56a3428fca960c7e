package io.caravan.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.connectorsync.ConnectorTypes;
import io.caravan.connectorsync.Pull;
import io.caravan.failure.Failure;
import io.caravan.failure.InvalidInputException;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Types that leave the work to others: the seed's AZURE, GOOGLE, CRM, PRODUCT_CATALOG and CUSTOM
 * (requirements, section 2) choose by their field {@code serviceType}.
 */
@Component
class HandOver {
  private final ConnectorTypes types;
  private final ConnectorRoutes routes;
  private final ObjectMapper json;

  HandOver(ConnectorTypes types, ConnectorRoutes routes, ObjectMapper json) {
    this.types = types;
    this.routes = routes;
    this.json = json;
  }

  /**
   * Lets the sync go on as one of the type in the body, {@code {type, config}}.
   *
   * @return the name of that type's {@code direct:} endpoint
   * @throws InvalidInputException when the config misses that type's schema, or there is no such
   *     type
   * @throws Failure of kind configuration when its file makes no route
   */
  public String to(Exchange exchange) {
    Pull pull = exchange.getVariable("pull", Pull.class);
    JsonNode chosen = json.valueToTree(exchange.getMessage().getBody());
    String type = chosen.path("type").asText();
    types.check(type, chosen.path("config"), pull.credentials());
    pull.become(chosen.path("config"));
    return routes.ready(type);
  }
}
