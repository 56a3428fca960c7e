package io.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** SV-21, SS-20, TS-18: the queries that the README gives to operators, as they stand there. */
@CaravanTest
class MonitoringQueriesTest {
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
  private static final Pattern QUERY = Pattern.compile("-- ([^\n]+)\n(.*?);\n", Pattern.DOTALL);

  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired JdbcClient jdbc;

  private static Map<String, String> queries() throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    SQL.matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(MatchResult::group)
        .forEach(
            block ->
                QUERY.matcher(block).results().forEach(q -> queries.put(q.group(1), q.group(2))));
    return queries;
  }

  @Test
  void eachQueryOfTheReadmeReturnsRows(@LocalServerPort int port) throws IOException {
    Api api = new Api(port);
    try (Customer good = new Customer(api, "Watched");
        Customer refused = new Customer(api, "Watched and refused");
        WatchedPairs pairs = new WatchedPairs(api)) {
      for (Customer customer : List.of(good, refused)) {
        customer.execute("create table city (name text)", "insert into city values ('Oslo')");
        customer.searchable(customer.column("city", "name"));
      }
      drift(api, good);
      refused.change(JSON.createObjectNode().put("jdbcUrl", "jdbc:postgresql://localhost:1/x"));
      ObjectNode both = good.request();
      refused.request().get("only").forEach(both.withArray("only")::add);
      api.run("valuesync", both.toString());
      pairs.syncOne();
      failingConnector(api);

      assertThat(queries())
          .containsOnlyKeys(
              "Execution history",
              "Error logs",
              "Performance metrics",
              "Retry attempts",
              "Drift that is not mended, the oldest first",
              "Checks of organisations",
              "Messages to Slack",
              "Messages that did not arrive",
              "The last ten syncs of sheets",
              "Syncs of sheets that failed in the last hour",
              "Active pairs that were never synced, or not for ten minutes",
              "Connectors and what they are doing",
              "The last fifty syncs of connectors",
              "Connectors that are not synced, and their intervals",
              "Syncs of connectors that failed",
              "Connectors with an error")
          .allSatisfy(
              (title, sql) ->
                  assertThat(jdbc.sql(sql).query().listOfRows()).as(title).isNotEmpty());
    }
  }

  /** A column that is missing, and a bot whose token Slack does not know. */
  private static void drift(Api api, Customer customer) {
    api.put(
        "/api/v1/organizations/" + customer.organization + "/slack",
        JSON.createObjectNode()
            .put("botToken", "xoxb-nobody-knows")
            .put("channelId", "C-WATCHED")
            .toString());
    api.post(
        "/api/v1/datasets",
        JSON.createObjectNode()
            .put("dataSourceId", customer.id)
            .put("name", "city")
            .put("databaseName", customer.database())
            .put("schemaName", "public")
            .put("yml", "dimensions: [{name: mayor, type: string}]")
            .toString());
    api.run("schemasync", "{\"only\":[\"%s\"]}".formatted(customer.organization));
  }

  /** A connector that nobody listens to. */
  private static void failingConnector(Api api) {
    String connector =
        api.post(
                "/api/v1/connectors",
                """
                {"tenantId": "watched", "name": "Watched", "type": "rest",
                 "config": {"baseUrl": "http://127.0.0.1:1", "resources": [{"name": "a", "path": "/a", "primaryKey": ["id"]}]}}
                """)
            .body()
            .get("id")
            .asText();
    api.run("connectorsync", "{\"only\":[\"%s\"]}".formatted(connector));
  }

  /** Two active pairs of an owner whose account Airtable does not know. */
  private static final class WatchedPairs implements AutoCloseable {
    private final Api api;
    private final List<String> ids;

    WatchedPairs(Api api) {
      this.api = api;
      for (String kind : List.of("airtable", "google")) {
        api.post(
            "/api/v1/connections/" + kind,
            JSON.createObjectNode()
                .put("ownerId", "watched")
                .put("accessToken", "nobody-knows")
                .toString());
      }
      ids = List.of(add("Synced"), add("Never synced"));
    }

    private String add(String name) {
      ObjectNode config =
          JSON.createObjectNode()
              .put("ownerId", "watched")
              .put("name", name)
              .put("airtableBaseId", "app00000000000000")
              .put("airtableTableId", "Deals")
              .put("googleSpreadsheetId", "watched-deals")
              .put("googleSheetName", "Deals")
              .put("isActive", true);
      config.putObject("fieldMappings").put("Name", "Name");
      return api.post("/api/v1/sync-configs", config.toString()).body().get("id").asText();
    }

    void syncOne() {
      api.run("sheetsync", "{\"only\":[\"%s\"]}".formatted(ids.getFirst()));
    }

    @Override
    public void close() {
      ids.forEach(id -> api.call("DELETE", "/api/v1/sync-configs/" + id, null, Map.of()));
    }
  }
}
