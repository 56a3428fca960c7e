package io.caravan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A customer with a PostgreSQL database, registered over the API as an organisation with one data
 * source.
 */
public final class Customer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Api api;
  private final String database;
  private final DataSource source;
  public final JdbcClient jdbc;
  public final String organization;
  public final String id;

  public Customer(Api api, String name) {
    this(api, name, TestDatabase.empty());
  }

  private Customer(Api api, String name, PGSimpleDataSource source) {
    this(api, name, source.getDatabaseName(), source, "postgresql", url(source), "postgres", null);
  }

  public Customer(
      Api api,
      String name,
      String database,
      DataSource source,
      String type,
      String url,
      String user,
      String password) {
    this.api = api;
    this.database = database;
    this.source = source;
    this.jdbc = JdbcClient.create(source);
    this.organization =
        created(
            api.post(
                "/api/v1/organizations",
                JSON.createObjectNode()
                    .put("name", name)
                    .put("onboardingCompleted", true)
                    .toString()));
    this.id =
        created(
            api.post(
                "/api/v1/data-sources",
                JSON.createObjectNode()
                    .put("organizationId", organization)
                    .put("name", name)
                    .put("type", type)
                    .put("jdbcUrl", url)
                    .put("username", user)
                    .put("password", password)
                    .put("onboardingCompleted", true)
                    .toString()));
  }

  private static String url(PGSimpleDataSource source) {
    return "jdbc:postgresql://localhost:%d/%s"
        .formatted(source.getPortNumbers()[0], source.getDatabaseName());
  }

  private static String created(Api.Answer answer) {
    if (answer.status() != 201) {
      throw new AssertionError(answer.raw().body());
    }
    return answer.body().get("id").asText();
  }

  public String database() {
    return database;
  }

  /** The customer's own access. */
  public DataSource source() {
    return source;
  }

  public void execute(String... statements) {
    for (String sql : statements) {
      jdbc.sql(sql).update();
    }
  }

  /** An entry of the list of searchable columns, in schema public. */
  public ObjectNode column(String table, String column) {
    return JSON.createObjectNode()
        .put("databaseName", database)
        .put("schemaName", "public")
        .put("tableName", table)
        .put("columnName", column);
  }

  public Api.Answer putColumns(ObjectNode... columns) {
    ArrayNode list = JSON.createArrayNode();
    list.addAll(List.of(columns));
    return api.put("/api/v1/data-sources/" + id + "/searchable-columns", list.toString());
  }

  /** Makes these the searchable columns. */
  public void searchable(ObjectNode... columns) {
    Api.Answer answer = putColumns(columns);
    if (answer.status() != 200) {
      throw new AssertionError(answer.raw().body());
    }
  }

  public List<JsonNode> columns() {
    return StreamSupport.stream(
            api.get("/api/v1/data-sources/" + id + "/searchable-columns").body().spliterator(),
            false)
        .toList();
  }

  /** The state of the column as the API shows it. */
  public JsonNode state(String table) {
    return columns().stream()
        .filter(column -> column.get("tableName").asText().equals(table))
        .findFirst()
        .orElseThrow();
  }

  /** Body of a run over this customer's columns alone. */
  public ObjectNode request() {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode only = body.putArray("only");
    columns().forEach(column -> only.add(column.get("id").asText()));
    return body;
  }

  /** Reads this customer's columns and returns the finished run. */
  public JsonNode run() {
    return api.run("valuesync", request().toString());
  }

  /** The items of a run that are about this customer's columns. */
  public List<JsonNode> items(JsonNode run) {
    List<String> ids = columns().stream().map(column -> column.get("id").asText()).toList();
    return StreamSupport.stream(
            api.get("/api/v1/runs/" + run.get("id").asText() + "/items")
                .body()
                .get("items")
                .spliterator(),
            false)
        .filter(item -> ids.contains(item.get("key").asText()))
        .toList();
  }

  /** The item of a run that is about the column of this table. */
  public JsonNode item(JsonNode run, String table) {
    String key = state(table).get("id").asText();
    return items(run).stream()
        .filter(item -> item.get("key").asText().equals(key))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The answer to a search.
   *
   * @param more further parameters, beginning with {@code &}, or empty
   */
  public JsonNode search(String q, String more) {
    return api.get(
            "/api/v1/values/search?dataSourceId=%s&q=%s%s"
                .formatted(id, URLEncoder.encode(q, StandardCharsets.UTF_8), more))
        .body();
  }

  /** The values that a search finds. */
  public List<String> find(String q) {
    return values(search(q, ""));
  }

  /** The values that a search in the column of this table finds. */
  public List<String> find(String table, String q) {
    return values(search(q, "&schema=public&table=" + table));
  }

  private static List<String> values(JsonNode answer) {
    return answer.get("values").findValuesAsText("value");
  }

  public void change(ObjectNode fields) {
    Api.Answer answer =
        api.call("PATCH", "/api/v1/data-sources/" + id, fields.toString(), Map.of());
    if (answer.status() != 200) {
      throw new AssertionError(answer.raw().body());
    }
  }

  /** Removes the data source, so that no later run reads it. */
  @Override
  public void close() {
    api.call("DELETE", "/api/v1/data-sources/" + id, null, Map.of());
  }
}
