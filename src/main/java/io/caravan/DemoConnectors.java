package io.caravan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.airtable.AirtableProperties;
import io.caravan.connectorsync.Connector;
import io.caravan.connectorsync.ConnectorTest;
import io.caravan.connectorsync.Connectors;
import io.caravan.sandbox.SupplierServer;
import io.caravan.source.DataSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Six connectors over the sandbox: a REST API with cursors, CSV, Parquet, a database, a feed that
 * is out of order at first, and a table of Airtable's stand-in.
 */
@Component
@Profile("demo")
@ConditionalOnWebApplication
class DemoConnectors {
  private static final String TENANT = "kestrel";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connectors connectors;
  private final ObjectProvider<SupplierServer> supplier;
  private final DemoCustomers customers;
  private final DemoPairs pairs;
  private final AirtableProperties airtable;

  DemoConnectors(
      Connectors connectors,
      ObjectProvider<SupplierServer> supplier,
      DemoCustomers customers,
      DemoPairs pairs,
      AirtableProperties airtable) {
    this.connectors = connectors;
    this.supplier = supplier;
    this.customers = customers;
    this.pairs = pairs;
    this.airtable = airtable;
  }

  /**
   * Adds those that are not there yet, and tells the others where the stand-ins of this process
   * are.
   *
   * @param warehouse the one in PostgreSQL
   */
  void register(DataSource warehouse) {
    String url = supplier.getObject().url();
    put(
        "Orders of the supplier",
        "rest",
        60,
        """
        {"baseUrl": "%s/api", "auth": {"type": "bearer"}, "rateLimitPerSecond": 20,
         "resources": [{"name": "orders", "path": "/orders", "recordPath": "/data", "primaryKey": ["id"],
           "cursorField": "updated_at", "cursorParameter": "updated_since",
           "paginator": {"type": "cursor", "parameter": "cursor", "path": "/next_cursor", "size": 500, "sizeParameter": "limit"}}]}
        """
            .formatted(url),
        Map.of("token", SupplierServer.TOKEN));
    put(
        "Prices of the supplier",
        "file",
        900,
        """
        {"path": "%s/files/prices.csv", "primaryKey": "sku"}
        """
            .formatted(url),
        Map.of());
    put(
        "Stock of the supplier",
        "file",
        900,
        """
        {"path": "%s/files/stock.parquet", "primaryKey": ["sku", "warehouse"]}
        """
            .formatted(url),
        Map.of());
    put(
        "Employees of Brightwater",
        "jdbc",
        900,
        """
        {"jdbcUrl": "%s", "table": "shop.employee", "resource": "employees"}
        """
            .formatted(warehouse.jdbcUrl()),
        Map.of("username", warehouse.username(), "password", customers.readerPassword()));
    put(
        "News of the supplier",
        "rss",
        120,
        """
        {"url": "%s/news.rss", "resource": "news"}
        """
            .formatted(url),
        Map.of());
    pairs
        .baseId()
        .ifPresent(
            base ->
                put(
                    "Suppliers of Velohaven",
                    "airtable",
                    300,
                    """
                    {"baseUrl": "%s", "baseId": "%s", "table": "Suppliers"}
                    """
                        .formatted(airtable.apiUrl(), base),
                    Map.of("token", DemoPairs.AIRTABLE_TOKEN)));
  }

  private void put(
      String name, String type, int interval, String config, Map<String, String> credentials) {
    ObjectNode body = JSON.createObjectNode().put("syncInterval", interval);
    try {
      body.set("config", JSON.readTree(config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    body.set("credentials", JSON.valueToTree(credentials));
    Optional<Connector> known =
        connectors.list(TENANT, null, null, null, null).stream()
            .filter(one -> one.name().equals(name))
            .findFirst();
    if (known.isPresent()) {
      connectors.patch(known.get().id(), fields(body));
      return;
    }
    body.put("tenantId", TENANT).put("name", name).put("type", type);
    // One of them is out of order now, which the first sync shall meet.
    connectors.add(connectors.draft(fields(body)), new ConnectorTest(true, "", List.of(), null));
  }

  private static Map<String, Object> fields(ObjectNode body) {
    return JSON.convertValue(body, new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}
