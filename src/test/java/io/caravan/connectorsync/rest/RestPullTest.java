package io.caravan.connectorsync.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.reach.Body;
import io.caravan.reach.Credentials;
import io.caravan.reach.Reach;
import io.caravan.reach.Received;
import io.caravan.reach.TestWeb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriComponentsBuilder;

class RestPullTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TestWeb web;
  private Reach reach;

  @BeforeEach
  void start() throws IOException {
    web = new TestWeb();
    reach = TestWeb.reach();
  }

  @AfterEach
  void stop() throws IOException {
    reach.close();
    web.close();
  }

  private RestPull pull(String resource, String since, boolean full, int maxPages) {
    try {
      JsonNode config =
          JSON.readTree(
              """
              {"baseUrl": "%s", "resources": [{"name": "orders", "path": "/orders", "primaryKey": "id", %s}]}
              """
                  .formatted(web.url(""), resource));
      RestDeclaration api = DeclarationReader.read(config);
      return new RestPull(
          api,
          api.resources().getFirst(),
          Credentials.NONE,
          since,
          full,
          maxPages,
          new StopSignal());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private RestPull pull(String resource) {
    return pull(resource, null, false, 100);
  }

  private Optional<String> take(RestPull pull) {
    try (Received received = reach.ask(pull.request())) {
      return pull.receive(received).map(RestPullTest::text);
    }
  }

  private static String text(Body body) {
    try (InputStream bytes = body.open()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RestPull toTheEnd(RestPull pull) {
    while (pull.more()) {
      take(pull);
    }
    return pull;
  }

  private Failure failure(RestPull pull) {
    return catchThrowableOfType(Failure.class, () -> toTheEnd(pull));
  }

  private List<String> queries() {
    return web.asked().stream().map(asked -> String.valueOf(asked.uri().getRawQuery())).toList();
  }

  private static String query(HttpExchange exchange, String name, String otherwise) {
    String value =
        UriComponentsBuilder.fromUri(exchange.getRequestURI())
            .build()
            .getQueryParams()
            .getFirst(name);
    return value == null ? otherwise : value;
  }

  /** Records from this one on, of seven in all, at most three. */
  private static String records(int from) {
    return IntStream.range(from, Math.min(from + 3, 7))
        .mapToObj("{\"id\":%d}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void followsPagesToTheOneThatIsNotFull() {
    web.on(
        "/orders",
        exchange ->
            TestWeb.json(records(3 * (Integer.parseInt(query(exchange, "p", "0")) - 1)))
                .to(exchange));
    RestPull pull =
        toTheEnd(
            pull(
                """
                "paginator": {"type": "page", "parameter": "p", "size": 3, "sizeParameter": "n"}
                """));

    assertThat(queries()).containsExactly("n=3&p=1", "n=3&p=2", "n=3&p=3");
    assertThat(pull.records()).isEqualTo(7);
    assertThat(pull.complete()).isTrue();
  }

  /** Many servers have a largest page and say nothing when more is asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"page", "offset"})
  void aServerWhosePagesAreSmallerThanAskedForIsReadToItsEnd(String type) {
    web.on(
        "/orders",
        exchange -> {
          int at = Integer.parseInt(query(exchange, "at", "0"));
          TestWeb.json(records(type.equals("page") ? 3 * at : at)).to(exchange);
        });
    RestPull pull =
        toTheEnd(
            pull(
                """
                "paginator": {"type": "%s", "parameter": "at", "start": 0, "size": 100, "sizeParameter": "n"}
                """
                    .formatted(type)));

    assertThat(pull.records()).isEqualTo(7);
    assertThat(pull.complete()).isTrue();
    assertThat(web.asked()).hasSize(3);
    assertThat(pull.largestPage()).isEqualTo(3);
  }

  @Test
  void aServerIsAskedForNoMoreThanItWasSeenToGive() throws IOException {
    JsonNode config =
        JSON.readTree(
            """
            {"baseUrl": "%s", "resources": [{"name": "orders", "path": "/orders", "primaryKey": "id",
              "paginator": {"type": "offset", "size": 100, "sizeParameter": "n"}}]}
            """
                .formatted(web.url("")));
    Resource orders = DeclarationReader.read(config).resources().getFirst();

    assertThat(orders.within(30).paginator().size()).isEqualTo(30);
    assertThat(orders.within(300)).isEqualTo(orders);
    assertThat(orders.within(0)).isEqualTo(orders);
  }

  /** The page that is asked for in doubt may be refused, or be the first one again. */
  @ParameterizedTest
  @ValueSource(strings = {"404", "400", "again", "[]", "{\"detail\":\"Invalid page.\"}"})
  void aShortListEndsHoweverTheServerSaysSo(String end) {
    web.on(
        "/orders",
        exchange -> {
          if (end.equals("again") || query(exchange, "page", "1").equals("1")) {
            TestWeb.json(records(5)).to(exchange);
          } else if (end.startsWith("4")) {
            TestWeb.text(Integer.parseInt(end), "application/json", "{\"code\":\"x\"}")
                .to(exchange);
          } else {
            TestWeb.json(end).to(exchange);
          }
        });
    RestPull pull =
        pull("\"paginator\": {\"type\": \"page\", \"size\": 10, \"sizeParameter\": \"n\"}");
    take(pull);
    try {
      assertThat(take(pull)).isEmpty();
    } catch (Failure e) {
      assertThat(pull.endsWith(e)).isTrue();
    }

    assertThat(pull.more()).isFalse();
    assertThat(pull.records()).isEqualTo(2);
    assertThat(pull.complete()).isTrue();
    assertThat(pull.largestPage()).isZero();
  }

  @Test
  void aServerThatIsBusyInDoubtIsNoEnd() {
    web.on(
        "/orders",
        exchange ->
            TestWeb.text(
                    query(exchange, "page", "1").equals("1") ? 200 : 503,
                    "application/json",
                    records(5))
                .to(exchange));

    Failure failure =
        failure(
            pull("\"paginator\": {\"type\": \"page\", \"size\": 10, \"sizeParameter\": \"n\"}"));
    assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
  }

  @Test
  void followsOffsetsToThePageThatIsEmpty() {
    web.on(
        "/orders",
        exchange ->
            TestWeb.json(records(Integer.parseInt(query(exchange, "offset", "0")))).to(exchange));
    RestPull pull = toTheEnd(pull("\"paginator\": {\"type\": \"offset\"}"));

    assertThat(queries()).containsExactly("offset=0", "offset=3", "offset=6", "offset=7");
    assertThat(pull.records()).isEqualTo(7);
  }

  @Test
  void followsCursorsUntilThereIsNone() {
    web.on(
        "/orders",
        exchange -> {
          int from = Integer.parseInt(query(exchange, "after", "c%2B0").substring(4));
          String next = from + 3 < 7 ? "\"c+%d\"".formatted(from + 3) : "null";
          TestWeb.json("{\"data\":%s,\"meta\":{\"next\":%s}}".formatted(records(from), next))
              .to(exchange);
        });
    RestPull pull =
        toTheEnd(
            pull(
                """
                "recordPath": "/data", "paginator": {"type": "cursor", "parameter": "after", "path": "/meta/next"}
                """));

    assertThat(queries()).containsExactly("null", "after=c%2B3", "after=c%2B6");
    assertThat(pull.records()).isEqualTo(7);
  }

  @Test
  void followsTheHeaderLink() {
    web.on(
        "/orders",
        exchange -> {
          int from = Integer.parseInt(query(exchange, "from", "0"));
          if (from + 3 < 7) {
            exchange
                .getResponseHeaders()
                .add("Link", "</orders?from=%d>; rel=\"next\"".formatted(from + 3));
            exchange.getResponseHeaders().add("Link", "</orders?from=6>; rel=\"last\"");
          }
          TestWeb.json(records(from)).to(exchange);
        });

    assertThat(toTheEnd(pull("\"paginator\": {\"type\": \"link\"}")).records()).isEqualTo(7);
    assertThat(queries()).containsExactly("null", "from=3", "from=6");
  }

  @Test
  void followsTheAddressInTheBody() {
    web.on(
        "/orders",
        exchange -> {
          int from = Integer.parseInt(query(exchange, "from", "0"));
          TestWeb.json(
                  "{\"next\":\"%s\",\"value\":%s}"
                      .formatted(
                          from + 3 < 7 ? web.url("/orders?from=" + (from + 3)) : "", records(from)))
              .to(exchange);
        });
    RestPull pull =
        toTheEnd(
            pull(
                """
                "recordPath": "/value", "paginator": {"type": "nextUrl", "path": "/next"}
                """));

    assertThat(pull.records()).isEqualTo(7);
    assertThat(pull.pages()).isEqualTo(3);
  }

  @Test
  void goesOnWithThePageThatFailed() {
    int[] asked = {0};
    web.on(
        "/orders",
        exchange -> {
          asked[0]++;
          if (asked[0] == 2) {
            TestWeb.text(500, "text/plain", "").to(exchange);
          } else {
            TestWeb.json(records(Integer.parseInt(query(exchange, "offset", "0")))).to(exchange);
          }
        });
    RestPull pull = pull("\"paginator\": {\"type\": \"offset\", \"size\": 3}");
    take(pull);

    assertThat(failure(pull).kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(toTheEnd(pull).records()).isEqualTo(7);
    assertThat(queries()).containsExactly("offset=0", "offset=3", "offset=3", "offset=6");
  }

  @Test
  void asksForWhatChangedSinceAndNeverGoesBack() {
    web.on(
        "/orders",
        TestWeb.json(
            """
            [{"id":1,"at":{"on":"2026-03-01T10:00:00Z"}},
             {"id":2,"at":{"on":"2026-02-01T10:00:00Z"}},
             {"id":3,"at":{"on":null}}, {"id":4}, 5]
            """));
    String resource = "\"cursorField\": \"/at/on\", \"cursorParameter\": \"since\"";

    RestPull first = toTheEnd(pull(resource));
    assertThat(first.cursor()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(first.complete()).isTrue();

    RestPull second = toTheEnd(pull(resource, "2026-04-01T00:00:00+02:00", false, 100));
    assertThat(second.cursor()).isEqualTo("2026-04-01T00:00:00+02:00");
    assertThat(second.complete()).isFalse();

    RestPull full = toTheEnd(pull(resource, "2026-01-01T00:00:00Z", true, 100));
    assertThat(full.cursor()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(full.complete()).isTrue();

    RestPull unasked = toTheEnd(pull("\"cursorField\": \"/at/on\"", "2026-01-01", false, 100));
    assertThat(unasked.complete()).isTrue();
    assertThat(queries())
        .containsExactly("null", "since=2026-04-01T00%3A00%3A00%2B02%3A00", "null", "null");
  }

  @Test
  void aListThatIsNotReadToItsEndIsNotComplete() {
    web.on("/orders", TestWeb.json(records(0)));
    RestPull pull = pull("\"paginator\": {\"type\": \"page\"}");
    take(pull);

    assertThat(pull.complete()).isFalse();
  }

  @Test
  void aPageThatRepeatsEndsThePull() {
    web.on("/orders", TestWeb.json(records(0)));

    Failure failure = failure(pull("\"paginator\": {\"type\": \"page\"}"));
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure).hasMessageContaining("same page twice");
    assertThat(web.asked()).hasSize(2);
  }

  /** What stands around the records may tell the time; and the pages may come in turns. */
  @Test
  void pagesThatTakeTurnsEndThePull() {
    int[] asked = {0};
    web.on(
        "/orders",
        exchange -> {
          int page = asked[0]++;
          TestWeb.json("{\"at\":%d,\"d\":[{\"id\":%d}],\"n\":%d}".formatted(page, page % 3, page))
              .to(exchange);
        });

    Failure failure = failure(pull("\"recordPath\": \"/d\", \"paginator\": {\"type\": \"page\"}"));
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure).hasMessageContaining("same page twice");
    assertThat(web.asked()).hasSize(4);
  }

  /** An error that says 200 is no end of the list: what did not come would be removed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"rate limit exceeded\"}",
        "{\"next\":null,\"message\":\"internal\"}",
        "\"busy\"",
      })
  void anErrorInTheMiddleIsNoEnd(String error) {
    web.on(
        "/orders",
        exchange ->
            TestWeb.json(
                    query(exchange, "page", "1").equals("1")
                        ? "{\"next\":2,\"d\":[{\"id\":1}]}"
                        : error)
                .to(exchange));

    RestPull pull = pull("\"recordPath\": \"/d\", \"paginator\": {\"type\": \"page\"}");
    Failure failure = failure(pull);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(pull.complete()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"next\":null}", "{\"d\":null}", "{\"d\":[],\"message\":\"none\"}"})
  void anEmptyPageMayLeaveTheListOut(String page) {
    web.on(
        "/orders",
        exchange ->
            TestWeb.json(
                    query(exchange, "page", "1").equals("1")
                        ? "{\"next\":2,\"d\":[{\"id\":1}]}"
                        : page)
                .to(exchange));

    assertThat(
            toTheEnd(pull("\"recordPath\": \"/d\", \"paginator\": {\"type\": \"page\"}"))
                .complete())
        .isTrue();
  }

  @Test
  void aCursorThatDoesNotMoveEndsThePull() {
    int[] asked = {0};
    web.on(
        "/orders",
        exchange ->
            TestWeb.json("{\"d\":[{\"id\":%d}],\"next\":\"x\"}".formatted(asked[0]++))
                .to(exchange));

    Failure failure =
        failure(
            pull(
                """
                "recordPath": "/d", "paginator": {"type": "cursor", "path": "/next"}
                """));
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(web.asked()).hasSize(2);
  }

  @Test
  void addressesThatGoRoundInACircleEndThePull() {
    int[] asked = {0};
    web.on(
        "/orders",
        exchange -> {
          int page = asked[0]++;
          TestWeb.json("{\"d\":[{\"id\":%d}],\"next\":\"?n=%d\"}".formatted(page, page % 3))
              .to(exchange);
        });

    Failure failure =
        failure(
            pull(
                """
                "recordPath": "/d", "paginator": {"type": "nextUrl", "path": "/next"}
                """));
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure).hasMessageContaining("fetched already");
    assertThat(web.asked()).hasSize(4);
  }

  @Test
  void aListThatDoesNotEndIsLeft() {
    int[] asked = {0};
    web.on("/orders", exchange -> TestWeb.json("[{\"id\":%d}]".formatted(asked[0]++)).to(exchange));

    Failure failure = failure(pull("\"paginator\": {\"type\": \"page\"}", null, false, 5));
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure).hasMessageContaining("caravan.connectorsync.max-pages");
    assertThat(web.asked()).hasSize(5);
  }

  @Test
  void theNextPageIsNotFetchedFromAnotherServer() {
    web.on("/orders", TestWeb.json("{\"d\":[{\"id\":1}],\"next\":\"http://evil.example/\"}"));

    assertThat(
            failure(
                pull(
                    """
                    "recordPath": "/d", "paginator": {"type": "nextUrl", "path": "/next"}
                    """)))
        .hasMessageContaining("another server");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"id\":1,\"name\":\"Ada Secret\" | breaks off",
        "[{\"id\":1,\"name\":\"Ada Sec | breaks off",
        "[{\"id\":1,\"name\":Ada Secret}] | is no JSON",
        "[{\"id\":1}] [\"Ada Secret\"] | behind its end"
      })
  void ofAPageThatIsBrokenNothingIsUsedOrShown(String body, String said) {
    web.on("/orders", TestWeb.json(body));
    RestPull pull = pull("\"cursorField\": \"id\"");

    Failure failure = failure(pull);
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure)
        .hasMessageContaining(said)
        .hasMessageContaining("at byte")
        .hasMessageNotContaining("Ada");
    assertThat(pull.records()).isZero();
    assertThat(pull.cursor()).isNull();
  }

  @Test
  void textThatIsNotInUtf8IsSaidToBe() {
    web.on(
        "/orders",
        exchange -> {
          byte[] latin = "[{\"id\":\"Köln\"}]".getBytes(StandardCharsets.ISO_8859_1);
          exchange.sendResponseHeaders(200, latin.length);
          exchange.getResponseBody().write(latin);
        });

    Failure failure = failure(pull("\"cursorField\": \"id\""));
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure).hasMessageContaining("not in UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\":[{\"id\":1}],\"meta\":{}}", "{\"data\":{}, \"meta\":1}"})
  void saysWhereTheListMayStandWhenTheDeclarationDoesNot(String body) {
    web.on("/orders", TestWeb.json(body));

    Failure failure = failure(pull("\"cursorField\": \"id\""));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(failure).hasMessageContaining("[data, meta]").hasMessageContaining("recordPath");
    assertThat(failure(pull("\"recordPath\": \"/items\"")))
        .hasMessageContaining("[data, meta]")
        .hasMessageContaining("recordPath");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"204 | ''", "200 | {\"d\":[]}", "200 | {\"d\":null}"})
  void whatIsEmptyHasNoRecordsAndIsComplete(int status, String body) {
    web.on("/orders", TestWeb.text(status, "application/json", body));
    RestPull pull = pull("\"recordPath\": \"/d\"");

    assertThat(take(pull)).isEmpty();
    assertThat(pull.more()).isFalse();
    assertThat(pull.complete()).isTrue();
  }

  @Test
  void handsOverThePageAsItCame() {
    web.on("/orders", TestWeb.json("{\"d\":[{\"id\":1}]}"));

    assertThat(take(pull("\"recordPath\": \"/d\""))).contains("{\"d\":[{\"id\":1}]}");
  }

  @Test
  void aSingleObjectIsARecordWhereTheDeclarationPointsAtIt() {
    web.on("/orders", TestWeb.json("{\"shop\":{\"id\":1,\"at\":7}}"));
    RestPull pull = toTheEnd(pull("\"recordPath\": \"/shop\", \"cursorField\": \"at\""));

    assertThat(pull.records()).isEqualTo(1);
    assertThat(pull.cursor()).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"items\": [{\"id\": 1}]} | /items",
        "{\"data\": {\"total\": 1}, \"items\": [{\"id\": 1}]} | /items",
        "{\"items\": [], \"data\": [{\"id\": 1}]} | /data",
        "[{\"id\": 1}] | ''"
      })
  void ofSeveralPlacesTheFirstWithAListCounts(String page, String place) {
    web.on("/orders", TestWeb.json(page));

    RestPull pull = toTheEnd(pull("\"recordPath\": [\"/data\", \"/items\", \"\"]"));

    assertThat(pull.recordPath()).hasToString(place);
    assertThat(pull.records()).isEqualTo(1);
  }

  @Test
  void aPageWithNoneOfSeveralPlacesIsSaidWithWhatItHas() {
    web.on("/orders", TestWeb.json("{\"orders\": [{\"id\": 1}]}"));

    assertThat(failure(pull("\"recordPath\": [\"/data\", \"/items\"]")))
        .hasMessageContaining("[orders]")
        .hasMessageContaining("recordPath");
  }

  @Test
  void whatChangedIsAskedForInTheWordsOfTheDeclaration() {
    web.on("/orders", TestWeb.json("[]"));
    String resource =
        """
        "parameters": {"q": "all"}, "cursorField": "at", "cursorParameter": "q",
        "cursorValue": "changed >= {moment}", "cursorOverlap": 60
        """;

    toTheEnd(pull(resource));
    toTheEnd(pull(resource, "2026-05-01T12:00:00.000+0200", false, 100));

    assertThat(queries()).containsExactly("q=all", "q=changed%20%3E%3D%202026-05-01T09%3A59%3A00Z");
  }
}
