package io.caravan.sheetsync;

import static io.caravan.sandbox.AirtableFieldType.SINGLE_LINE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.AirtableBase;
import io.caravan.sandbox.AirtableField;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sandbox.Fault;
import io.caravan.sandbox.Fault.On;
import io.caravan.sandbox.Interceptor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Too many requests: waited for, done once, and told when waiting did not help (TS-15). */
@CaravanTest
class SheetQuotaTest {
  private static final Duration BAN = Duration.ofSeconds(1);

  /** An item is begun again so often, beside what its config says of each call. */
  private static final int ATTEMPTS = 3;

  /** So that a test of what has to end does end. */
  private static final int MORE_THAN_EVER = 50;

  private Api api;
  private AirtableBase base;
  private AirtableTable table;

  @BeforeEach
  void table(@LocalServerPort int port) {
    api = new Api(port);
    base = TestPairs.AIRTABLE.addBase("Quota " + UUID.randomUUID());
    table = base.addTable("Stock", AirtableField.of("Name", SINGLE_LINE_TEXT));
  }

  /** Bike is to become a row, Car a record. */
  private Pair pair(int maxRetries) {
    table.create(Map.of("Name", "Bike"));
    return new Pair(
        api,
        base,
        table,
        Map.of("Name", "Name"),
        List.of(List.of("Record ID", "Name"), List.of("", "Car")),
        Map.of("options", Map.of("maxRetries", maxRetries)));
  }

  /** Refuses so many of the requests that read or write. */
  private static Interceptor busy(boolean writing, AtomicInteger times) {
    return (kind, writes) ->
        writes == writing && times.getAndDecrement() > 0 ? Fault.status(On.ANY, 429) : null;
  }

  private void assertDoneAtOnce(Pair pair, JsonNode item) {
    assertThat(item.get("attempts").asInt()).as("%s", item).isEqualTo(1);
    assertDoneOnce(pair, item);
  }

  private void assertDoneOnce(Pair pair, JsonNode item) {
    assertThat(item.at("/result/status").asText()).as("%s", item).isEqualTo("success");
    assertThat(table.ids()).hasSize(2);
    assertThat(pair.text(table.ids().getLast(), "Name")).isEqualTo("Car");
    assertThat(pair.rows())
        .containsExactly(
            List.of("Record ID", "Name"),
            List.of(table.ids().getLast(), "Car"),
            List.of(table.ids().getFirst(), "Bike"));
  }

  private void assertUsedUp(Pair pair, JsonNode item) {
    assertThat(item.get("status").asText()).as("%s", item).isEqualTo("failed");
    assertThat(item.at("/error/kind").asText()).isEqualTo("transient");
    assertThat(item.get("attempts").asInt()).isEqualTo(ATTEMPTS);
    assertThat(pair.errors(item).findValuesAsText("kind")).containsExactly("RATE_LIMIT");
    assertThat(pair.logs().at("/0/status").asText()).isEqualTo("FAILED");
    assertThat(pair.show().get("lastSyncStatus").asText()).isEqualTo("failed");
  }

  /** Somebody else has used up the base's five requests of this second. */
  @Test
  void aBaseThatIsBannedIsLeftAloneUntilItAnswersAgain() throws Exception {
    Pair pair = pair(3);
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (ask(client, pair) != 429) {
        // Each of these counts.
      }
    }
    Instant banned = Instant.now();
    int limited = TestPairs.AIRTABLE.requests().limitedOnes();

    assertDoneAtOnce(pair, pair.sync());

    assertThat(TestPairs.AIRTABLE.requests().limitedOnes()).isEqualTo(limited + 1);
    assertThat(banned).isBefore(Instant.now().minus(BAN));
  }

  private int ask(HttpClient client, Pair pair) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(TestPairs.AIRTABLE.apiUrl() + "/v0/" + base.id() + "/" + table.id()))
            .header("Authorization", "Bearer " + pair.airtableToken)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** TS-15: a call is made again as often as the config says, and its item as often as others. */
  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aCallOfAirtablesThatKeepsFailingIsGivenUp(int status) {
    Pair pair = pair(3);
    AtomicInteger calls = new AtomicInteger();
    TestPairs.AIRTABLE.intercept(
        base.id(),
        (kind, writes) ->
            calls.incrementAndGet() <= MORE_THAN_EVER ? Fault.status(On.ANY, status) : null);

    JsonNode item = pair.sync();

    assertThat(item.get("status").asText()).as("%s", item).isEqualTo("failed");
    assertThat(calls).hasValue(ATTEMPTS * 4);
  }

  /** The same of Google's. */
  @Test
  void aCallOfGooglesThatKeepsFailingIsGivenUp() {
    Pair pair = pair(3);
    AtomicInteger calls = new AtomicInteger();
    TestPairs.SHEETS.intercept(
        pair.spreadsheet,
        (kind, writes) ->
            calls.incrementAndGet() <= MORE_THAN_EVER ? Fault.status(On.ANY, 503) : null);

    JsonNode item = pair.sync();

    assertThat(item.get("status").asText()).as("%s", item).isEqualTo("failed");
    assertThat(calls).hasValue(ATTEMPTS * 4);
  }

  @Test
  void recordsThatAirtableWasTooBusyToMakeAreMadeOnce() {
    Pair pair = pair(3);
    TestPairs.AIRTABLE.intercept(base.id(), busy(true, new AtomicInteger(1)));

    assertDoneAtOnce(pair, pair.sync());
  }

  /** What the first attempt did counts, too. */
  @Test
  void anAttemptThatEndedHalfwayIsCounted() {
    Pair pair = pair(0);
    TestPairs.SHEETS.intercept(pair.spreadsheet, busy(true, new AtomicInteger(1)));

    JsonNode item = pair.sync();

    assertDoneOnce(pair, item);
    assertThat(item.get("attempts").asInt()).isEqualTo(2);
    assertThat(item.at("/result/sheetsToAirtable/added").asInt()).isEqualTo(1);
    assertThat(item.at("/result/airtableToSheets/added").asInt()).isEqualTo(1);
    assertThat(pair.logs().at("/0/recordsSynced").asInt()).isEqualTo(2);
  }

  @Test
  void rowsThatGooglesQuotaDidNotAllowAreWrittenOnce() {
    Pair pair = pair(3);
    TestPairs.SHEETS.intercept(pair.spreadsheet, busy(true, new AtomicInteger(1)));

    assertDoneAtOnce(pair, pair.sync());
  }

  @Test
  void aQuotaOfGooglesThatStaysUsedUpFailsTheSyncAndTheNextOneCatchesUp() {
    Pair pair = pair(0);
    AtomicInteger times = new AtomicInteger(ATTEMPTS);
    TestPairs.SHEETS.intercept(pair.spreadsheet, busy(true, times));

    assertUsedUp(pair, pair.sync());

    assertThat(times).hasValue(0);
    assertThat(table.ids()).hasSize(2);
    assertThat(pair.logs().at("/0/recordsSynced").asInt()).isEqualTo(1);
    assertDoneOnce(pair, pair.sync());
  }

  @Test
  void aLimitOfAirtablesThatStaysExceededFailsTheSyncAndTheNextOneCatchesUp() {
    Pair pair = pair(0);
    AtomicInteger times = new AtomicInteger(ATTEMPTS);
    TestPairs.AIRTABLE.intercept(base.id(), busy(true, times));

    assertUsedUp(pair, pair.sync());

    assertThat(times).hasValue(0);
    assertThat(table.ids()).hasSize(1);
    assertThat(pair.rows()).hasSize(2);
    assertDoneOnce(pair, pair.sync());
  }
}
