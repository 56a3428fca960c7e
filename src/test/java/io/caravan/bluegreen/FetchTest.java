package io.caravan.bluegreen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.paging.Paginator;
import io.caravan.sandbox.BluePaging;
import io.caravan.sandbox.BlueServer;
import io.caravan.sandbox.BlueSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FetchTest {
  private static final BlueSize SIZE = new BlueSize(250, 3, 250, 0, 0);
  private final StopSignal stop = new StopSignal();

  private Fetch fetch(String list, Paginator paginator, long most) throws IOException {
    return fetch(list, paginator, most, List.of());
  }

  private Fetch fetch(String list, Paginator paginator, long most, List<ReadPage> known)
      throws IOException {
    Spool spool = new Spool("The answer", most);
    return new Fetch(
        "/talents",
        URI.create(list),
        paginator,
        spool,
        new Payload(spool, "The answer", "talents"),
        stop,
        null,
        known);
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<Arguments> paginators() {
    return Stream.of(
        Arguments.of(BluePaging.NONE, Paginator.NONE, 1),
        Arguments.of(
            BluePaging.LINK_HEADER,
            new Paginator(Paginator.Type.LINK, null, 0, 100, "limit", null),
            3),
        Arguments.of(
            BluePaging.NEXT_IN_BODY,
            new Paginator(
                Paginator.Type.NEXT_URL, null, 0, 100, "limit", JsonPointer.compile("/next")),
            3),
        Arguments.of(
            BluePaging.CURSOR,
            new Paginator(
                Paginator.Type.CURSOR,
                "cursor",
                0,
                60,
                "limit",
                JsonPointer.compile("/nextCursor")),
            5),
        Arguments.of(
            BluePaging.LINK_HEADER,
            new Paginator(Paginator.Type.PAGE, "page", 1, 50, "limit", null),
            6));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("paginators")
  void everyListIsReadToItsEnd(BluePaging served, Paginator paginator, int pages) throws Exception {
    try (BlueServer server = new BlueServer(0, SIZE, served, false);
        HttpClient client = HttpClient.newHttpClient();
        Fetch fetch = fetch(server.url() + "/api/v1/public/talents", paginator, 1 << 24)) {
      while (fetch.more()) {
        HttpResponse<InputStream> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(fetch.url())).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        fetch.receive(
            answer.statusCode(),
            answer.headers().firstValue("Link").orElse(null),
            null,
            null,
            answer.body());
      }

      Set<String> ids = new HashSet<>();
      fetch.payload().forEach(element -> ids.add(element.get("id").asText()));
      assertThat(ids).hasSize(250);
      assertThat(fetch.bodies().count()).isEqualTo(pages);
    }
  }

  /** A page whose bytes are known is not read again to find the next one. */
  @Test
  void theNextOfAKnownPageIsKnown() throws IOException {
    Paginator next =
        new Paginator(Paginator.Type.NEXT_URL, null, 0, null, null, JsonPointer.compile("/next"));
    String first = "{\"data\":[{\"id\":\"1\"}],\"next\":\"/two\"}";
    List<ReadPage> pages;
    try (Fetch fetch = fetch("http://blue.example/talents", next, 1 << 20)) {
      fetch.receive(200, null, null, null, text(first));
      fetch.receive(200, null, null, null, text("{\"data\":[{\"id\":\"2\"}]}"));
      pages = fetch.pages();
    }
    assertThat(pages).extracting(ReadPage::next).containsExactly("http://blue.example/two", null);
    ReadPage told =
        new ReadPage(pages.getFirst().address(), pages.getFirst().digest(), 0, "http://a.example/");
    try (Fetch fetch = fetch("http://blue.example/talents", next, 1 << 20, List.of(told))) {
      fetch.receive(200, null, null, null, text(first));
      assertThat(fetch.url()).isEqualTo("http://a.example/");
    }
    try (Fetch fetch = fetch("http://blue.example/talents", next, 1 << 20, List.of(told))) {
      fetch.receive(200, null, null, null, text(first.replace("two", "six")));
      assertThat(fetch.url()).isEqualTo("http://blue.example/six");
      fetch.restart();
      fetch.receive(200, null, null, null, text(first));
      assertThat(fetch.url()).isEqualTo("http://blue.example/two");
    }
  }

  @Test
  void aPageThatBreaksOffIsAskedForAgain() throws IOException {
    Paginator next =
        new Paginator(Paginator.Type.NEXT_URL, null, 0, null, null, JsonPointer.compile("/next"));
    try (Fetch fetch = fetch("http://blue.example/talents", next, 1 << 20)) {
      fetch.receive(200, null, null, null, text("{\"data\":[{\"id\":\"1\"}],\"next\":\"/two\"}"));
      String second = fetch.url();
      InputStream broken =
          new SequenceInputStream(
              text("{\"data\":[{\"id\":"),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("gone");
                }
              });

      assertThatThrownBy(() -> fetch.receive(200, null, null, null, broken))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
      assertThat(fetch.url()).isEqualTo(second);
      fetch.receive(200, null, null, null, text("{\"data\":[{\"id\":\"2\"}]}"));

      StringBuilder ids = new StringBuilder();
      fetch.payload().forEach(element -> ids.append(element.get("id").asText()));
      assertThat(ids).hasToString("12");
      assertThat(fetch.more()).isFalse();
    }
  }

  /** It ended as its length said, but what came is half a document: counting it finds that out. */
  @Test
  void halfAPageIsNotReadTwice() throws IOException {
    Paginator pages = new Paginator(Paginator.Type.PAGE, "page", 1, 2, null, null);
    try (Fetch fetch = fetch("http://blue.example/talents", pages, 1 << 20)) {
      assertThatThrownBy(() -> fetch.receive(200, null, null, null, text("[{\"id\":\"1\"},")))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));

      fetch.receive(200, null, null, null, text("[{\"id\":\"1\"}]"));

      assertThat(fetch.more()).isFalse();
      assertThat(fetch.bodies().count()).isEqualTo(1);
    }
  }

  @Test
  void thereIsABoundAndAStop() throws IOException {
    try (Fetch fetch = fetch("http://blue.example/talents", Paginator.NONE, 10)) {
      assertThatThrownBy(() -> fetch.receive(200, null, null, null, text("[1,2,3,4,5,6,7]")))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("more than 10 bytes; raise caravan.bluegreen.largest-payload");
      stop.stop(new Failure(FailureKind.CANCELLED, "cancelled"));
      assertThatThrownBy(() -> fetch.receive(200, null, null, null, text("[]")))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CANCELLED));
    }
  }

  @Test
  void theSameBodiesHaveTheSameHashAndOthersHaveNot() throws IOException {
    assertThat(hash("[1]", "[2]")).isEqualTo(hash("[1]", "[2]")).isNotEqualTo(hash("[1]", "[3]"));
  }

  private String hash(String... bodies) throws IOException {
    try (Spool spool = new Spool("x", 100)) {
      for (String body : bodies) {
        spool.add(text(body), stop);
      }
      return spool.hash();
    }
  }

  @Test
  void nothingStaysInTheDirectoryForTemporaryFiles() throws IOException {
    try (Spool spool = new Spool("x", 100)) {
      spool.add(text("[1]"), stop);
      try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.startsWith("caravan-payload-"));
      }
    }
  }
}
