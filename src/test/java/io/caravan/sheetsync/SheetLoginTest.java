package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestSettings;
import io.caravan.connection.AirtableConnections;
import io.caravan.connection.AirtableConnections.Refresh;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sandbox.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Log-ins that expire, are refreshed, are revoked and are made anew; and that nothing tells. */
@CaravanTest
@ExtendWith(OutputCaptureExtension.class)
class SheetLoginTest {
  private static final Map<String, String> MAPPINGS = Map.of("Name", "Name");
  private static final String LONG_AGO = Instant.now().minusSeconds(60).toString();

  private final JdbcClient jdbc = JdbcClient.create(TestSettings.database());
  private final List<String> secrets = new ArrayList<>();
  private final List<JsonNode> answers = new ArrayList<>();

  private Api api;
  private AirtableBase base;
  private AirtableTable table;
  private Pair pair;

  /** The OAuth client of the last grant of Airtable's. */
  private String client;

  @BeforeEach
  void pair(@LocalServerPort int port) {
    api = new Api(port);
    base = TestPairs.AIRTABLE.addBase("Log-in " + UUID.randomUUID());
    table = base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT));
    table.create(Map.of("Name", "Bike"));
    pair = new Pair(api, base, table, MAPPINGS, List.of(), Map.of());
    TestPairs.AIRTABLE.revokeOnReuse();
    secrets.addAll(List.of(pair.airtableToken, pair.googleToken));
  }

  /** TS-04, and the issue: no secret in any log line, error, result or answer. */
  @AfterEach
  void nothingTellsASecret(CapturedOutput output) {
    answers.add(pair.logs());
    answers.add(pair.show());
    answers.add(api.get("/api/v1/connections/airtable").body());
    answers.add(api.get("/api/v1/connections/google").body());
    answers.add(api.get("/api/v1/runs?pipeline=sheetsync").body());
    assertThat(output.getAll()).contains("sync of Pair " + pair.owner);
    assertThat(output.getAll()).doesNotContain(secrets);
    assertThat(answers.toString()).doesNotContain(secrets);
  }

  private JsonNode sync() {
    JsonNode item = pair.sync();
    answers.add(item);
    return item;
  }

  private JsonNode assertInStep() {
    JsonNode item = sync();
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("success");
    return item;
  }

  /** An OAuth grant of Airtable's; its access token is the given one, which is not its own. */
  private JsonNode grantAirtable(String accessToken, String expiresAt) {
    client = "client-" + UUID.randomUUID();
    String secret = "secret-" + UUID.randomUUID();
    TestPairs.AIRTABLE.oauthClient(client, secret);
    JsonNode grant = TestPairs.AIRTABLE.grant(client);
    secrets.add(secret);
    secrets.add(grant.get("access_token").asText());
    secrets.add(grant.get("refresh_token").asText());
    secrets.add(accessToken);
    Map<String, Object> body = new HashMap<>();
    body.put("accessToken", accessToken);
    body.put("refreshToken", grant.get("refresh_token").asText());
    body.put("clientId", client);
    body.put("clientSecret", secret);
    body.put("expiresAt", expiresAt);
    pair.connect("airtable", body);
    return grant;
  }

  /** The refresh token of a person who gave a client of ours access to Google Sheets. */
  private String grantGoogle(String accessToken, String expiresAt) {
    String client = "client-" + UUID.randomUUID();
    String secret = "secret-" + UUID.randomUUID();
    String refreshToken = "1//" + UUID.randomUUID();
    TestPairs.SHEETS.oauthClient(client, secret).refreshToken(refreshToken, "b@example.com");
    secrets.addAll(List.of(secret, refreshToken, accessToken));
    Map<String, Object> body = new HashMap<>();
    body.put("accessToken", accessToken);
    body.put("refreshToken", refreshToken);
    body.put("clientId", client);
    body.put("clientSecret", secret);
    body.put("expiresAt", expiresAt);
    pair.connect("google", body);
    return refreshToken;
  }

  private UUID connection(String kind) {
    return UUID.fromString(pair.connection(kind).get("id").asText());
  }

  private void expire(String table) {
    jdbc.sql("update sheetsync.%s set expires_at = now()".formatted(table)).update();
  }

  private void assertEnded(String ended, String other) {
    JsonNode failed = sync();
    assertThat(failed.get("status").asText()).as("%s", failed).isEqualTo("failed");
    assertThat(failed.at("/error/kind").asText()).isEqualTo("authorisation");
    assertThat(pair.errors(failed).at("/0/kind").asText()).isEqualTo("OAUTH");
    assertThat(pair.connection(ended).get("needsReauth").asBoolean()).isTrue();
    assertThat(pair.connection(ended).get("lastRefreshError").asText()).isNotBlank();
    assertThat(pair.connection(other).get("needsReauth").asBoolean()).isFalse();
    int asked = TestPairs.AIRTABLE.requests().total() + TestPairs.SHEETS.requests().total();
    JsonNode skipped = sync();
    assertThat(skipped.get("status").asText()).as("%s", skipped).isEqualTo("skipped");
    assertThat(skipped.get("reason").asText())
        .containsIgnoringCase(ended + " connection of " + pair.owner + " has ended")
        .contains("/api/v1/connections/" + ended);
    assertThat(TestPairs.AIRTABLE.requests().total() + TestPairs.SHEETS.requests().total())
        .isEqualTo(asked);
  }

  @Test
  void anExpiredAirtableTokenIsRefreshedOnceAndBothTokensAreRotated() {
    grantAirtable("oaa-expired-" + UUID.randomUUID(), LONG_AGO);
    int refreshes = TestPairs.AIRTABLE.refreshes();

    assertInStep();
    assertInStep();

    assertThat(TestPairs.AIRTABLE.refreshes()).isEqualTo(refreshes + 1);
    Instant expiresAt = Instant.parse(pair.connection("airtable").get("expiresAt").asText());
    assertThat(expiresAt).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
    expire("airtable_connection");
    assertInStep();
    assertThat(TestPairs.AIRTABLE.refreshes()).isEqualTo(refreshes + 2);
    assertThat(pair.connection("airtable").get("needsReauth").asBoolean()).isFalse();
  }

  /** Five minutes before its end would be always. */
  @Test
  void aTokenThatLivesForAMinuteIsNotRefreshedBeforeEachCall() {
    TestPairs.AIRTABLE.accessTokenLifetime(Duration.ofMinutes(1));
    try {
      grantAirtable("oaa-expired-" + UUID.randomUUID(), LONG_AGO);
      int refreshes = TestPairs.AIRTABLE.refreshes();

      assertInStep();

      assertThat(TestPairs.AIRTABLE.refreshes()).isEqualTo(refreshes + 1);
    } finally {
      TestPairs.AIRTABLE.accessTokenLifetime(Duration.ofHours(1));
    }
  }

  @Test
  void twoSyncsOfOneOwnerUseUpOneRefreshToken() {
    AirtableBase other = TestPairs.AIRTABLE.addBase("Log-in " + UUID.randomUUID());
    AirtableTable things = other.addTable("Things", AirtableField.of("Name", SINGLE_LINE_TEXT));
    things.create(Map.of("Name", "Thing"));
    String another = pair.another(other, things, MAPPINGS);
    grantAirtable("oaa-expired-" + UUID.randomUUID(), LONG_AGO);
    int refreshes = TestPairs.AIRTABLE.refreshes();

    JsonNode run = pair.run("{\"only\":[\"%s\",\"%s\"]}".formatted(pair.config, another));

    assertThat(run.get("status").asText()).as("%s", run).isEqualTo("succeeded");
    assertThat(run.at("/counts/succeeded").asInt()).isEqualTo(2);
    assertThat(TestPairs.AIRTABLE.refreshes()).isEqualTo(refreshes + 1);
  }

  /** The database alone says who may: any number of nodes ask it at once. */
  @Test
  void ofManyNodesOneMayRefreshAndALateOneChangesNothing(
      @Autowired AirtableConnections connections) {
    grantAirtable("oaa-expired-" + UUID.randomUUID(), LONG_AGO);
    UUID id = connection("airtable");

    List<Refresh> begun =
        IntStream.range(0, 8)
            .mapToObj(node -> CompletableFuture.supplyAsync(() -> connections.beginRefresh(id)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .filter(Objects::nonNull)
            .toList();

    assertThat(begun).hasSize(1);
    pair.connect("airtable", Map.of("accessToken", pair.airtableToken));
    connections.refreshed(begun.getFirst(), "oaa-late", "oar-late", Duration.ofHours(1));
    connections.notRefreshed(begun.getFirst(), "invalid_grant", true);
    assertThat(connections.accessToken(id)).isEqualTo(pair.airtableToken);
    assertInStep();
  }

  @Test
  void aGrantOfAirtablesThatIsGoneEndsThatConnectionUntilItIsMadeAnew() {
    JsonNode grant = grantAirtable("oaa-expired-" + UUID.randomUUID(), LONG_AGO);
    TestPairs.AIRTABLE.revoke(grant.get("refresh_token").asText());

    assertEnded("airtable", "google");

    grantAirtable("oaa-expired-" + UUID.randomUUID(), LONG_AGO);
    assertThat(assertInStep().at("/result/airtableToSheets/added").asInt()).isEqualTo(1);
  }

  /** Airtable refuses it with a 401, like a token that is not good any more. */
  @Test
  void aClientSecretThatWasRenewedEndsThatConnectionInsteadOfBeingTriedForEver() {
    grantAirtable("oaa-expired-" + UUID.randomUUID(), LONG_AGO);
    TestPairs.AIRTABLE.oauthClient(client, "renewed-" + UUID.randomUUID());

    assertEnded("airtable", "google");
  }

  @Test
  void aGrantOfGooglesThatIsGoneEndsThatConnectionUntilItIsMadeAnew() {
    TestPairs.SHEETS.revoke(grantGoogle("ya29.expired-" + UUID.randomUUID(), LONG_AGO));

    assertEnded("google", "airtable");

    grantGoogle("ya29.expired-" + UUID.randomUUID(), LONG_AGO);
    assertThat(assertInStep().at("/result/airtableToSheets/added").asInt()).isEqualTo(1);
  }

  /** A late refusal of what was replaced by then must not end what replaced it. */
  @Test
  void aRefusalOfTokensThatWereReplacedEndsNothing(@Autowired AirtableConnections connections) {
    UUID id = connection("airtable");
    Instant before = connections.version(id);
    pair.connect("airtable", Map.of("accessToken", pair.airtableToken));

    assertThat(connections.refused(id, before)).isTrue();

    assertThat(pair.connection("airtable").get("needsReauth").asBoolean()).isFalse();
    assertInStep();
  }

  /** A create must not be asked for twice, but one that was refused for its token was not done. */
  @Test
  void anAirtableTokenThatIsRevokedBetweenTwoCallsIsReplaced() {
    assertInStep();
    String token = "oaa-" + UUID.randomUUID();
    TestPairs.AIRTABLE.token(token);
    grantAirtable(token, null);
    int refreshes = TestPairs.AIRTABLE.refreshes();
    pair.tab.put("B3", List.of(List.of("Car")));
    TestPairs.SHEETS.intercept(
        pair.spreadsheet,
        (kind, writes) -> {
          TestPairs.AIRTABLE.revoke(token);
          return null;
        });

    assertThat(assertInStep().get("attempts").asInt()).isEqualTo(1);

    assertThat(TestPairs.AIRTABLE.refreshes()).isEqualTo(refreshes + 1);
    assertThat(table.ids()).hasSize(2);
  }

  /** Airtable gives fresh tokens and takes none of them: that does not get better by asking on. */
  @Test
  void anAirtableTokenThatIsRefusedThoughItIsFreshEndsTheConnection() {
    grantAirtable("oaa-expired-" + UUID.randomUUID(), LONG_AGO);
    int refreshes = TestPairs.AIRTABLE.refreshes();
    AtomicBoolean refuses = new AtomicBoolean(true);
    TestPairs.AIRTABLE.intercept(
        base.id(), (kind, writes) -> refuses.get() ? Fault.status(Fault.On.ANY, 401) : null);

    assertEnded("airtable", "google");

    assertThat(TestPairs.AIRTABLE.refreshes()).isEqualTo(refreshes + 1);
    refuses.set(false);
    grantAirtable("oaa-expired-" + UUID.randomUUID(), LONG_AGO);
    assertInStep();
  }

  @Test
  void anExpiredGoogleTokenIsRefreshedAndKept() {
    grantGoogle("ya29.expired-" + UUID.randomUUID(), LONG_AGO);
    int refreshes = TestPairs.SHEETS.refreshes();

    assertInStep();
    assertInStep();

    assertThat(TestPairs.SHEETS.refreshes()).isEqualTo(refreshes + 1);
    assertThat(pair.connection("google").get("lastRefreshAttempt").isNull()).isFalse();
  }

  @Test
  void aGoogleTokenThatIsRevokedBetweenTwoCallsIsReplaced() {
    grantGoogle(pair.googleToken, null);
    int refreshes = TestPairs.SHEETS.refreshes();
    TestPairs.AIRTABLE.intercept(
        base.id(),
        (kind, writes) -> {
          TestPairs.SHEETS.revoke(pair.googleToken);
          return null;
        });

    assertThat(assertInStep().at("/result/airtableToSheets/added").asInt()).isEqualTo(1);

    assertThat(TestPairs.SHEETS.refreshes()).isEqualTo(refreshes + 1);
    assertThat(pair.rows()).hasSize(2);
  }

  @Test
  void aServiceAccountWorksInWhatIsSharedWithItUntilItIsDeleted() {
    String email = "robot-" + UUID.randomUUID() + "@project.iam.gserviceaccount.com";
    String key = TestPairs.SHEETS.serviceAccount(email);
    secrets.add(key.substring(key.indexOf("PRIVATE KEY-----") + 18).substring(0, 60));
    pair.connect("google", Map.of("serviceAccountJson", key));
    TestPairs.SHEETS.spreadsheet(pair.spreadsheet).shareWith("somebody@example.com");
    assertThat(sync().at("/error/message").asText()).contains("share it");
    TestPairs.SHEETS.spreadsheet(pair.spreadsheet).shareWith(email);

    assertInStep();

    assertThat(pair.rows()).hasSize(2);
    TestPairs.SHEETS.revoke(email);
    assertEnded("google", "airtable");
  }

  @Test
  void aBrokenKeyOfAServiceAccountIsRefusedAtOnce() {
    String key = TestPairs.SHEETS.serviceAccount("robot-" + UUID.randomUUID() + "@example.com");
    String broken = key.replaceFirst("BEGIN PRIVATE KEY-----.{40}", "BEGIN PRIVATE KEY-----");
    String body =
        Pair.JSON
            .createObjectNode()
            .put("ownerId", pair.owner)
            .put("serviceAccountJson", broken)
            .toString();

    Api.Answer answer = api.post("/api/v1/connections/google", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("serviceAccountJson", "PKCS#8");
    secrets.add(key.substring(key.indexOf("PRIVATE KEY-----") + 70).substring(0, 40));
    answers.add(answer.body());
    assertInStep();
  }
}
