package io.caravan.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.failure.Failure;
import io.caravan.paging.Paginator.Type;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaginatorTest {
  private static final URI LIST = URI.create("https://blue.example/api/boards?a=1");

  private static Page page(String link, String body, long elements) {
    return new Page(
        link,
        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
        () -> elements);
  }

  private static Paginator by(Type type, String path) {
    return new Paginator(
        type, "cursor", 0, null, null, path == null ? null : JsonPointer.compile(path));
  }

  @Test
  void pagesAreCountedUntilOneIsNotFull() {
    Paginator pages = new Paginator(Type.PAGE, "page", 1, 100, "limit", null);

    URI first = pages.first(LIST);
    assertThat(first).hasToString("https://blue.example/api/boards?a=1&limit=100&page=1");
    assertThat(pages.next(first, 0, 100, page(null, "[]", 100)))
        .contains(URI.create("https://blue.example/api/boards?a=1&limit=100&page=2"));
    assertThat(pages.next(first, 0, 99, page(null, "[]", 99))).isEmpty();
    assertThat(
            new Paginator(Type.PAGE, "page", 1, null, null, null)
                .next(first, 0, 0, page(null, "[]", 0)))
        .isEmpty();
  }

  @Test
  void offsetsGrowByWhatWasRead() {
    Paginator offsets = new Paginator(Type.OFFSET, "skip", 0, 50, "take", null);

    URI first = offsets.first(LIST);
    assertThat(first).hasToString("https://blue.example/api/boards?a=1&take=50&skip=0");
    assertThat(offsets.next(first, 3, 200, page(null, "[]", 50)))
        .contains(URI.create("https://blue.example/api/boards?a=1&take=50&skip=200"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"meta\":{\"after\":\"a+b/c=&d\"}} | ?a=1&cursor=a%2Bb%2Fc%3D%26d",
        "{\"meta\":{\"after\":42}} | ?a=1&cursor=42",
        "{\"meta\":{\"after\":null}} | -",
        "{\"meta\":{\"after\":\"\"}} | -",
        "{\"meta\":{}} | -",
        "{\"meta\":{\"after\":{\"x\":1}}} | -",
        "[1, 2] | -"
      })
  void cursorsStandInTheBody(String body, String query) {
    assertThat(
            by(Type.CURSOR, "/meta/after").next(LIST, 0, 1, page(null, body, 1)).map(URI::toString))
        .isEqualTo(Optional.ofNullable(query).map(q -> "https://blue.example/api/boards" + q));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "<https://blue.example/x?page=2&l=1,2>; rel=\"next\" | https://blue.example/x?page=2&l=1,2",
        "</x?page=1>; rel=prev, </x?page=3>; title=\"a, b\"; rel=\"last next\" |"
            + " https://blue.example/x?page=3",
        "<?page=3>;rel=NEXT | https://blue.example/api/boards?page=3",
        "<?page=3>; rel=\"last\" | -",
        "<?page=3>; title=\"rel=next\" | -",
        "- | -"
      })
  void linksStandInTheHeader(String header, String next) {
    assertThat(by(Type.LINK, null).next(LIST, 0, 1, page(header, "[]", 1)).map(URI::toString))
        .isEqualTo(Optional.ofNullable(next));
  }

  @Test
  void theNextAddressMayBeRelativeButNotAnotherServers() {
    Paginator next = by(Type.NEXT_URL, "/next");

    assertThat(next.next(LIST, 0, 1, page(null, "{\"next\":\"?page=2\"}", 1)))
        .contains(URI.create("https://blue.example/api/boards?page=2"));
    for (String elsewhere :
        new String[] {
          "https://evil.example/x", "http://blue.example/x", "https://blue.example:8443/x", "//x"
        }) {
      assertThatThrownBy(
              () -> next.next(LIST, 0, 1, page(null, "{\"next\":\"%s\"}".formatted(elsewhere), 1)))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("another server");
    }
    assertThatThrownBy(() -> next.next(LIST, 0, 1, page(null, "{\"next\":\"" + LIST + "\"}", 1)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("itself");
    assertThatThrownBy(() -> next.next(LIST, 0, 1, page(null, "<html>", 1)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no JSON");
  }
}
