package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.Customer;
import io.caravan.TestSettings;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests do with connectors through the API, and see in the database. */
public final class TestConnectors implements AutoCloseable {
  final JdbcClient jdbc = JdbcClient.create(TestSettings.database());
  final Api api;

  TestConnectors(int port) {
    this(new Api(port));
  }

  public TestConnectors(Api api) {
    this.api = api;
  }

  /** Adds a connector; its id. */
  String add(String body) {
    Api.Answer answer = api.post("/api/v1/connectors", body);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body().get("id").asText();
  }

  public JsonNode show(String connector) {
    return api.get("/api/v1/connectors/" + connector).body();
  }

  /** Syncs it; the run's only item. */
  public JsonNode sync(String connector) {
    return items(List.of(connector)).getFirst();
  }

  /** Syncs some in one run; its items. */
  List<JsonNode> items(List<String> connectors) {
    String run = start(connectors);
    api.finished(run);
    return api.get("/api/v1/runs/" + run + "/items").body().get("items").valueStream().toList();
  }

  /** Begins a run over some; its id. */
  String start(List<String> connectors) {
    Api.Answer answer =
        api.post(
            "/api/v1/pipelines/connectorsync/runs",
            "{\"only\": [\"%s\"]}".formatted(String.join("\",\"", connectors)));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    return answer.body().get("runId").asText();
  }

  /**
   * Adds a connector that no clock syncs.
   *
   * @param config and credentials, as JSON
   * @return its id
   */
  public String add(String type, String config, String credentials) {
    Api.Answer answer = ask(type, config, credentials);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body().get("id").asText();
  }

  /** Asks for one to be added, whatever the answer is. */
  public Api.Answer ask(String type, String config, String credentials) {
    return api.post(
        "/api/v1/connectors",
        """
        {"tenantId": "acme", "name": "Test %s", "type": "%s", "autoSync": false, "config": %s, "credentials": %s}
        """
            .formatted(UUID.randomUUID(), type, config, credentials));
  }

  public JsonNode test(String id) {
    return api.post("/api/v1/connectors/%s/test".formatted(id), null).body();
  }

  /** Syncs it: added, updated, unchanged, removed and set aside records of its first dataset. */
  public List<Integer> counts(String id) {
    JsonNode item = sync(id);
    JsonNode version = item.at("/result/metadata/datasets/0/version");
    assertThat(version.isObject()).as("%s", item).isTrue();
    return List.of("added", "updated", "unchanged", "removed", "setAside").stream()
        .map(count -> version.get(count).asInt())
        .toList();
  }

  /** The rows that a dataset holds. */
  public List<Map<String, Object>> rows(String id, String resource, String columns) {
    String table =
        jdbc.sql(
                "select table_name from connectorsync.dataset where connector_id = ? and resource ="
                    + " ?")
            .params(UUID.fromString(id), resource)
            .query(String.class)
            .single();
    return jdbc.sql(
            "select %s from connectorsync.\"%s\" where _removed_at is null order by 1"
                .formatted(columns, table))
        .query()
        .listOfRows();
  }

  /** Name of the table of a connector that has one resource. */
  String table(String connector) {
    return jdbc.sql("select table_name from connectorsync.dataset where connector_id = ?")
        .param(UUID.fromString(connector))
        .query(String.class)
        .single();
  }

  List<Map<String, Object>> rows(String connector, String columns) {
    return jdbc.sql(
            "select %s from connectorsync.\"%s\" where _removed_at is null order by 1"
                .formatted(columns, table(connector)))
        .query()
        .listOfRows();
  }

  /** How many messages of a kind have a word in them. */
  long told(String kind, String word) {
    return jdbc.sql(
            "select count(*) from caravan.slack_message_tracking where message_type = ? and"
                + " strpos(content, cast(? as text)) > 0")
        .params(kind, word)
        .query(Long.class)
        .single();
  }

  /** Caravan's own database, as a customer's. */
  static Customer ownDatabase(Api api, String name) {
    PGSimpleDataSource own = TestSettings.database();
    return new Customer(
        api,
        name,
        own.getDatabaseName(),
        own,
        "postgresql",
        "jdbc:postgresql://127.0.0.1:%d/%s"
            .formatted(own.getPortNumbers()[0], own.getDatabaseName()),
        "postgres",
        null);
  }

  /** Or other tests would find them due. */
  @Override
  public void close() {
    jdbc.sql("update connectorsync.connector_setup set auto_sync = false").update();
  }
}
