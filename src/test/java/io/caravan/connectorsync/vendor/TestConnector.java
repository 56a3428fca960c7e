package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A connector as somebody uses it through the API. It is never due by itself. */
final class TestConnector {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONNECTORS = "/api/v1/connectors";

  private final Api api;
  private final String path;

  private TestConnector(Api api, String path) {
    this.api = api;
    this.path = path;
  }

  static Api.Answer added(Api api, String type, String config, String credentials) {
    return api.post(
        CONNECTORS,
        """
        {"tenantId": "vendors", "name": "Of type %s", "type": "%s", "autoSync": false,
         "config": %s, "credentials": %s}
        """
            .formatted(type, type, config, credentials));
  }

  static TestConnector add(Api api, String type, String config, String credentials) {
    Api.Answer answer = added(api, type, config, credentials);
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(201);
    return new TestConnector(api, CONNECTORS + "/" + answer.body().get("id").asText());
  }

  JsonNode show() {
    return api.get(path).body();
  }

  /** What its test answers. */
  JsonNode test() {
    Api.Answer answer = api.post(path + "/test", null);
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(200);
    return answer.body();
  }

  void credentials(String credentials) {
    Api.Answer answer =
        api.call("PATCH", path, "{\"credentials\":%s}".formatted(credentials), Map.of());
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(200);
  }

  /** Syncs it and answers the run's only item. */
  JsonNode sync() {
    Api.Answer answer = api.post(path + "/sync", null);
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(202);
    String run = answer.body().get("runId").asText();
    api.finished(run);
    return api.get("/api/v1/runs/" + run + "/items").body().get("items").get(0);
  }

  /** Syncs it, which has to succeed, and answers what became of its datasets. */
  List<JsonNode> versions() {
    JsonNode item = sync();
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("COMPLETED");
    return item.at("/result/metadata/datasets").findValues("version");
  }

  /** The records of one of its datasets that were not removed. */
  List<JsonNode> records(String resource) {
    Api.Answer answer = api.get(path + "/records?format=ndjson&resource=" + resource);
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(200);
    return answer.raw().body().lines().map(TestConnector::read).toList();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
