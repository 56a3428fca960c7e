package io.caravan.bluegreen;

import static io.caravan.bluegreen.BlueTrouble.body;
import static io.caravan.bluegreen.BlueTrouble.cutOff;
import static io.caravan.bluegreen.BlueTrouble.delayed;
import static io.caravan.bluegreen.BlueTrouble.gzip;
import static io.caravan.bluegreen.BlueTrouble.hangAfter;
import static io.caravan.bluegreen.BlueTrouble.hangUp;
import static io.caravan.bluegreen.BlueTrouble.html;
import static io.caravan.bluegreen.BlueTrouble.json;
import static io.caravan.bluegreen.BlueTrouble.redirect;
import static io.caravan.bluegreen.BlueTrouble.repeat;
import static io.caravan.bluegreen.BlueTrouble.status;
import static io.caravan.bluegreen.BlueTrouble.with;
import static io.caravan.bluegreen.BlueTrouble.wrongLength;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlueTroubleTest {
  private static final String PATH = "/api/v1/public/boards";
  private static final String BOARDS = "[{\"id\":\"b1\",\"title\":\"Zoë\"},{\"id\":\"b2\"}]";

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlueTrouble trouble = new BlueTrouble();

  @AfterEach
  void close() {
    trouble.close();
    client.close();
  }

  @Test
  void answersJsonAsItIs() throws Exception {
    trouble.answer(PATH, json(BOARDS));

    HttpResponse<String> answer = get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).isEqualTo(BOARDS);
  }

  @Test
  void answersAPageOfHtmlWith200() throws Exception {
    trouble.answer(PATH, html(200, "<h1>Down for maintenance</h1>"));

    HttpResponse<String> answer = get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(answer.body()).startsWith("<h1>");
  }

  @Test
  void answersWithoutABody() throws Exception {
    trouble.answer(PATH, json(""), status(503));

    assertThat(get().body()).isEmpty();
    HttpResponse<String> second = get();
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void answersOneAfterTheOtherAndKeepsTheLast() throws Exception {
    trouble.answer(PATH, status(503), body(429, "text/plain", "slower"), json("[]"));

    assertThat(get().statusCode()).isEqualTo(503);
    assertThat(get().body()).isEqualTo("slower");
    assertThat(get().body()).isEqualTo("[]");
    assertThat(get().body()).isEqualTo("[]");
    trouble.answer(PATH, status(500), json("[1]"));
    assertThat(get().statusCode()).isEqualTo(500);
    assertThat(get().body()).isEqualTo("[1]");
    assertThat(trouble.count(PATH)).isEqualTo(6);
  }

  @Test
  void aPathThatNobodySpokeAboutIsMissing() throws Exception {
    assertThat(get().statusCode()).isEqualTo(404);
    assertThat(trouble.count(PATH)).isEqualTo(1);
    assertThat(trouble.count("/other")).isZero();
  }

  @Test
  void keepsWhatWasAsked() throws Exception {
    trouble.answer(PATH, json("[]"));
    client.send(
        HttpRequest.newBuilder(URI.create(trouble.url() + PATH + "?page=2"))
            .header("If-None-Match", "\"1\"")
            .build(),
        HttpResponse.BodyHandlers.discarding());

    BlueTrouble.Request request = trouble.requests(PATH).getFirst();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.query()).isEqualTo("page=2");
    assertThat(request.headers().getFirst("If-None-Match")).isEqualTo("\"1\"");
  }

  @Test
  void cutsABodyOffAfterItsFirstBytes() throws Exception {
    trouble.answer(PATH, cutOff(BOARDS, 20));

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    String wire = wire();
    assertThat(wire).contains("chunked").endsWith(BOARDS.substring(0, 20) + "\r\n");
  }

  @Test
  void fallsSilentAfterTheFirstBytes() throws Exception {
    trouble.answer(PATH, hangAfter(BOARDS, 20));

    try (Socket socket = ask()) {
      socket.setSoTimeout(300);
      InputStream in = socket.getInputStream();
      StringBuilder read = new StringBuilder();
      while (read.indexOf(BOARDS.substring(0, 20)) < 0) {
        read.append((char) in.read());
      }
      assertThatThrownBy(
              () -> {
                while (in.read() >= 0) {
                  // The line end of the chunk is all that may still come.
                }
              })
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void whatHangsEndsWhenTheServerCloses() throws Exception {
    trouble.answer(PATH, hangAfter(BOARDS, 20));
    CompletableFuture<HttpResponse<String>> hanging =
        client.sendAsync(request(), HttpResponse.BodyHandlers.ofString());
    while (trouble.count(PATH) == 0) {
      Thread.onSpinWait();
    }

    trouble.close();

    assertThatThrownBy(() -> hanging.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void hangsUpWithoutAWord() throws Exception {
    trouble.answer(PATH, hangUp());

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    assertThat(wire()).isEmpty();
  }

  @Test
  void aLengthTooLargeBreaksTheBody() throws Exception {
    trouble.answer(PATH, wrongLength(BOARDS, 1_000));

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    assertThat(wire()).containsIgnoringCase("Content-Length: 1000").contains("\"b2\"}]");
  }

  @Test
  void aLengthTooSmallEndsTheBodyInItsMidst() throws Exception {
    trouble.answer(PATH, wrongLength(BOARDS, 20));

    assertThat(get().body()).isEqualTo(BOARDS.substring(0, 20));
  }

  @Test
  void packsABody() throws Exception {
    trouble.answer(PATH, gzip(BOARDS));

    HttpResponse<InputStream> answer =
        client.send(request(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (InputStream body = new GZIPInputStream(answer.body())) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(BOARDS);
    }
  }

  @Test
  void repeatsAnElementWithItsNumber() throws Exception {
    trouble.answer(PATH, repeat("{\"data\":[", "{\"id\":\"b{n}\",\"n\":{n}}", 3, "]}"));

    assertThat(get().body())
        .isEqualTo(
            "{\"data\":[{\"id\":\"b0\",\"n\":0},{\"id\":\"b1\",\"n\":1},{\"id\":\"b2\",\"n\":2}]}");
  }

  @Test
  void aBodyOfManyMegabytesIsMadeWhileItIsSent() throws Exception {
    String element = "{\"id\":\"b{n}\",\"title\":\"" + "x".repeat(1_000) + "\"}";
    trouble.answer(PATH, repeat("[", element, 200_000, "]"));

    try (InputStream body =
        client.send(request(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
      assertThat(body.transferTo(OutputStream.nullOutputStream())).isGreaterThan(200_000_000);
    }
  }

  @Test
  void aBodyWithoutAnEndBeginsAtOnce() throws Exception {
    trouble.answer(PATH, repeat("[", "{\"id\":\"b{n}\"}", Long.MAX_VALUE, "]"));

    try (InputStream body =
        client.send(request(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
      assertThat(body.readNBytes(1_000_000)).hasSize(1_000_000);
    }
  }

  @Test
  void saysNothingBeforeTheDelayIsOver() throws Exception {
    trouble.answer(PATH, delayed(Duration.ofMillis(400), json("[]")));
    long start = System.nanoTime();

    assertThat(get().body()).isEqualTo("[]");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(400));

    trouble.answer(PATH, delayed(Duration.ofMinutes(5), json("[]")));
    assertThatThrownBy(
            () ->
                client.send(
                    HttpRequest.newBuilder(URI.create(trouble.url() + PATH))
                        .timeout(Duration.ofMillis(300))
                        .build(),
                    HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void sendsTheClientElsewhere() throws Exception {
    trouble.answer(PATH, redirect(302, trouble.url() + "/there")).answer("/there", json("[]"));

    HttpResponse<String> answer = get();
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue(trouble.url() + "/there");
    try (HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      assertThat(following.send(request(), HttpResponse.BodyHandlers.ofString()).body())
          .isEqualTo("[]");
    }
  }

  @Test
  void addsAHeader() throws Exception {
    trouble.answer(PATH, with("ETag", "\"7\"", json("[]")));

    assertThat(get().headers().firstValue("ETag")).hasValue("\"7\"");
  }

  private HttpResponse<String> get() throws IOException, InterruptedException {
    return client.send(request(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(URI.create(trouble.url() + PATH)).build();
  }

  /** Everything the server sends for one request until it closes the connection. */
  private String wire() throws IOException {
    try (Socket socket = ask()) {
      socket.setSoTimeout(10_000);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket ask() throws IOException {
    URI uri = URI.create(trouble.url());
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket
        .getOutputStream()
        .write(
            ("GET " + PATH + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
