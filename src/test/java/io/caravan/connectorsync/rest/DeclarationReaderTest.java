package io.caravan.connectorsync.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.caravan.failure.InvalidInputException;
import io.caravan.paging.Paginator;
import io.caravan.reach.Origin;
import io.caravan.reach.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WHOLE =
      """
      {"baseUrl": "https://api.example.com/v1/",
       "auth": {"type": "oauth2", "tokenUrl": "https://login.example.com/token", "scope": "orders.read"},
       "headers": {"X-Version": "7"},
       "rateLimitPerSecond": 2.5,
       "resources": [
         {"name": "orders", "path": "orders?archived=no", "parameters": {"status": "a b&c", "deep": true, "limit": 5},
          "recordPath": "/data/orders", "primaryKey": ["shop", "id"], "cursorField": "updatedAt",
          "cursorParameter": "since",
          "paginator": {"type": "nextUrl", "path": "/links/next"}},
         {"name": "stock", "path": "/stock", "primaryKey": "sku", "cursorField": "/meta/at",
          "paginator": {"type": "page", "size": 100, "sizeParameter": "per_page"}}]}
      """;

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A config that is right but for one place. */
  private static JsonNode with(String place, String value) {
    JsonPointer at = JsonPointer.compile(place);
    ObjectNode config = (ObjectNode) json(WHOLE);
    JsonNode parent = config.at(at.head());
    if (parent instanceof ArrayNode list) {
      list.set(at.last().getMatchingIndex(), json(value));
    } else {
      ((ObjectNode) parent).set(at.last().getMatchingProperty(), json(value));
    }
    return config;
  }

  @Test
  void readsAllThatMayBeDeclared() {
    RestDeclaration api = DeclarationReader.read(json(WHOLE));

    assertThat(api.origin()).isEqualTo(new Origin("https", "api.example.com", 443));
    assertThat(api.auth().type()).isEqualTo(Auth.Type.OAUTH2);
    assertThat(api.auth().tokenUrl()).hasToString("https://login.example.com/token");
    assertThat(api.headers()).isEqualTo(Map.of("X-Version", "7"));
    assertThat(api.requestsPerSecond()).isEqualTo(2.5);
    Resource orders = api.resources().getFirst();
    assertThat(orders.list())
        .hasToString(
            "https://api.example.com/v1/orders?archived=no&status=a%20b%26c&deep=true&limit=5");
    assertThat(orders.recordPaths()).hasToString("[/data/orders]");
    assertThat(orders.primaryKey()).containsExactly("shop", "id");
    assertThat(orders.cursorField()).hasToString("/updatedAt");
    assertThat(orders.paginator().type()).isEqualTo(Paginator.Type.NEXT_URL);
    Resource stock = api.resources().getLast();
    assertThat(stock.recordPaths()).containsExactly(JsonPointer.empty());
    assertThat(stock.primaryKey()).containsExactly("sku");
    assertThat(stock.cursorField()).hasToString("/meta/at");
    assertThat(stock.paginator().first(stock.list()))
        .hasToString("https://api.example.com/v1/stock?per_page=100&page=1");
  }

  @Test
  void whatIsLeftOutHasDefaults() {
    RestDeclaration api =
        DeclarationReader.read(
            json(
                """
                {"baseUrl": "http://api.example.com", "resources": [{"name": "a", "path": "", "primaryKey": "id"}]}
                """));

    assertThat(api.auth()).isEqualTo(Auth.NONE);
    assertThat(api.requestsPerSecond()).isEqualTo(Places.UNLIMITED);
    assertThat(api.resources().getFirst().list()).hasToString("http://api.example.com");
    assertThat(api.resources().getFirst().paginator()).isEqualTo(Paginator.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "/colour | 1 | colour",
        "/baseUrl | 7 | config.baseUrl",
        "/baseUrl | \"ftp://api.example.com\" | config.baseUrl",
        "/baseUrl | \"https://\" | config.baseUrl",
        "/baseUrl | \"https://me:hidden@api.example.com\" | config.baseUrl: must not hold a user",
        "/baseUrl | \"https://api.example.com?a=1\" | config.baseUrl: must end before ?",
        "/baseUrl | \"https://my_shop/\" | config.baseUrl: is no address",
        "/baseUrl | \"http://127.0.0.1:99999\" | config.baseUrl: is no address",
        "/baseUrl | \"https://api.example.com?api_key=hidden\" | config.baseUrl: must end before ?",
        "/auth/tokenUrl | \"https://login.example.com:65536/token\" | config.auth.tokenUrl: is no",
        "/auth/tokenUrl | \"https://login.example.com/token?client_secret=hidden\" |"
            + " config.auth.tokenUrl: holds what looks like a secret",
        "/auth/type | \"digest\" | config.auth.type",
        "/auth/header | \"X-Key\" | config.auth.header: belongs to type header",
        "/auth | {\"type\": \"header\"} | config.auth.header: is missing",
        "/auth | {\"type\": \"header\", \"header\": \"Host\"} | config.auth.header: this header",
        "/auth | {\"type\": \"oauth2\"} | config.auth.tokenUrl: is missing",
        "/auth | {\"type\": \"bearer\", \"scope\": \"a\"} | config.auth.scope: belongs to type"
            + " oauth2",
        "/headers/Authorization | \"hidden\" | config.headers.Authorization: looks like a secret",
        "/headers/X-Api-Key | \"hidden\" | config.headers.X-Api-Key: looks like a secret",
        "/headers/Host | \"hidden\" | config.headers.Host: this header",
        "/headers/X-A | \"hidden\\r\\nX-B: 1\" | config.headers.X-A",
        "/headers/X A | \"hidden\" | X A",
        "/rateLimitPerSecond | 0 | config.rateLimitPerSecond",
        "/resources | [] | config.resources",
        "/resources/0/name | \"stock\" | config.resources[1].name: another resource",
        "/resources/0/name | \"../x\" | config.resources[0].name",
        "/resources/0/path | \"/a b\" | config.resources[0].path",
        "/resources/0/path | \"/a%zz\" | config.resources[0].path: is no path",
        "/resources/0/path | \"/a?api_key=hidden\" | config.resources[0].path: holds what looks"
            + " like a secret",
        "/resources/0/path | \"a?x=1&access%5Ftoken=hidden\" | config.resources[0].path: holds"
            + " what",
        "/resources/1/path | \"?x=1;Password=hidden\" | config.resources[1].path: holds what looks",
        "/resources/0/colour | 1 | colour",
        "/resources/0/primaryKey | [] | config.resources[0].primaryKey",
        "/resources/0/recordPath | \"data\" | config.resources[0].recordPath",
        "/resources/0/parameters/api_token | \"hidden\" | config.resources[0].parameters.api_token:"
            + " looks like a secret",
        "/resources/0/parameters/since | \"hidden\" | config.resources[0].parameters.since: is set"
            + " by",
        "/resources/1/parameters | {\"per_page\": 7} | config.resources[1].parameters.per_page: is"
            + " set by",
        "/resources/1 | {\"name\": \"x\", \"path\": \"\", \"primaryKey\": \"id\","
            + " \"cursorParameter\": \"since\"} | config.resources[1].cursorField: is missing",
        "/resources/0/paginator | {\"type\": \"cursor\"} | config.resources[0].paginator.path: is"
            + " missing",
        "/resources/0/paginator | {\"type\": \"link\", \"path\": \"/a\"} |"
            + " config.resources[0].paginator.path: belongs to type",
        "/resources/0/paginator | {\"type\": \"link\", \"start\": 1} |"
            + " config.resources[0].paginator.start: belongs to type",
        "/resources/0/paginator | {\"type\": \"page\", \"sizeParameter\": \"n\"} |"
            + " config.resources[0].paginator.size: is missing",
        "/resources/0/paginator | {\"type\": \"page\", \"size\": 0} |"
            + " config.resources[0].paginator.size",
        "/resources/0/paginator | {\"type\": \"scroll\"} | config.resources[0].paginator.type"
      })
  void namesTheFieldThatIsWrong(String place, String value, String said) {
    JsonNode config = with(place, value);
    assertThatThrownBy(() -> DeclarationReader.read(config))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() {
    ObjectNode config = (ObjectNode) json(WHOLE);
    config.remove("baseUrl");
    ((ObjectNode) config.at("/resources/0")).remove("primaryKey");

    assertThatThrownBy(() -> DeclarationReader.read(config))
        .hasMessageContaining("baseUrl")
        .hasMessageContaining("config.resources[0]")
        .hasMessageContaining("primaryKey");
  }

  @Test
  void whatIsNoObjectIsNoConfig() {
    for (String text : List.of("[]", "null", "\"x\"")) {
      assertThatThrownBy(() -> DeclarationReader.read(json(text)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("config");
    }
  }

  @Test
  void theSchemaIsOneAndMarksItsSecrets() throws IOException {
    JsonNode schema = JSON.readTree(Path.of("routes/connectors/rest.schema.json").toFile());

    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()))
                .validate(schema))
        .isEmpty();
    assertThat(schema.at("/title").asText()).isEqualTo("REST API");
    assertThat(schema.at("/properties/credentials/properties"))
        .isNotEmpty()
        .allSatisfy(
            secret ->
                assertThat(schema.at(secret.at("/$ref").asText().substring(1)).path("writeOnly"))
                    .isEqualTo(BooleanNode.TRUE));
    assertThat(schema.at("/properties/syncInterval/examples/0").asInt()).isEqualTo(900);
    assertThat(schema.at("/properties/syncInterval/examples/6").asInt()).isEqualTo(86_400);
  }
}
