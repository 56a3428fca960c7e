package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.Customer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * SV-18: what is wrong is refused with a sentence that says what to change, and leaves no trace.
 */
@CaravanTest
class ValueSyncBadInputTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "Hunter2-Secret";
  private Api api;
  private Customer shop;

  @BeforeEach
  void register(@LocalServerPort int port) {
    api = new Api(port);
    shop = new Customer(api, "Shop");
    shop.execute("create table city (name text)", "insert into city values ('Oslo'), ('a=b&c')");
    shop.searchable(shop.column("city", "name"));
  }

  @AfterEach
  void forget() {
    shop.close();
  }

  private String problem(int status, Api.Answer answer) {
    String text = answer.raw().body();
    assertThat(answer.status()).as(text).isEqualTo(status);
    assertThat(answer.raw().headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body().get("status").asInt()).isEqualTo(status);
    assertThat(answer.body().get("title").asText()).isNotBlank();
    assertThat(text)
        .doesNotContain(SECRET, "io.caravan", "Exception", "select ", "insert ", "\\tat ");
    String detail = answer.body().get("detail").asText();
    assertThat(detail).isNotBlank();
    return detail;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/runs/ID",
    "GET, /api/v1/runs/ID/items",
    "GET, /api/v1/runs/ID/events",
    "POST, /api/v1/runs/ID/cancel",
    "POST, /api/v1/runs/ID/retry-failed",
    "GET, /api/v1/data-sources/ID",
    "DELETE, /api/v1/data-sources/ID",
    "POST, /api/v1/data-sources/ID/test",
    "GET, /api/v1/data-sources/ID/searchable-columns",
    "GET, /api/v1/datasets/ID",
    "DELETE, /api/v1/datasets/ID",
    "GET, /api/v1/values/search?dataSourceId=ID&q=a"
  })
  void anUnknownIdIsNotFound(String method, String path) {
    String id = UUID.randomUUID().toString();

    assertThat(problem(404, api.call(method, path.replace("ID", id), null, Map.of()))).contains(id);
  }

  @Test
  void anUnknownIdWithABodyIsNotFound() {
    String id = UUID.randomUUID().toString();

    problem(404, api.put("/api/v1/data-sources/" + id + "/searchable-columns", "[]"));
    problem(404, patch("/api/v1/data-sources/" + id, "{\"name\":\"x\"}"));
    problem(404, patch("/api/v1/organizations/" + id, "{\"name\":\"x\"}"));
    problem(404, api.post("/api/v1/values/refresh", "{\"dataSourceId\":\"" + id + "\"}"));
    assertThat(problem(404, api.post("/api/v1/pipelines/nosync/runs", "{}")))
        .contains("nosync", "valuesync");
    assertThat(problem(400, api.post("/api/v1/data-sources", source(id, "jdbc:postgresql://h/d"))))
        .contains("organizationId", id);
  }

  private Api.Answer patch(String path, String body) {
    return api.call("PATCH", path, body, Map.of());
  }

  private static String source(String organization, String url) {
    return JSON.createObjectNode()
        .put("organizationId", organization)
        .put("name", "Shop")
        .put("type", "postgresql")
        .put("jdbcUrl", url)
        .put("password", SECRET)
        .toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":",
        "not json",
        "[]",
        "\"text\"",
        "{\"name\":\"x\"} trailing",
        "{}",
        "{\"name\":7}",
        "{\"name\":\"\"}",
        "{\"name\":\"   \"}",
        "{\"name\":null}",
        "{\"name\":\"x\",\"onboardingCompleted\":\"yes\"}",
        "{\"name\":\"x\",\"colour\":\"red\"}",
        ""
      })
  void anOrganisationIsCheckedAndNotAdded(String body) {
    int before = api.get("/api/v1/organizations").body().size();

    problem(400, api.post("/api/v1/organizations", body));

    assertThat(api.get("/api/v1/organizations").body()).hasSize(before);
  }

  @Test
  void anUnknownFieldAndAWrongTypeAreNamed() {
    assertThat(
            problem(400, api.post("/api/v1/organizations", "{\"name\":\"x\",\"colour\":\"red\"}")))
        .contains("colour");
    assertThat(problem(400, api.post("/api/v1/organizations", "{\"name\":7}"))).contains("string");
    assertThat(problem(400, api.post("/api/v1/organizations", "{}"))).contains("name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/",
        "postgres://user:Hunter2-Secret@host/db",
        "jdbc:postgresql:",
        "jdbc:mysql://host/db",
        "jdbc:postgresql://host/db?password=Hunter2-Secret",
        "jdbc:postgresql://user:Hunter2-Secret@host/db",
        "jdbc:postgresql://host/db?socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
        "file:///etc/passwd"
      })
  void aUrlThatIsNotAPlainJdbcUrlOfItsTypeIsRefusedAndNotRepeated(String url) {
    int before = api.get("/api/v1/data-sources").body().size();

    String detail = problem(400, api.post("/api/v1/data-sources", source(shop.organization, url)));

    assertThat(detail).contains("jdbcUrl");
    assertThat(api.get("/api/v1/data-sources").body()).hasSize(before);
  }

  @Test
  void thePasswordIsNeverShown() {
    Api.Answer created =
        api.post(
            "/api/v1/data-sources", source(shop.organization, "jdbc:postgresql://localhost:1/d"));
    String id = created.body().get("id").asText();
    try {
      assertThat(created.raw().body()).doesNotContain(SECRET, "password");
      assertThat(api.get("/api/v1/data-sources/" + id).raw().body())
          .doesNotContain(SECRET, "password");
      assertThat(api.get("/api/v1/data-sources").raw().body()).doesNotContain(SECRET);
      Api.Answer test = api.post("/api/v1/data-sources/" + id + "/test", null);
      assertThat(test.body().get("ok").asBoolean()).isFalse();
      assertThat(test.body().get("message").asText()).contains("localhost:1", "nothing answers");
      assertThat(test.raw().body()).doesNotContain(SECRET);
    } finally {
      api.call("DELETE", "/api/v1/data-sources/" + id, null, Map.of());
    }
  }

  @Test
  void aTextThatIsTooLongIsRefusedAndNotRepeated() {
    String name = SECRET.repeat(100);

    problem(400, api.post("/api/v1/organizations", "{\"name\":\"" + name + "\"}"));
    problem(
        400,
        patch("/api/v1/data-sources/" + shop.id, "{\"password\":\"" + SECRET.repeat(1000) + "\"}"));
    problem(400, shop.putColumns(shop.column(SECRET.repeat(30), "name")));
    problem(
        400, api.get("/api/v1/values/search?dataSourceId=" + shop.id + "&q=" + SECRET.repeat(50)));
    problem(400, api.post("/api/v1/pipelines/valuesync/runs", "{\"reason\":\"" + name + "\"}"));
  }

  @Test
  void aListOfColumnsIsTakenAsAWholeOrNotAtAll() {
    assertThat(
            problem(400, shop.putColumns(shop.column("land", "name"), shop.column("land", "name"))))
        .contains("Entry 2", "a second time");
    problem(400, shop.putColumns(shop.column("land", "name").put("maxValues", 0)));
    problem(400, shop.putColumns(shop.column("land", "name").put("maxValues", 1.5)));
    problem(400, shop.putColumns(shop.column("", "name")));
    problem(400, shop.putColumns(shop.column("la\u0000nd", "name")));
    problem(400, api.put("/api/v1/data-sources/" + shop.id + "/searchable-columns", "{}"));
    problem(400, api.put("/api/v1/data-sources/" + shop.id + "/searchable-columns", "[null]"));

    assertThat(shop.columns()).hasSize(1);
    assertThat(shop.columns().getFirst().get("tableName").asText()).isEqualTo("city");
  }

  @Test
  void yamlThatIsNoneIsRefusedWithItsPlace() {
    String body =
        JSON.createObjectNode()
            .put("dataSourceId", shop.id)
            .put("name", "city")
            .put("databaseName", shop.database())
            .put("schemaName", "public")
            .put("yml", "name: city\ndimensions: [")
            .toString();

    assertThat(problem(400, api.post("/api/v1/datasets", body))).contains("yml", "line");
    assertThat(api.get("/api/v1/datasets").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer wrong-Hunter2-Secret",
        "Basic YWRtaW46YWRtaW4=",
        "token-of-the-tests"
      })
  void withoutTheTokenNothingIsAnswered(String authorization) {
    Api.Answer answer =
        api.call("GET", "/api/v1/data-sources", null, Map.of("Authorization", authorization));

    assertThat(problem(401, answer)).contains("Authorization: Bearer");
    assertThat(answer.raw().headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/v1/nothing", "/api/v1/", "/api/v1/runs/x/y/z", "/api/v1/data-sources/"})
  void anUnknownPathIsNotFound(String path) {
    assertThat(problem(404, api.get(path))).contains("/docs");
  }

  @Test
  void aWrongMethodIsNamed() {
    Api.Answer wrong = api.call("DELETE", "/api/v1/pipelines", null, Map.of());
    problem(405, wrong);
    assertThat(wrong.raw().headers().firstValue("Allow")).hasValue("GET");
    problem(405, api.put("/api/v1/data-sources/" + shop.id, "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/runs/7", "/api/v1/data-sources/x", "/api/v1/runs?before=x"})
  void anIdThatIsNoneIsRefused(String path) {
    problem(400, api.get(path));
  }

  @Test
  void forceWantsAReason() {
    assertThat(problem(400, api.post("/api/v1/pipelines/valuesync/runs", "{\"force\":true}")))
        .contains("reason");
    assertThat(
            problem(
                400,
                api.post("/api/v1/pipelines/valuesync/runs", "{\"force\":true,\"reason\":\" \"}")))
        .contains("reason");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"limit\":0}",
        "{\"limit\":-1}",
        "{\"limit\":1.5}",
        "{\"limit\":99999999999}",
        "{\"limit\":\"many\"}",
        "{\"only\":\"all\"}",
        "{\"only\":[7]}",
        "{\"dryRun\":\"yes\"}",
        "{\"everything\":true}",
        "[]",
        "{"
      })
  void aBadRunRequestStartsNothing(String body) {
    String newest = newestRun();

    problem(400, api.post("/api/v1/pipelines/valuesync/runs", body));

    assertThat(newestRun()).isEqualTo(newest);
  }

  private String newestRun() {
    return api.get("/api/v1/runs?limit=1").body().get("runs").findPath("id").asText();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs?limit=0",
        "/api/v1/runs?limit=501",
        "/api/v1/runs?limit=x",
        "/api/v1/runs?status=odd",
        "/api/v1/runs?trigger=odd",
        "/api/v1/values/search?dataSourceId=ID&limit=0",
        "/api/v1/values/search?dataSourceId=ID&limit=101",
        "/api/v1/values/search?dataSourceId=ID&limit=1.5",
        "/api/v1/values/search?dataSourceId=ID&limit=99999999999",
        "/api/v1/values/search?q=a"
      })
  void aQueryOutOfBoundsIsRefused(String path) {
    problem(400, api.get(path.replace("ID", shop.id)));
  }

  @Test
  void aHeaderCannotTakeThePlaceOfAParameter() {
    shop.run();
    String path = "/api/v1/values/search?dataSourceId=" + shop.id;

    assertThat(api.call("GET", path, null, Map.of("limit", "1000000")).status())
        .as("the header is ignored, not obeyed and not refused")
        .isEqualTo(200);
    assertThat(api.call("GET", path, null, Map.of("limit", "1")).body().get("values")).hasSize(2);
    assertThat(api.call("GET", path, null, Map.of("q", "Oslo")).body().get("values")).hasSize(2);
    assertThat(
            api.call("GET", "/api/v1/runs", null, Map.of("pipeline", "nosync")).body().get("runs"))
        .isNotEmpty();
  }

  @Test
  void everyCharacterOfAQueryIsData() {
    shop.execute(
        "insert into city values ('100%'), ('under_score'), ('back\\slash'), ('a+b c'),"
            + " ('''quoted'''), ('${body}')");
    shop.run();

    for (String value :
        new String[] {
          "a=b&c", "100%", "under_score", "back\\slash", "a+b c", "'quoted'", "${body}"
        }) {
      assertThat(shop.find(value)).as(value).first().isEqualTo(value);
    }
    assertThat(shop.find("%")).containsExactly("100%");
    assertThat(shop.find("'; drop table city; --")).isEmpty();
    problem(
        404, api.get("/api/v1/values/search?dataSourceId=" + shop.id + "&table=%24%7Bbody%7D&q=a"));
  }
}
