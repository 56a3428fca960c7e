package io.caravan.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ReachTest {
  private static final String TOKEN = "sesame-9b1c7f";

  private final CountDownLatch over = new CountDownLatch(1);
  private TestWeb web;
  private TestWeb other;

  @BeforeEach
  void start() throws IOException {
    web = new TestWeb();
    other = new TestWeb();
  }

  @AfterEach
  void stop() {
    over.countDown();
    web.close();
    other.close();
  }

  private static Request request(String url) {
    return new Request(
        URI.create(url),
        Map.of("X-Shop", "north"),
        Credentials.bearer(TOKEN),
        Request.JSON,
        new StopSignal());
  }

  private static String content(Reach reach, String url) throws IOException {
    try (Received received = reach.ask(request(url))) {
      return new String(received.content().open().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Failure failure(Reach reach, String url) {
    return catchThrowableOfType(Failure.class, () -> content(reach, url));
  }

  private static ReachProperties bounds(DataSize maxBody, Duration silence, Duration longest) {
    return new ReachProperties(true, maxBody, 200, Duration.ofSeconds(5), silence, longest);
  }

  private void gzip(HttpExchange exchange, int megabytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    exchange.sendResponseHeaders(200, 0);
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
      out.write("[\"".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < megabytes; i++) {
        out.write(zeros);
      }
    }
  }

  @Test
  void asksWithCredentialsAndKeepsTheAnswerOnDisk() throws IOException {
    web.on("/orders", TestWeb.json("[{\"id\":1}]"));
    try (Reach reach = TestWeb.reach();
        Received received = reach.ask(request(web.url("/orders?status=any")))) {
      Body body = received.content();
      assertThat(body.length()).isEqualTo(10);
      assertThat(body.open().readAllBytes()).isEqualTo(body.open().readAllBytes()).hasSize(10);
      assertThat(received.header("content-type")).contains("application/json");
    }
    TestWeb.Asked asked = web.asked().getFirst();
    assertThat(asked.header("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(asked.header("X-shop")).isEqualTo("north");
    assertThat(asked.header("Accept")).isEqualTo("application/json");
    assertThat(asked.header(Call.HEADER)).isNull();
  }

  @Test
  void unpacksWhatIsPacked() throws IOException {
    web.on(
        "/orders",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
            out.write("[1,2]".getBytes(StandardCharsets.UTF_8));
          }
        });
    try (Reach reach = TestWeb.reach()) {
      assertThat(content(reach, web.url("/orders"))).isEqualTo("[1,2]");
    }
  }

  @Test
  void doesNotReachLoopbackUnlessAllowed() throws IOException {
    web.on("/", TestWeb.json("[]"));
    ReachProperties strict =
        new ReachProperties(
            false,
            DataSize.ofMegabytes(1),
            200,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    try (Reach reach = TestWeb.reach(strict)) {
      for (String host : new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"}) {
        Failure failure = failure(reach, "http://" + host + ":" + web.port() + "/");
        assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(failure)
            .hasMessageContaining("may not be reached")
            .hasMessageNotContaining(TOKEN);
      }
    }
    assertThat(web.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://2852039166/",
        "http://0xa9.0xfe.0xa9.0xfe/"
      })
  void isNotLedToCloudMetadata(String metadata) throws IOException {
    web.on("/moved", TestWeb.redirect(302, metadata));
    try (Reach reach = TestWeb.reach()) {
      Failure failure = failure(reach, web.url("/moved"));
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("may not be reached");
    }
  }

  @Test
  void isNotLedToLoopbackByANameThatChanges() throws IOException {
    web.on("/moved", TestWeb.redirect(302, "http://rebind.example/"));
    // The first server may be reached, whatever its name; what it leads to may not.
    try (Reach reach =
        new Reach(
            TestWeb.BOUNDS, new Hosts(true, new NamesOf("rebind.example", "169.254.169.254")))) {
      assertThat(failure(reach, web.url("/moved")))
          .hasMessageContaining("rebind.example may not be reached");
    }
  }

  @Test
  void tellsNoOtherServerWhatIsForTheFirst() throws IOException {
    web.on("/orders", TestWeb.redirect(307, "http://127.0.0.1:" + other.port() + "/orders"));
    other.on("/orders", TestWeb.json("[]"));
    try (Reach reach = TestWeb.reach()) {
      assertThat(content(reach, web.url("/orders"))).isEqualTo("[]");
    }
    TestWeb.Asked asked = other.asked().getFirst();
    assertThat(asked.header("Authorization")).isNull();
    assertThat(asked.header("X-shop")).isNull();
    assertThat(asked.headers().toString()).doesNotContain(TOKEN);
  }

  @Test
  void tellsTheFirstServerAgainWhereItRedirectsToItself() throws IOException {
    web.on("/old", TestWeb.redirect(301, "/new"));
    web.on("/new", TestWeb.json("[]"));
    try (Reach reach = TestWeb.reach()) {
      assertThat(content(reach, web.url("/old"))).isEqualTo("[]");
    }
    assertThat(web.asked().getLast().header("Authorization")).isEqualTo("Bearer " + TOKEN);
  }

  @Test
  void namesTheServerOfARedirectThatCannotBeReached() throws IOException {
    web.on("/moved", TestWeb.redirect(302, "http://nowhere.invalid/other?key=" + TOKEN));
    web.on("/closed", TestWeb.redirect(302, "http://localhost:1/"));
    try (Reach reach = TestWeb.reach()) {
      assertThat(failure(reach, web.url("/moved")))
          .hasMessageStartingWith(
              "nowhere.invalid, where 127.0.0.1/moved redirects to, is not known to DNS")
          .hasMessageNotContaining(TOKEN);
      assertThat(failure(reach, web.url("/closed")))
          .hasMessageStartingWith("localhost, where 127.0.0.1/closed redirects to, could not be");
    }
  }

  @Test
  void followsFiveRedirectsAndNoSixth() throws IOException {
    for (int i = 1; i <= 6; i++) {
      web.on("/r" + i, TestWeb.redirect(302, "/r" + (i - 1)));
    }
    web.on("/r0", TestWeb.json("[]"));
    web.on("/loop", TestWeb.redirect(302, "/loop"));
    try (Reach reach = TestWeb.reach()) {
      assertThat(content(reach, web.url("/r5"))).isEqualTo("[]");
      assertThat(failure(reach, web.url("/r6"))).hasMessageContaining("more than 5 times");
      assertThat(failure(reach, web.url("/loop"))).hasMessageContaining("more than 5 times");
    }
  }

  @Test
  void refusesAnAddressThatIsNeitherHttpNorHttps() throws IOException {
    web.on("/moved", TestWeb.redirect(302, "file:///etc/passwd"));
    try (Reach reach = TestWeb.reach()) {
      assertThat(failure(reach, web.url("/moved"))).hasMessageContaining("neither http nor https");
    }
    assertThatThrownBy(() -> request("file:///etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesNoMoreThanTheBound() throws IOException {
    web.on("/large", TestWeb.json("[\"" + "x".repeat(2_000_000) + "\"]"));
    try (Reach reach =
        TestWeb.reach(
            bounds(DataSize.ofMegabytes(1), Duration.ofSeconds(5), Duration.ofSeconds(20)))) {
      Failure failure = failure(reach, web.url("/large"));
      assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
      assertThat(failure).hasMessageContaining("caravan.connectorsync.max-body");
    }
  }

  @Test
  void doesNotUnpackABomb() throws IOException {
    web.on("/bomb", exchange -> gzip(exchange, 40));
    try (Reach reach = TestWeb.reach()) {
      Failure failure = failure(reach, web.url("/bomb"));
      assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
      assertThat(failure).hasMessageContaining("caravan.connectorsync.max-compression");
    }
  }

  @Test
  void isNotKeptByABodyThatDrips() throws IOException {
    web.on(
        "/drip",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; over.getCount() > 0 && i < 1_000; i++) {
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            try {
              over.await(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              return;
            }
          }
        });
    long start = System.nanoTime();
    try (Reach reach =
        TestWeb.reach(
            bounds(DataSize.ofMegabytes(1), Duration.ofSeconds(5), Duration.ofSeconds(1)))) {
      Failure failure = failure(reach, web.url("/drip"));
      assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
      assertThat(failure).hasMessageContaining("caravan.connectorsync.longest-request");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void isNotKeptByAServerThatIsSilent() throws IOException {
    web.on(
        "/silent",
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try (Reach reach =
        TestWeb.reach(
            bounds(DataSize.ofMegabytes(1), Duration.ofMillis(300), Duration.ofSeconds(20)))) {
      assertThat(failure(reach, web.url("/silent")).kind()).isEqualTo(FailureKind.TRANSIENT);
    }
  }

  @Test
  void isBrokenOffWhenTheWorkIsToStop() throws IOException {
    StopSignal stop = new StopSignal();
    web.on(
        "/silent",
        exchange -> {
          CompletableFuture.runAsync(
              () -> stop.stop(new Failure(FailureKind.CANCELLED, "Somebody asked to stop.")));
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Request request =
        new Request(URI.create(web.url("/silent")), Map.of(), Credentials.NONE, Request.JSON, stop);
    try (Reach reach = TestWeb.reach()) {
      assertThatThrownBy(() -> reach.ask(request)).hasMessage("Somebody asked to stop.");
    }
  }

  @Test
  void anAnswerThatBreaksOffIsTriedAgain() throws IOException {
    web.on(
        "/short",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("[1".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          throw new IOException("broken off");
        });
    try (Reach reach = TestWeb.reach()) {
      assertThat(failure(reach, web.url("/short")).kind()).isEqualTo(FailureKind.TRANSIENT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, CONFIGURATION, check path",
    "401, AUTHORISATION, credentials.token",
    "403, AUTHORISATION, credentials.token",
    "404, CONFIGURATION, not there",
    "408, TRANSIENT, 408",
    "410, CONFIGURATION, not there",
    "422, CONFIGURATION, 422",
    "429, TRANSIENT, too many requests",
    "500, TRANSIENT, 500",
    "503, TRANSIENT, 503",
    "304, CONFIGURATION, 304"
  })
  void saysWhatARefusalMeans(int status, FailureKind kind, String said) throws IOException {
    web.on("/orders", TestWeb.text(status, "text/plain", status == 304 ? "" : "no"));
    try (Reach reach = TestWeb.reach()) {
      Failure failure = failure(reach, web.url("/orders?key=hidden"));
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.retryAfter()).isEmpty();
      assertThat(failure)
          .hasMessageContaining("127.0.0.1/orders")
          .hasMessageContaining(said)
          .hasMessageNotContaining(TOKEN)
          .hasMessageNotContaining("hidden");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"message\":\"TotalRequests Limit"
            + " exceeded.\",\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\"}]",
        "{\"error\":{\"code\":403,\"errors\":[{\"reason\":\"userRateLimitExceeded\"}]}}"
      })
  void aRefusalThatNamesALimitIsNoneOfTheCredentials(String body) throws IOException {
    web.on("/limited", TestWeb.text(403, "application/json", body));
    try (Reach reach = TestWeb.reach()) {
      assertThat(failure(reach, web.url("/limited")).kind()).isEqualTo(FailureKind.TRANSIENT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503, 403})
  void waitsAsLongAsTheServerSays(int status) throws IOException {
    String inAMinute =
        DateTimeFormatter.RFC_1123_DATE_TIME
            .withLocale(Locale.ROOT)
            .format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));
    web.on("/seconds", TestWeb.text(status, "text/plain", "", "Retry-After", "7"));
    web.on("/decimals", TestWeb.text(status, "text/plain", "", "Retry-After", "2.5"));
    web.on("/date", TestWeb.text(status, "text/plain", "", "Retry-After", inAMinute));
    try (Reach reach = TestWeb.reach()) {
      Failure seconds = failure(reach, web.url("/seconds"));
      assertThat(seconds.kind()).isEqualTo(FailureKind.TRANSIENT);
      assertThat(seconds.retryAfter()).contains(Duration.ofSeconds(7));
      assertThat(failure(reach, web.url("/decimals")).retryAfter()).contains(Duration.ofSeconds(3));
      assertThat(failure(reach, web.url("/date")).retryAfter().orElseThrow())
          .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
  void aMarkOfTheByteOrderMayComeFirst(String charset) throws IOException {
    byte[] json = "\ufeff[1]".getBytes(Charset.forName(charset));
    web.on(
        "/marked",
        exchange -> {
          exchange.sendResponseHeaders(200, json.length);
          exchange.getResponseBody().write(json);
        });
    try (Reach reach = TestWeb.reach()) {
      assertThat(content(reach, web.url("/marked"))).isNotEmpty();
    }
  }

  @Test
  void showsWhatAPersonWouldSeeOfAPageThatIsNoJson() throws IOException {
    web.on(
        "/html",
        TestWeb.text(
            200,
            "text/html",
            "<!doctype html><style>p{color:red}</style><script>let a='b'</script>"
                + "<h1>Sign\nin</h1><p>Your session ended.</p>"
                + "<p>"
                + "long ".repeat(100)));
    web.on("/empty", TestWeb.json(""));
    web.on("/text", TestWeb.text(200, "text/plain", "\ufeff [1]"));
    try (Reach reach = TestWeb.reach()) {
      Failure failure = failure(reach, web.url("/html"));
      assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
      assertThat(failure)
          .hasMessageContaining("\"Sign in Your session ended. long long")
          .hasMessageContaining("…\"")
          .hasMessageNotContaining("color");
      assertThat(failure(reach, web.url("/empty"))).hasMessageContaining("answers nothing");
      assertThat(content(reach, web.url("/text"))).endsWith("[1]");
    }
  }

  @Test
  void guardsWhoKnowsNothingOfCalls() throws IOException {
    web.on("/file", exchange -> gzip(exchange, 1));
    web.on("/moved", TestWeb.redirect(302, "http://127.0.0.1:" + other.port() + "/file"));
    other.on("/file", TestWeb.text(200, "text/csv", "a,b"));
    try (Reach reach = TestWeb.reach()) {
      HttpGet file = new HttpGet(web.url("/file"));
      byte[] unpacked =
          reach.client().execute(file, it -> it.getEntity().getContent().readAllBytes());
      assertThat(unpacked).hasSize((1 << 20) + 2);
      HttpGet moved = new HttpGet(web.url("/moved"));
      moved.setHeader("X-Api-Key", TOKEN);
      byte[] csv = reach.client().execute(moved, it -> it.getEntity().getContent().readAllBytes());
      assertThat(csv).asString().isEqualTo("a,b");
    }
    assertThat(web.asked().getLast().header("X-api-key")).isEqualTo(TOKEN);
    assertThat(other.asked().getFirst().headers().toString()).doesNotContain(TOKEN);
  }

  @Test
  void noSecretIsShown() {
    Request request = request("https://api.example.com/orders?key=hidden");

    assertThat(request.toString() + Credentials.basic("me", TOKEN) + Credentials.header("a", TOKEN))
        .isEqualTo("Request[api.example.com/orders]Credentials[basic]Credentials[header]");
  }
}
