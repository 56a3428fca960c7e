package io.caravan.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.Api;
import io.caravan.Customer;
import java.util.Map;
import java.util.UUID;

/** An organisation whose database has two columns that its dataset knows by other names. */
final class DriftingShop implements AutoCloseable {
  /** It would run if a page did not escape it. */
  static final String DATASET = "<script>alert('orders')</script>";

  static final String YML =
      """
      name: orders
      dimensions:
        - {name: status, type: string}
        - {name: amount, type: string}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  final Api api;
  final Customer customer;
  final String dataset;

  DriftingShop(Api api) {
    this.api = api;
    customer = new Customer(api, "Shop & <b>Sons</b> " + UUID.randomUUID());
    customer.execute("create table orders (order_status text, amount numeric(10,2))");
    String body =
        JSON.createObjectNode()
            .put("dataSourceId", customer.id)
            .put("name", DATASET)
            .put("databaseName", customer.database())
            .put("schemaName", "public")
            .put("yml", YML)
            .toString();
    dataset = api.post("/api/v1/datasets", body).body().get("id").asText();
    check();
  }

  /** Checks this organisation alone. */
  JsonNode check() {
    return api.run("schemasync", "{\"only\":[\"%s\"]}".formatted(customer.organization));
  }

  /** Its one incident about the column that is gone. */
  JsonNode missing() {
    for (JsonNode incident :
        api.get("/api/v1/drift?datasetId=" + dataset).body().get("incidents")) {
      if (incident.get("type").asText().equals("missing_column")) {
        return incident;
      }
    }
    throw new AssertionError("no incident");
  }

  String yml() {
    return api.get("/api/v1/datasets/" + dataset).body().get("yml").asText();
  }

  @Override
  public void close() {
    api.call(
        "PATCH",
        "/api/v1/organizations/" + customer.organization,
        "{\"onboardingCompleted\":false}",
        Map.of());
    customer.close();
  }
}
