package io.caravan.schemasync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.Api;
import io.caravan.Customer;
import io.caravan.TestSettings;
import io.caravan.sandbox.SlackServer;
import io.caravan.sandbox.SlackServer.Posted;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An organisation with a PostgreSQL database, datasets, and a bot in a Slack channel. */
final class Shop implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "xoxb-token-of-the-bot";

  final Api api;
  final Customer customer;
  final String channel = "C" + UUID.randomUUID();
  final SlackServer slack = TestSettings.slack().token(TOKEN);

  Shop(Api api, String... statements) {
    this.api = api;
    customer = new Customer(api, "Shop " + UUID.randomUUID());
    customer.execute(statements);
    slack.channel(channel);
    String bot =
        JSON.createObjectNode().put("botToken", TOKEN).put("channelId", channel).toString();
    expect(200, api.put("/api/v1/organizations/" + customer.organization + "/slack", bot));
  }

  static Api.Answer expect(int status, Api.Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError(answer.status() + " " + answer.raw().body());
    }
    return answer;
  }

  /** A dataset in schema public. */
  String dataset(String name, String yml) {
    return dataset(name, "public", yml);
  }

  String dataset(String name, String schema, String yml) {
    String body =
        JSON.createObjectNode()
            .put("dataSourceId", customer.id)
            .put("name", name)
            .put("databaseName", customer.database())
            .put("schemaName", schema)
            .put("yml", yml)
            .toString();
    return expect(201, api.post("/api/v1/datasets", body)).body().get("id").asText();
  }

  String yml(String dataset) {
    return api.get("/api/v1/datasets/" + dataset).body().get("yml").asText();
  }

  /** One check of this organisation alone. */
  JsonNode check() {
    return api.run("schemasync", "{\"only\":[\"%s\"]}".formatted(customer.organization));
  }

  JsonNode result(JsonNode run) {
    return api.get("/api/v1/runs/" + run.get("id").asText() + "/items")
        .body()
        .at("/items/0/result");
  }

  List<JsonNode> incidents() {
    return StreamSupport.stream(
            api.get("/api/v1/drift?organizationId=" + customer.organization)
                .body()
                .get("incidents")
                .spliterator(),
            false)
        .toList();
  }

  JsonNode incident() {
    List<JsonNode> all = incidents();
    if (all.size() != 1) {
      throw new AssertionError(all.toString());
    }
    return all.getFirst();
  }

  List<Posted> posted() {
    return slack.posted(channel);
  }

  List<String> texts() {
    return posted().stream().map(Posted::text).toList();
  }

  /** All words of all messages. */
  String words() {
    return String.join("\n", posted().stream().map(p -> p.text() + p.blocks()).toList());
  }

  /** A day passes for the incidents. */
  void nextDay() {
    Stream.of("opened_at", "seen_at", "told_at", "snoozed_until", "resolved_at")
        .forEach(
            column ->
                JdbcClient.create(TestSettings.database())
                    .sql(
                        "update schemasync.incident set %1$s = %1$s - interval '1 day' where organization_id = ?::uuid"
                            .formatted(column))
                    .param(customer.organization)
                    .update());
  }

  @Override
  public void close() {
    expect(
        200,
        api.call(
            "PATCH",
            "/api/v1/organizations/" + customer.organization,
            "{\"onboardingCompleted\":false}",
            java.util.Map.of()));
    customer.close();
  }
}
