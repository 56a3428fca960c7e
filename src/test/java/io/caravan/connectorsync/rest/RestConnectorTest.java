package io.caravan.connectorsync.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.connectorsync.vendor.ServiceAccounts;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.StopSignal;
import io.caravan.reach.Credentials;
import io.caravan.reach.Reach;
import io.caravan.reach.Received;
import io.caravan.reach.TestWeb;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestConnectorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "opensesame42";
  private static final String CLIENT =
      "{\"clientId\":\"shop one\",\"clientSecret\":\"" + SECRET + "\"}";

  private TestWeb web;
  private Reach reach;
  private RestConnector rest;

  @BeforeEach
  void start() throws IOException {
    web = new TestWeb();
    web.on("/orders", TestWeb.json("[]"));
    reach = TestWeb.reach();
    rest =
        new RestConnector(
            new RestProperties(100, 3),
            new ClientTokens(reach),
            new ServiceAccounts(URI.create("http://localhost:1/token")));
  }

  @AfterEach
  void stop() throws IOException {
    reach.close();
    web.close();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private RestDeclaration api(String auth) {
    return rest.declaration(
        json(
            """
            {"baseUrl": "%s", "auth": %s,
             "resources": [{"name": "orders", "path": "/orders", "primaryKey": "id", "cursorField": "id", "cursorParameter": "since"}]}
            """
                .formatted(web.url(""), auth)));
  }

  private RestDeclaration oauth(String more) {
    return api("{\"type\":\"oauth2\",\"tokenUrl\":\"%s\"%s}".formatted(web.url("/token"), more));
  }

  private void ask(RestDeclaration api, Credentials credentials) {
    RestPull pull =
        rest.pull(api, api.resources().getFirst(), credentials, null, 0, new StopSignal());
    try (Received received = reach.ask(pull.request())) {
      pull.receive(received);
    }
  }

  private List<String> authorizations() {
    return web.asked().stream()
        .filter(asked -> asked.uri().getPath().equals("/orders"))
        .map(asked -> asked.header("Authorization"))
        .toList();
  }

  private List<TestWeb.Asked> tokensAsked() {
    return web.asked().stream().filter(asked -> asked.uri().getPath().equals("/token")).toList();
  }

  /** A log-in whose tokens are t1, t2 and so on. */
  private void logIn(String expires) {
    int[] count = {0};
    web.on(
        "/token",
        exchange ->
            TestWeb.json(
                    "{\"access_token\":\"t%d\",\"token_type\":\"bearer\"%s}"
                        .formatted(++count[0], expires))
                .to(exchange));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"basic\"} | {\"username\":\"me\",\"password\":\"wörd\"} | Authorization | Basic"
            + " bWU6d8O2cmQ=",
        "{\"type\":\"bearer\"} | {\"token\":\"abc\"} | Authorization | Bearer abc",
        "{\"type\":\"header\",\"header\":\"X-key\"} | {\"value\":\"abc\"} | X-key | abc"
      })
  void logsInAsDeclared(String auth, String secrets, String header, String value) {
    RestDeclaration api = api(auth);
    ask(api, rest.credentials(api, json(secrets)));

    assertThat(web.asked().getFirst().header(header)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | {\"token\":\"opensesame42\"} | credentials.token: does not belong",
        "basic | {\"username\":\"opensesame42\"} | credentials.password: is missing",
        "bearer | {} | credentials.token: is missing",
        "bearer | {\"token\":\"\"} | credentials.token: is missing",
        "bearer | {\"token\":7} | credentials.token: is missing",
        "bearer | {\"token\":\"opensesame42\\r"
            + "\\n"
            + "Host: x\"} | credentials.token: must not hold line ends",
        "bearer | {\"token\":\"opensesame42\",\"user\":\"x\"} | credentials.user: does not belong"
      })
  void namesTheCredentialThatIsWrong(String type, String secrets, String said) {
    RestDeclaration api = api("{\"type\":\"%s\"}".formatted(type));

    assertThatThrownBy(() -> rest.credentials(api, json(secrets)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void connectorsOfOneClientShareAToken() {
    logIn(",\"expires_in\":3600");
    RestDeclaration api = oauth(",\"scope\":\"a b\"");
    ask(api, rest.credentials(api, json(CLIENT)));
    ask(api, rest.credentials(api, json(CLIENT)));

    assertThat(authorizations()).containsExactly("Bearer t1", "Bearer t1");
    TestWeb.Asked asked = tokensAsked().getFirst();
    assertThat(asked.header("Authorization")).isEqualTo("Basic c2hvcCtvbmU6b3BlbnNlc2FtZTQy");
    assertThat(asked.body()).isEqualTo("grant_type=client_credentials&scope=a+b");
  }

  @Test
  void theClientsSecretGoesInTheBodyWhereThatIsDeclared() {
    logIn("");
    RestDeclaration api = oauth(",\"clientAuthentication\":\"post\"");
    ask(api, rest.credentials(api, json(CLIENT)));

    assertThat(tokensAsked().getFirst().header("Authorization")).isNull();
    assertThat(tokensAsked().getFirst().body()).contains("client_secret=" + SECRET);
  }

  @Test
  void aTokenIsNotUsedWhenItIsAboutToExpire() {
    logIn(",\"expires_in\":2");
    RestDeclaration api = oauth("");
    Credentials credentials = rest.credentials(api, json(CLIENT));
    ask(api, credentials);
    ask(api, credentials);

    assertThat(authorizations()).containsExactly("Bearer t1", "Bearer t1");
    await()
        .untilAsserted(
            () -> {
              ask(api, credentials);
              assertThat(authorizations()).endsWith("Bearer t2");
            });
  }

  @Test
  void aTokenThatIsRefusedIsReplacedOnce() throws IOException {
    try (TestWeb strict = new TestWeb()) {
      logIn("");
      strict.on("/orders", TestWeb.text(401, "text/plain", ""));
      RestDeclaration api =
          rest.declaration(
              json(
                  """
                  {"baseUrl": "%s", "auth": {"type": "oauth2", "tokenUrl": "%s"},
                   "resources": [{"name": "orders", "path": "/orders", "primaryKey": "id"}]}
                  """
                      .formatted(strict.url(""), web.url("/token"))));
      Credentials credentials = rest.credentials(api, json(CLIENT));

      assertThat(catchThrowableOfType(Failure.class, () -> ask(api, credentials)).kind())
          .isEqualTo(FailureKind.TRANSIENT);
      Failure second = catchThrowableOfType(Failure.class, () -> ask(api, credentials));
      assertThat(second.kind()).isEqualTo(FailureKind.AUTHORISATION);
      assertThat(second).hasMessageContaining("credentials.clientSecret");
      assertThat(strict.asked().stream().map(asked -> asked.header("Authorization")))
          .containsExactly("Bearer t1", "Bearer t2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {\"error\":\"invalid_client\",\"error_description\":\"opensesame42 is wrong\"} |"
            + " AUTHORISATION | invalid_client",
        "400 | {\"error\":\"invalid_scope\"} | AUTHORISATION | invalid_scope",
        "401 | <html>opensesame42</html> | AUTHORISATION | credentials.clientSecret",
        "400 | {\"error\":\"opensesame42\"} | AUTHORISATION | HTTP 400)",
        "404 | not here | CONFIGURATION | config.auth.tokenUrl",
        "503 | {\"error\":\"opensesame42\"} | TRANSIENT | HTTP 503",
        "200 | <html>opensesame42</html> | CONFIGURATION | config.auth.tokenUrl"
      })
  void saysWhyThereIsNoToken(int status, String body, FailureKind kind, String said) {
    web.on("/token", TestWeb.text(status, "application/json", body));
    RestDeclaration api = oauth("");
    Credentials credentials = rest.credentials(api, json(CLIENT));

    Failure failure = catchThrowableOfType(Failure.class, () -> ask(api, credentials));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(said).hasMessageNotContaining(SECRET);
    assertThat(authorizations()).isEmpty();
    assertThat(credentials.toString() + api).doesNotContain(SECRET);
  }

  @Test
  void tokensAreNotFetchedFromWhereConnectorsMayNotGo() {
    RestDeclaration api =
        api("{\"type\":\"oauth2\",\"tokenUrl\":\"http://169.254.169.254/token\"}");
    Credentials credentials = rest.credentials(api, json(CLIENT));

    assertThat(catchThrowableOfType(Failure.class, () -> ask(api, credentials)))
        .hasMessageContaining("169.254.169.254 may not be reached")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @CsvSource({"0, since=5", "1, since=5", "2, ", "7, "})
  void everyThirdSyncFetchesEverything(int syncsSinceFull, String query) {
    RestDeclaration api = api("{\"type\":\"none\"}");

    assertThat(
            rest.pull(
                    api,
                    api.resources().getFirst(),
                    Credentials.NONE,
                    "5",
                    syncsSinceFull,
                    new StopSignal())
                .request()
                .address()
                .getQuery())
        .isEqualTo(query);
  }
}
