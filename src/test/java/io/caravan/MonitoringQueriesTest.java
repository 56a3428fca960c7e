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

/** SV-21, SS-20: the queries that the README gives to operators, as they stand there. */
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
        Customer refused = new Customer(api, "Watched and refused")) {
      for (Customer customer : List.of(good, refused)) {
        customer.execute("create table city (name text)", "insert into city values ('Oslo')");
        customer.searchable(customer.column("city", "name"));
      }
      drift(api, good);
      refused.change(JSON.createObjectNode().put("jdbcUrl", "jdbc:postgresql://localhost:1/x"));
      ObjectNode both = good.request();
      refused.request().get("only").forEach(both.withArray("only")::add);
      api.run("valuesync", both.toString());

      assertThat(queries())
          .containsOnlyKeys(
              "Execution history",
              "Error logs",
              "Performance metrics",
              "Retry attempts",
              "Drift that is not mended, the oldest first",
              "Checks of organisations",
              "Messages to Slack",
              "Messages that did not arrive")
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
}
