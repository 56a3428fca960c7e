package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A new type is one file, and Caravan need not be started anew for it. */
@CaravanTest
class ConnectorTypeTest {
  private final TestShop shop = new TestShop();
  private final String type = "tiny-" + UUID.randomUUID().toString().substring(0, 8);
  private TestConnectors connectors;

  @BeforeEach
  void shop(@LocalServerPort int port) {
    connectors = new TestConnectors(port);
    shop.put(1, "Chair");
    shop.put(2, "Table");
  }

  @AfterEach
  void close() {
    connectors.close();
    shop.close();
    TestTypes.remove(type + ".camel.yaml");
    TestTypes.remove(type + ".schema.json");
  }

  /** Any component of Camel's catalogue: here HTTP, guarded, with a secret in a header. */
  private void install(String path) {
    install(
        path,
        """
        - setHeader:
            name: Authorization
            simple: "Bearer ${bean:pullFlow?method=secret(*, 'apiKey')}"
        """);
  }

  private void install(String path, String logIn) {
    TestTypes.write(
        type + ".camel.yaml",
        """
        - routeTemplate:
            id: connector-TYPE
            description: Things of a shop.
            from:
              uri: direct:connector-TYPE
              steps:
                - bean:
                    id: begin-TYPE
                    ref: pullFlow
                    method: "begin(*, 'things', 'id')"
                LOGIN
                - toD: "http:${variable.pull.config.get('host').asText()}/products?httpClientConfigurer=#guarded"
                - bean:
                    ref: pullFlow
                    method: "records(*, 'PATH')"
                - bean:
                    ref: pullFlow
                    method: "commit(*)"
        """
            .replace("        LOGIN\n", logIn.indent(8))
            .replace("TYPE", type)
            .replace("PATH", path));
  }

  private String add() {
    return add(shop);
  }

  private String add(TestShop shop) {
    return connectors.add(
        """
        {"tenantId": "t", "name": "Tiny", "type": "%s", "config": {"host": "%s"}, "credentials": {"apiKey": "%s"}}
        """
            .formatted(type, shop.url().substring("http://".length()), TestShop.TOKEN));
  }

  @Test
  void aTypeOfOneFileIsTriedAndSynced() {
    install("/items");
    String connector = add();
    assertThat(connectors.show(connector).get("lastSyncError").isNull()).isTrue();

    JsonNode test = connectors.api.post("/api/v1/connectors/" + connector + "/test", null).body();
    JsonNode item = connectors.sync(connector);

    assertThat(test.get("ok").asBoolean()).as("%s", test).isTrue();
    assertThat(test.at("/sample/1/name").asText()).isEqualTo("Table");
    assertThat(item.at("/result/recordsProcessed").asInt()).as("%s", item).isEqualTo(2);
    assertThat(connectors.rows(connector, "id, name"))
        .containsExactly(Map.of("id", 1L, "name", "Chair"), Map.of("id", 2L, "name", "Table"));
    shop.remove(1);
    assertThat(connectors.sync(connector).at("/result/metadata/datasets/0/version/removed").asInt())
        .isOne();
  }

  /** The next sync goes by the file as it is then. */
  @Test
  void aMendedFileCountsAtOnce() {
    install("/wrong");
    String connector = add();
    assertThat(connectors.sync(connector).at("/error/kind").asText()).isEqualTo("data");

    install("/items");

    assertThat(connectors.sync(connector).get("status").asText()).isEqualTo("succeeded");
  }

  /** A sync that is under way keeps nobody waiting for the new file, and ends by the old one. */
  @Test
  void aFileIsChangedDuringASync() {
    install("/items");
    String underWay = add();
    try (TestShop quick = new TestShop()) {
      quick.put(3, "Lamp");
      String other = add(quick);
      shop.hold();
      int before = shop.requests.get();
      String run = connectors.start(List.of(underWay));
      await().until(() -> shop.requests.get() > before);

      install("/wrong");

      assertThat(connectors.sync(other).at("/error/kind").asText()).isEqualTo("data");
      shop.letGo();
      connectors.api.finished(run);
      assertThat(connectors.api.get("/api/v1/runs/" + run).body().get("status").asText())
          .isEqualTo("succeeded");
    }
  }

  @Test
  void aFileThatMakesNoRouteIsNamedAndStopsNobodyElse() {
    install("/items");
    String connector = add();
    TestTypes.write(type + ".camel.yaml", "- routeTemplate: {id: something-else");
    String other = connectors.add(shop.connector("t", "Other"));

    List<JsonNode> items = connectors.items(List.of(connector, other));

    assertThat(items.get(0).at("/error/message").asText()).contains(type);
    assertThat(items.get(0).at("/error/kind").asText()).isEqualTo("configuration");
    assertThat(items.get(1).get("status").asText()).isEqualTo("succeeded");
  }

  private String error() {
    for (JsonNode one : connectors.api.get("/api/v1/connector-types").body()) {
      if (one.get("type").asText().equals(type)) {
        return one.get("error").isNull() ? null : one.get("error").asText();
      }
    }
    throw new AssertionError(type + " is not listed");
  }

  private Api.Answer tryToAdd() {
    return connectors.api.post(
        "/api/v1/connectors",
        """
        {"tenantId": "t", "name": "Tiny", "type": "%s", "config": {}, "credentials": {}}
        """
            .formatted(type));
  }

  static List<Arguments> brokenFiles() {
    return List.of(
        arguments(
            "- routeTemplate: [broken", "',' or ']', but got <stream end> (line 2, column 1)"),
        arguments("", "connector-TYPE"),
        arguments("text", "connector-TYPE"),
        arguments("- routeTemplate:", "no routeTemplate"),
        arguments(
            "- routeTemplate: {id: something-else, from: {uri: 'direct:x', steps: [{log: x}]}}",
            "something-else, not connector-TYPE"),
        arguments("- routeTemplate: {id: connector-TYPE}", "from"),
        arguments(
            "- routeTemplate: {id: connector-TYPE, from: {uri: 'direct:x', steps: [{logg: x}]}}",
            "logg"),
        arguments("- from: {uri: 'direct:connector-TYPE', steps: [{log: x}]}", "connector-TYPE"),
        arguments(
            """
            - routeTemplate: {id: connector-TYPE, from: {uri: 'direct:x', steps: [{log: x}]}}
            - routeTemplate: {id: more-TYPE, from: {uri: 'direct:y', steps: [{log: y}]}}
            """,
            "2 routeTemplates"));
  }

  /** Before anybody adds a connector of that type, and without a word of a parser's own. */
  @ParameterizedTest
  @MethodSource("brokenFiles")
  void aBrokenRouteFileIsNamedInTheListAndTakesNoConnector(String file, String named) {
    TestTypes.write(type + ".camel.yaml", file.replace("TYPE", type));

    assertThat(error())
        .startsWith("It cannot be used: %s.camel.yaml".formatted(type))
        .contains(named.replace("TYPE", type))
        .doesNotContain("\n", "  ", "Exception", "org.apache", "in reader", "^");
    Api.Answer answer = tryToAdd();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText())
        .startsWith("Connector type " + type)
        .contains(error());

    install("/items");
    assertThat(error()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'object',¶ 'properties': {]} | expected '}' (line 2, column 17)",
        "{'type': 'object',¶ 'properties': { | expected close marker for Object (line 2, column"
            + " 17)",
        "{'type': 'object',¶ 'pattern': '(a'} | (a",
        "'text' | it is no object"
      })
  void aBrokenSchemaIsNamedInOneLine(String schema, String named) {
    install("/items");
    TestTypes.write(type + ".schema.json", schema.replace("'", "\"").replace("¶", "\n"));

    assertThat(error())
        .startsWith("It cannot be used: %s.schema.json: ".formatted(type))
        .contains(named)
        .doesNotContain("\n", "[Source", "Exception");
    assertThat(tryToAdd().status()).isEqualTo(400);
  }

  /** What the caller of our API sends, its token first of all, is nobody else's business. */
  @Test
  void nothingOfTheCallersRequestGoesToTheSource() {
    install("/items", "");
    String connector = add();
    assertThat(shop.headers).contains("user-agent").doesNotContain("authorization");

    assertThat(connectors.sync(connector).at("/error/kind").asText()).isEqualTo("authorisation");
    assertThat(shop.headers).contains("user-agent").doesNotContain("authorization");

    connectors.api.post("/api/v1/connectors/" + connector + "/test", null);
    assertThat(shop.headers).contains("user-agent").doesNotContain("authorization");
  }
}
