package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaravanTest
class ConnectorApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KEY_FILES =
      Set.of("custom", "gcs", "google", "google-drive", "google-sheets", "rest");
  private static final String CONNECTORS = "/api/v1/connectors";

  private final JdbcClient jdbc = JdbcClient.create(TestSettings.database());
  private final String tenant = "tenant-" + UUID.randomUUID();
  private final String type = TestTypes.weather();

  private Api api;
  private int port;

  @BeforeEach
  void api(@LocalServerPort int port) {
    this.port = port;
    api = new Api(port);
  }

  private Api.Answer create(String more) {
    return api.post(
        CONNECTORS,
        "{\"tenantId\":\"%s\",\"name\":\"Oslo\",\"type\":\"%s\",\"config\":{\"station\":\"SN18700\"}%s}"
            .formatted(tenant, type, more));
  }

  private JsonNode created(String more) {
    Api.Answer answer = create(more);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body();
  }

  private Api.Answer patch(JsonNode connector, String body) {
    return api.call("PATCH", path(connector), body, Map.of());
  }

  private static String path(JsonNode connector) {
    return CONNECTORS + "/" + connector.get("id").asText();
  }

  private void set(JsonNode connector, String columns) {
    jdbc.sql("update connectorsync.connector_setup set %s where id = ?".formatted(columns))
        .param(UUID.fromString(connector.get("id").asText()))
        .update();
  }

  /** CN-01, D6. */
  @Test
  void aNewConnectorHasTheDefaultsAndIsDueAtOnce() {
    JsonNode connector = created("");

    assertThat(connector.get("syncInterval").asInt()).isEqualTo(3600);
    assertThat(connector.get("autoSync").asBoolean()).isTrue();
    assertThat(connector.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(connector.at("/due/isDue").asBoolean()).isTrue();
    assertThat(connector.at("/due/reason").asText()).isEqualTo("It was never synced.");
    assertThat(api.get(path(connector)).body().get("config")).isEqualTo(connector.get("config"));
  }

  @Test
  void credentialsAreWrittenEncryptedAndNeverShown() {
    String key = "key-" + UUID.randomUUID();
    JsonNode connector = created(",\"credentials\":{\"apiKey\":\"%s\"}".formatted(key));

    assertThat(connector.toString()).doesNotContain(key);
    assertThat(connector.has("credentials")).isFalse();
    assertThat(api.get(path(connector)).raw().body()).doesNotContain(key);
    assertThat(
            jdbc.sql("select s::text from connectorsync.connector_setup s where id = ?")
                .param(UUID.fromString(connector.get("id").asText()))
                .query(String.class)
                .single())
        .doesNotContain(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"days\": 3}|config: required property 'station' not found",
        "{\"station\": \"a\", \"days\": 32}|config/days: must have a maximum value of 31",
        "{\"station\": \"a\", \"dys\": 3}|property 'dys' is not defined in the schema",
        "{\"station\": 7}|config/station: integer found, string expected"
      })
  void aConfigThatMissesItsSchemaIsRefusedByField(String config, String says) {
    Api.Answer answer =
        api.post(
            CONNECTORS,
            "{\"tenantId\":\"%s\",\"name\":\"Oslo\",\"type\":\"%s\",\"config\":%s}"
                .formatted(tenant, type, config));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains(says);
    assertThat(api.get(CONNECTORS + "?tenantId=" + tenant).body()).isEmpty();
  }

  @Test
  void aCredentialInTheWrongFieldIsRefusedWithoutRepeatingIt() {
    Api.Answer answer = create(",\"credentials\":{\"apiKey\":{\"token\":\"hush-hush\"}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().toString()).contains("credentials/apiKey").doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"syncInterval\":59|syncInterval",
        "\"allowedHours\":\"nights\"|allowedHours",
        "\"status\":\"SYNCING\"|status"
      })
  void whatNobodyMaySayIsRefusedByField(String field, String says) {
    Api.Answer answer = create("," + field);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().toString()).contains(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rest|{\"baseUrl\":\"http://127.0.0.1:99999\",\"resources\":[{\"name\":\"a\",\"path\":\"\",\"primaryKey\":\"id\"}]}|config.baseUrl",
        "rss|{\"url\":\"http://127.0.0.1:99999/feed.xml\"}|config.url",
        "rss|{\"url\":\"http://my_shop/feed.xml\"}|config.url",
        "file|{\"path\":\"http://127.0.0.1:99999/a.csv\"}|config.path",
        "s3|{\"bucket\":\"acme\",\"path\":\"a.csv\",\"endpoint\":\"http://127.0.0.1:99999\"}|config.endpoint",
        "rest|{\"baseUrl\":\"http://127.0.0.1:1\",\"resources\":[{\"name\":\"a\",\"path\":\"/a?api_key=hush-hush\",\"primaryKey\":\"id\"}]}|config.resources[0].path"
      })
  void anAddressThatCannotBeTakenIsRefusedByField(String type, String config, String says) {
    String secrets = type.equals("s3") ? "{\"accessKeyId\":\"a\",\"secretAccessKey\":\"b\"}" : "{}";

    Api.Answer answer =
        api.post(
            CONNECTORS,
            "{\"tenantId\":\"%s\",\"name\":\"x\",\"type\":\"%s\",\"config\":%s,\"credentials\":%s}"
                .formatted(tenant, type, config, secrets));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).startsWith(says).doesNotContain("hush");
    assertThat(api.get(CONNECTORS + "?tenantId=" + tenant).body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NUL \\u0000", "escape \\u001b", "line end\\n", "delete \\u007f"})
  void aSecretWithControlCharactersIsRefusedWithoutRepeatingIt(String secret) {
    JsonNode connector =
        api.post(
                CONNECTORS,
                """
                {"tenantId": "%s", "name": "x", "type": "rest", "autoSync": false, "credentials": {"token": "fine"},
                 "config": {"baseUrl": "http://127.0.0.1:1", "auth": {"type": "bearer"},
                            "resources": [{"name": "a", "path": "", "primaryKey": "id"}]}}
                """
                    .formatted(tenant))
            .body();

    Api.Answer answer = patch(connector, "{\"credentials\":{\"token\":\"%s\"}}".formatted(secret));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText())
        .contains("credentials/token")
        .doesNotContain(secret.substring(0, 3));
  }

  /** A key file is JSON with line ends, and takes those. */
  @Test
  void noTypeTakesControlCharactersInItsSecrets() throws IOException {
    int secrets = 0;
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("routes/connectors"), "*.schema.json")) {
      for (Path file : files) {
        for (JsonNode secret : JSON.readTree(file.toFile()).findParents("writeOnly")) {
          JsonSchema schema =
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(secret);
          assertThat(schema.validate(TextNode.valueOf("c2VjcmV0"))).as("%s", file).isEmpty();
          for (String bad : List.of("c2VjcmV0\u0000", "c2VjcmV0\u001b", "\u007fc2VjcmV0")) {
            assertThat(schema.validate(TextNode.valueOf(bad)))
                .as("%s %s", file, secret)
                .isNotEmpty();
          }
          assertThat(schema.validate(TextNode.valueOf("c2VjcmV0\n")).isEmpty())
              .as("%s %s", file, secret)
              .isEqualTo(
                  KEY_FILES.contains(file.getFileName().toString().replaceFirst("[.].*", ""))
                      && schema.validate(TextNode.valueOf("c2Vj\ncmV0")).isEmpty());
          secrets++;
        }
      }
    }
    assertThat(secrets).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=|The parameter limit is empty; give it a value, or leave it out.",
        "run=|The parameter run is empty; give it a value, or leave it out.",
        "run=TRUE|The parameter run must be true or false.",
        "run=yes|The parameter run must be true or false.",
        "limit=ten|The parameter limit must be a whole number."
      })
  void aParameterThatCannotBeTakenIsNamedInOneLine(String query, String says) {
    Api.Answer answer = new Api(port, CaravanTest.CRON_SECRET).get("/api/connectors/sync?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).isEqualTo(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tenantId\": \"t\",\\n \"name\": hush}|line 2, column 10",
        "{\"tenantId\": \"hush|line 1, column 19",
        "{\"a\": 1,}|line 1, column 9",
        "hush|line 1, column 1"
      })
  void whereABodyBreaksIsToldInOneLine(String body, String where) {
    Api.Answer answer = api.post(CONNECTORS, body.replace("\\n", "\n"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText())
        .isEqualTo(
            "The body is not one JSON value of the form that the contract gives: see %s."
                .formatted(where));
  }

  @Test
  void aTypeThatIsNotInstalledIsNamedWithThoseThatAre() {
    Api.Answer answer =
        api.post(
            CONNECTORS, "{\"tenantId\":\"t\",\"name\":\"x\",\"type\":\"telex\",\"config\":{}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("telex", type);
  }

  @Test
  void aBrokenTypeIsNamedAndStopsNoOther() {
    String broken = "broken-" + UUID.randomUUID().toString().substring(0, 8);
    TestTypes.write(broken + ".schema.json", "{\"type\": \"obj");
    TestTypes.write(broken + ".camel.yaml", "- routeTemplate:");
    try {
      JsonNode types = api.get("/api/v1/connector-types").body();

      assertThat(types.findValuesAsText("type")).contains(type, broken);
      for (JsonNode one : types) {
        if (one.get("type").asText().equals(broken)) {
          assertThat(one.get("error").asText()).startsWith("It cannot be used");
        }
        if (one.get("type").asText().equals(type)) {
          assertThat(one.get("error").isNull()).isTrue();
          assertThat(one.get("title").asText()).isEqualTo("Weather");
        }
      }
    } finally {
      TestTypes.remove(broken + ".schema.json");
      TestTypes.remove(broken + ".camel.yaml");
    }
  }

  /** CN-02: also after somebody changed the table by hand. */
  @Test
  void itIsDueOnceItsIntervalIsOver() {
    JsonNode connector = created(",\"syncInterval\":600");
    set(connector, "last_sync_at = now() - interval '599 s'");
    assertThat(api.get(path(connector)).body().at("/due/isDue").asBoolean()).isFalse();

    set(connector, "sync_interval = 300");

    assertThat(api.get(path(connector)).body().at("/due/reason").asText())
        .isEqualTo("Its interval is over.");
  }

  private List<String> listed(String query) {
    return api.get("%s?tenantId=%s%s".formatted(CONNECTORS, tenant, query))
        .body()
        .valueStream()
        .map(connector -> connector.get("id").asText())
        .toList();
  }

  @Test
  void aListIsNarrowedAndPaged() {
    List<JsonNode> made = List.of(created(""), created(""), created(""));
    List<String> ids = made.stream().map(connector -> connector.get("id").asText()).toList();
    set(made.get(1), "status = 'NEEDS_ATTENTION', last_sync_error = 'refused'");

    assertThat(listed("")).isEqualTo(ids);
    assertThat(listed("&limit=2")).isEqualTo(ids.subList(0, 2));
    assertThat(listed("&limit=2&after=" + ids.get(1))).isEqualTo(ids.subList(2, 3));
    assertThat(listed("&status=NEEDS_ATTENTION")).containsExactly(ids.get(1));
    assertThat(listed("&hasError=true")).containsExactly(ids.get(1));
    assertThat(listed("&hasError=false")).containsExactly(ids.get(0), ids.get(2));
    assertThat(api.get(CONNECTORS + "?status=BROKEN").status()).isEqualTo(400);
  }

  /** CN-11, and the documented statement. */
  @Test
  void aStatusOfActiveLetsItBeTriedAtOnceByTheApiAndBySql() {
    JsonNode connector = created("");
    String failing =
        "status = 'ERROR', failures = 20, failing_since = now(), retry_at = now() + interval '1"
            + " day'";
    set(connector, failing);
    assertThat(api.get(path(connector)).body().at("/due/isDue").asBoolean()).isFalse();

    JsonNode patched = patch(connector, "{\"status\":\"ACTIVE\"}").body();

    assertThat(patched.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(patched.get("failures").asInt()).isZero();
    assertThat(patched.at("/due/isDue").asBoolean()).isTrue();

    set(connector, failing);
    jdbc.sql("update connectorsync.connector set status = 'ACTIVE' where id = ?")
        .param(UUID.fromString(connector.get("id").asText()))
        .update();

    assertThat(api.get(path(connector)).body().at("/due/isDue").asBoolean()).isTrue();
  }

  @Test
  void noStatusThatFollowsFromSyncsCanBeSetBySql() {
    JsonNode connector = created("");

    assertThatThrownBy(
            () ->
                jdbc.sql("update connectorsync.connector set status = 'SYNCING' where id = ?")
                    .param(UUID.fromString(connector.get("id").asText()))
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("ACTIVE or INACTIVE");
  }

  @Test
  void newCredentialsLetARefusedOneBeTriedAtOnce() {
    JsonNode connector = created("");
    set(connector, "status = 'NEEDS_ATTENTION', failures = 1");

    JsonNode patched = patch(connector, "{\"credentials\":{\"apiKey\":\"better\"}}").body();

    assertThat(patched.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(patched.at("/due/isDue").asBoolean()).isTrue();
  }

  @Test
  void whatWasReadCanBeSentBack() {
    JsonNode connector =
        created(",\"allowedHours\":\"22:00-06:00\",\"metadata\":{\"team\":\"ops\"}");

    Api.Answer answer = patch(connector, connector.toString());

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.body().get("allowedHours").asText()).isEqualTo("22:00-06:00");
    assertThat(answer.body().get("metadata")).isEqualTo(connector.get("metadata"));
  }

  @Test
  void aDeletedConnectorIsGoneAndItsCredentialsAreForgotten() {
    JsonNode connector = created(",\"credentials\":{\"apiKey\":\"k\"}");

    assertThat(api.call("DELETE", path(connector), null, Map.of()).status()).isEqualTo(204);

    assertThat(api.get(path(connector)).status()).isEqualTo(404);
    assertThat(api.call("DELETE", path(connector), null, Map.of()).status()).isEqualTo(404);
    assertThat(
            jdbc.sql(
                    "select credentials_encrypted is null from connectorsync.connector_setup where"
                        + " id = ?")
                .param(UUID.fromString(connector.get("id").asText()))
                .query(Boolean.class)
                .single())
        .isTrue();
  }
}
