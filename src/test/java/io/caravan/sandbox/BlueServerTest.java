package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BlueServerTest {
  private static final BlueSize SMALL = new BlueSize(400, 16, 640, 5_000, 60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "/api/v1/public/";

  private static final List<String> PATHS =
      List.of(
          "boards",
          "boards/talents",
          "boards/portfolios",
          "portfolios/media",
          "portfolios/media/tags",
          "talents",
          "talents/portfolios",
          "talents/measurements",
          "talents/socials");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<BlueServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(BlueServer::close);
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          boards                | id title                                         | description coverImage
          boards/talents        | boardId talents                                  | none
          boards/portfolios     | boardId portfolios                               | none
          portfolios/media      | portfolioId media                                | none
          portfolios/media/tags | id tags                                          | none
          talents               | id firstName lastName talentUserNumber talentType | bio profileImage gender pronouns
          talents/portfolios    | talentId portfolios                              | none
          talents/measurements  | id                                               | measurements
          talents/socials       | id socials                                       | none
          """)
  void servesTheFieldsOfAPathAndNoOthers(String path, String required, String optional) {
    assertFields(elements(server(), path), required, optional);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          boards/talents        | talents      | id                                                   | none
          boards/portfolios     | portfolios   | id talentId                                          | none
          portfolios/media      | media        | id type url filename order width height size         | coverImage caption
          portfolios/media/tags | tags         | id name slug                                         | none
          talents               | talentType   | id name                                              | none
          talents/portfolios    | portfolios   | id title isDefault                                   | description coverImage category
          talents/measurements  | measurements | id userTalentId heightCm weightKg bustCm waistCm hipsCm shoeSizeEu heightFtIn weightLbs bustIn waistIn hipsIn shoeSizeUs eyeColor hairColor createdAt updatedAt | none
          talents/socials       | socials      | platform username url                                | none
          """)
  void servesTheFieldsOfWhatIsNestedAndNoOthers(
      String path, String nested, String required, String optional) {
    List<JsonNode> inner =
        elements(server(), path).stream()
            .map(element -> element.path(nested))
            .flatMap(found -> found.isArray() ? children(found).stream() : Stream.of(found))
            .filter(JsonNode::isObject)
            .toList();

    assertFields(inner, required, optional);
  }

  @Test
  void aPortfoliosCategoryHasAColourOnlySometimes() {
    List<JsonNode> categories =
        nested(elements(server(), "talents/portfolios"), "portfolios").stream()
            .filter(portfolio -> portfolio.has("category"))
            .map(portfolio -> portfolio.get("category"))
            .toList();

    assertFields(categories, "id name", "color");
  }

  @ParameterizedTest
  @CsvSource({
    "boards,",
    "talents/portfolios,",
    "boards/portfolios, data",
    "portfolios/media, success meta data",
    "portfolios/media/tags, success meta items",
    "boards/talents, boardsTalents",
    "talents, success meta talents",
    "talents/measurements, talentsMeasurements",
    "talents/socials, success meta result"
  })
  void thePathsDifferInForm(String path, String fields) {
    JsonNode body = body(server(), path);

    if (fields == null) {
      assertThat(body.isArray()).isTrue();
    } else {
      assertThat(body.fieldNames()).toIterable().containsExactly(fields.split(" "));
    }
  }

  @Test
  void holdsAsMuchAsItsSizeSays() {
    BlueServer server = server();

    assertThat(elements(server, "boards")).hasSize(16);
    assertThat(elements(server, "talents")).hasSize(400);
    assertThat(nested(elements(server, "talents/portfolios"), "portfolios")).hasSize(640);
    assertThat(elements(server, "portfolios/media")).hasSize(640);
    assertThat(nested(elements(server, "portfolios/media"), "media")).hasSize(5_000);
    assertThat(elements(server, "portfolios/media/tags")).hasSize(5_000);
    assertThat(ids(nested(elements(server, "portfolios/media/tags"), "tags"), "id")).hasSize(60);
  }

  @Test
  void isTheSameOnEveryServer() {
    assertThat(everything(server())).isEqualTo(everything(server()));
  }

  @Test
  void looksLikePeople() {
    List<JsonNode> talents = elements(server(), "talents");
    List<JsonNode> measurements =
        elements(server(), "talents/measurements").stream()
            .map(element -> element.path("measurements"))
            .filter(JsonNode::isObject)
            .toList();

    assertThat(texts(talents, "firstName")).contains("Zoë", "Łukasz", "José");
    assertThat(texts(talents, "bio"))
        .anyMatch(bio -> bio.contains("\"") && bio.contains("\n"))
        .anyMatch(bio -> bio.contains("🧦"));
    assertThat(measurements)
        .isNotEmpty()
        .allMatch(body -> body.get("heightCm").intValue() >= 165)
        .allMatch(body -> body.get("heightCm").intValue() <= 200)
        .allMatch(body -> body.get("waistCm").intValue() < body.get("hipsCm").intValue())
        .allMatch(body -> body.get("heightFtIn").textValue().matches("[56]'\\d{1,2}\""));
    assertThat(texts(nested(elements(server(), "talents/socials"), "socials"), "username"))
        .allMatch(username -> username.matches("[a-z]+\\.[a-z]+\\d+"));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "250", "1500"})
  void everythingReferredToIsThereInEveryEdition(int edition) {
    BlueServer server = server();
    while (server.edition() < edition) {
      server.advance();
    }
    List<JsonNode> talents = elements(server, "talents");
    Set<String> people = unique(texts(talents, "id"));
    unique(talents.stream().map(talent -> talent.get("talentUserNumber").asText()).toList());
    Set<String> boards = unique(texts(elements(server, "boards"), "id"));
    List<JsonNode> perTalent = elements(server, "talents/portfolios");
    Map<String, String> owners = new TreeMap<>();
    perTalent.forEach(
        element ->
            element
                .get("portfolios")
                .forEach(
                    portfolio ->
                        owners.put(
                            portfolio.get("id").textValue(), element.get("talentId").textValue())));
    unique(texts(nested(perTalent, "portfolios"), "id"));

    assertThat(texts(perTalent, "talentId")).containsExactlyElementsOf(texts(talents, "id"));
    assertThat(texts(elements(server, "talents/measurements"), "id"))
        .containsExactlyElementsOf(texts(talents, "id"));
    assertThat(texts(elements(server, "talents/socials"), "id"))
        .containsExactlyElementsOf(texts(talents, "id"));
    assertThat(texts(elements(server, "boards/talents"), "boardId"))
        .containsExactlyInAnyOrderElementsOf(boards);
    assertThat(people)
        .containsAll(ids(nested(elements(server, "boards/talents"), "talents"), "id"));
    assertThat(nested(elements(server, "boards/portfolios"), "portfolios"))
        .isNotEmpty()
        .allMatch(
            shown ->
                shown.get("talentId").textValue().equals(owners.get(shown.get("id").textValue())));
    assertThat(texts(elements(server, "portfolios/media"), "portfolioId"))
        .containsExactlyInAnyOrderElementsOf(owners.keySet());
    assertThat(unique(texts(nested(elements(server, "portfolios/media"), "media"), "id")))
        .containsExactlyInAnyOrderElementsOf(
            texts(elements(server, "portfolios/media/tags"), "id"));
  }

  @Test
  void aPairOfAJunctionComesOnce() {
    BlueServer server = server();

    unique(pairs(elements(server, "boards/talents"), "boardId", "talents", "id"));
    unique(pairs(elements(server, "boards/portfolios"), "boardId", "portfolios", "id"));
    unique(pairs(elements(server, "portfolios/media/tags"), "id", "tags", "id"));
    unique(pairs(elements(server, "talents/socials"), "id", "socials", "platform"));
  }

  @Test
  void aTagHasOneNameAndOneSlug() {
    List<JsonNode> tags = nested(elements(server(), "portfolios/media/tags"), "tags");

    assertThat(new HashSet<>(tags)).hasSameSizeAs(ids(tags, "id"));
    assertThat(ids(tags, "slug")).hasSameSizeAs(ids(tags, "id"));
    assertThat(ids(tags, "name")).hasSameSizeAs(ids(tags, "id"));
  }

  @Test
  void theNextEditionDiffersALittle() {
    BlueServer server = server(new BlueSize(5_000, 40, 8_000, 0, 0), BluePaging.NONE, false);
    Map<String, JsonNode> before = byId(elements(server, "talents"));
    Map<String, JsonNode> boardsBefore = byId(elements(server, "boards"));

    assertThat(server.advance()).isEqualTo(1);

    Map<String, JsonNode> after = byId(elements(server, "talents"));
    assertThat(without(after.keySet(), before.keySet())).hasSize(10);
    assertThat(without(before.keySet(), after.keySet())).hasSize(5);
    assertThat(changed(before, after)).isBetween(10L, 25L);
    assertThat(changed(boardsBefore, byId(elements(server, "boards")))).isEqualTo(1);
  }

  @Test
  void everyPathChangesFromOneEditionToTheNext() {
    BlueServer server = server();
    Map<String, String> before = everything(server);
    server.advance();
    Map<String, String> after = everything(server);

    assertThat(PATHS).allMatch(path -> !before.get(path).equals(after.get(path)));
  }

  @Test
  void aRevisedPortfolioGivesUpItsOldestMediumForANewOne() {
    BlueServer server = server();
    Map<String, List<String>> before = mediaByPortfolio(server);
    server.advance();
    Map<String, List<String>> after = mediaByPortfolio(server);

    List<String> revised =
        before.keySet().stream()
            .filter(portfolio -> after.containsKey(portfolio))
            .filter(portfolio -> !after.get(portfolio).equals(before.get(portfolio)))
            .toList();
    assertThat(revised).isNotEmpty();
    for (String portfolio : revised) {
      List<String> old = before.get(portfolio);
      assertThat(after.get(portfolio))
          .hasSameSizeAs(old)
          .startsWith(old.subList(1, old.size()).toArray(String[]::new));
    }
  }

  @Test
  void staysAboutAsLargeHoweverManyEditions() {
    BlueServer server = server();
    while (server.edition() < 3_000) {
      server.advance();
    }

    assertThat(elements(server, "talents")).hasSizeBetween(350, 450);
    assertThat(nested(elements(server, "portfolios/media"), "media")).hasSizeBetween(4_000, 6_000);
  }

  @Test
  void advancesByItselfWhenAllPathsWereRead() {
    BlueServer server = server(SMALL, BluePaging.NONE, true);
    PATHS.subList(0, 8).forEach(path -> get(server, path));
    assertThat(server.edition()).isZero();

    get(server, PATHS.getLast());

    assertThat(server.edition()).isEqualTo(1);
  }

  @Test
  void aRoundBegunAnewIsServedOneEdition() {
    BlueServer server = server(SMALL, BluePaging.NONE, true);
    PATHS.subList(0, 6).forEach(path -> get(server, path));

    for (String path : PATHS) {
      assertThat(server.edition()).isZero();
      get(server, path);
    }

    assertThat(server.edition()).isEqualTo(1);
  }

  @Test
  void whatIsUnchangedCountsAsReadAndAHeadDoesNot() {
    BlueServer server = server(SMALL, BluePaging.NONE, true);
    PATHS.subList(0, 8).forEach(path -> get(server, path));
    String tag = send(server, "HEAD", PATHS.getLast()).headers().firstValue("ETag").orElseThrow();
    assertThat(server.edition()).isZero();

    assertThat(get(server, PATHS.getLast(), "If-None-Match", tag).statusCode()).isEqualTo(304);

    assertThat(server.edition()).isEqualTo(1);
  }

  @Test
  void aPagedPathIsReadWhenItsLastPageIs() {
    BlueServer server = server(SMALL, BluePaging.LINK_HEADER, true);
    PATHS.forEach(path -> get(server, path + "?limit=1000"));
    assertThat(server.edition()).isZero();

    for (int page = 2; page <= 5; page++) {
      get(server, "portfolios/media/tags?limit=1000&page=" + page);
    }

    assertThat(server.edition()).isEqualTo(1);
  }

  @Test
  void answers304ToWhoHasTheEditionAlready() {
    BlueServer server = server();
    String tag = get(server, "talents").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = get(server, "talents", "If-None-Match", "\"other\", " + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).hasValue(tag);
    assertThat(get(server, "boards", "If-None-Match", tag).statusCode()).isEqualTo(200);

    server.advance();
    assertThat(get(server, "talents", "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void answers304ToWhoHasItSinceTheEditionBegan() {
    BlueServer server = server();
    String date = get(server, "talents").headers().firstValue("Last-Modified").orElseThrow();
    assertThat(date).matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");

    assertThat(get(server, "talents", "If-Modified-Since", date).statusCode()).isEqualTo(304);
    assertThat(get(server, "talents", "If-Modified-Since", "Mon, 05 Jan 2026 08:30:00 GMT").body())
        .isNotEmpty();

    server.advance();
    HttpResponse<String> next = get(server, "talents", "If-Modified-Since", date);
    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(next.headers().firstValue("Last-Modified")).isNotEqualTo(Optional.of(date));
  }

  @ParameterizedTest
  @CsvSource({
    "'Sun, 31 Dec 2090 00:00:00 GMT', '\"other\"', 200",
    "'Mon, 05 Jan 2026 08:30:00 GMT', '\"boards-0-0-2147483647\"', 304",
    "'Mon, 05 Jan 2026 08:30:00 GMT', '\"other\", W/\"boards-0-0-2147483647\"', 304",
    "'Mon, 05 Jan 2026 08:30:00 GMT', *, 304",
    "yesterday, , 200"
  })
  void aTagCountsMoreThanADate(String date, String tags, int status) {
    HttpResponse<String> answer =
        tags == null
            ? get(server(), "boards", "If-Modified-Since", date)
            : get(server(), "boards", "If-Modified-Since", date, "If-None-Match", tags);

    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void aDateThatIsStillToComeIsNotTold() {
    BlueServer server = server();
    while (server.edition() < 90) {
      server.advance();
    }

    assertThat(get(server, "boards").headers().map())
        .containsKey("etag")
        .doesNotContainKey("last-modified");
  }

  @Test
  void answersHeadWithoutABody() {
    HttpResponse<String> answer = send(server(), "HEAD", "boards");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("ETag")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/json; charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource({"POST", "PUT", "DELETE", "PATCH"})
  void refusesToBeWrittenTo(String method) {
    HttpResponse<String> answer = send(server(), method, "boards");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({"portfolios", "boards/", "Boards", "boards/talents/x"})
  void knowsNoOtherPath(String path) {
    HttpResponse<String> answer = send(server(), "GET", path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(tree(answer.body()).get("status").intValue()).isEqualTo(404);
  }

  @Test
  void listsItsAddresses() {
    BlueServer server = server();

    assertThat(server.urls())
        .containsExactlyElementsOf(
            PATHS.stream().map(path -> server.url() + PREFIX + path).toList());
  }

  @Test
  void saysThatItsPortIsTaken() {
    int taken = URI.create(server().url()).getPort();

    assertThatThrownBy(() -> BlueServer.forDemo(taken))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION))
        .hasMessageContaining("port " + taken);
  }

  @Test
  void aHundredThousandMediaComeWithinSeconds() throws IOException {
    BlueServer server = BlueServer.forDemo(0);
    servers.add(server);

    long start = System.nanoTime();
    assertThat(count(server, "portfolios/media", "filename")).isEqualTo(100_000);
    assertThat(count(server, "portfolios/media/tags", "tags")).isEqualTo(100_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aBodyBeginsBeforeItIsMade() throws IOException {
    BlueServer server =
        server(new BlueSize(1_000_000, 40, 1_600_000, 100_000_000, 300), BluePaging.NONE, false);

    try (InputStream body = stream(server, "portfolios/media");
        JsonParser parser = new JsonFactory().createParser(body)) {
      int media = 0;
      while (media < 1_000) {
        parser.nextToken();
        media += "filename".equals(parser.currentName()) ? 1 : 0;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = BluePaging.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void pagesTogetherAreTheWholeList(BluePaging paging) {
    BlueServer whole = server();
    BlueServer paged = server(SMALL, paging, false);

    for (String path : PATHS) {
      List<JsonNode> collected = new ArrayList<>();
      String next = paged.url() + PREFIX + path + "?limit=37";
      while (next != null) {
        HttpResponse<String> page = fetch(next);
        List<JsonNode> found = unwrapped(tree(page.body()));
        assertThat(found).hasSizeBetween(1, 37);
        collected.addAll(found);
        next = next(paging, paged.url() + PREFIX + path, page);
      }
      assertThat(collected).as(path).isEqualTo(elements(whole, path));
    }
  }

  @Test
  void aCursorGoesOnInItsEdition() {
    BlueServer server = server(SMALL, BluePaging.CURSOR, false);
    BlueServer whole = server();
    List<JsonNode> collected = new ArrayList<>();
    String query = "";
    while (query != null) {
      JsonNode page = body(server, "talents?limit=150" + query);
      collected.addAll(unwrapped(page));
      JsonNode cursor = page.get("nextCursor");
      query = cursor.isNull() ? null : "&cursor=" + cursor.textValue();
      server.advance();
    }

    assertThat(collected).isEqualTo(elements(whole, "talents"));
  }

  @ParameterizedTest
  @CsvSource({
    "LINK_HEADER, page=0, page is less than 1",
    "LINK_HEADER, page=x, page is not a number",
    "NEXT_IN_BODY, limit=-3, limit is less than 1",
    "CURSOR, cursor=x, cursor is none that this server handed out",
    "CURSOR, cursor=OTk6MA, cursor is none that this server handed out"
  })
  void saysWhatIsWrongWithAQuery(BluePaging paging, String query, String detail) {
    HttpResponse<String> answer = send(server(SMALL, paging, false), "GET", "boards?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(detail);
  }

  @Test
  void refusesASizeThatCannotBe() {
    assertThatThrownBy(() -> new BlueSize(0, 1, 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BlueSize(1, 1, 0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BlueSize(1, -1, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0,0,0,0,0", "1,1,1,1,1", "7,3,2,1,0"})
  void smallSizesWorkToo(int talents, int boards, int portfolios, int media, int tags) {
    BlueServer server =
        server(new BlueSize(talents, boards, portfolios, media, tags), BluePaging.NONE, false);

    for (int edition = 0; edition < 20; edition++) {
      assertThat(everything(server)).hasSize(9);
      server.advance();
    }
  }

  private BlueServer server() {
    return server(SMALL, BluePaging.NONE, false);
  }

  private BlueServer server(BlueSize size, BluePaging paging, boolean advancesByItself) {
    BlueServer server = new BlueServer(0, size, paging, advancesByItself);
    servers.add(server);
    return server;
  }

  private static void assertFields(List<JsonNode> elements, String required, String optional) {
    Set<String> always = Set.of(required.split(" "));
    Set<String> all = new HashSet<>(always);
    if (!"none".equals(optional)) {
      all.addAll(List.of(optional.split(" ")));
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode element : elements) {
      assertThat(element.fieldNames()).toIterable().containsAll(always);
      assertThat(always).allMatch(field -> !element.get(field).isNull());
      element.fieldNames().forEachRemaining(seen::add);
    }
    assertThat(seen).isEqualTo(all);
  }

  private Map<String, List<String>> mediaByPortfolio(BlueServer server) {
    Map<String, List<String>> found = new TreeMap<>();
    elements(server, "portfolios/media")
        .forEach(
            element ->
                found.put(
                    element.get("portfolioId").textValue(),
                    texts(children(element.get("media")), "id")));
    return found;
  }

  private Map<String, String> everything(BlueServer server) {
    Map<String, String> bodies = new TreeMap<>();
    PATHS.forEach(path -> bodies.put(path, get(server, path).body()));
    return bodies;
  }

  private List<JsonNode> elements(BlueServer server, String path) {
    return unwrapped(body(server, path));
  }

  private JsonNode body(BlueServer server, String path) {
    HttpResponse<String> answer = get(server, path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return tree(answer.body());
  }

  private int count(BlueServer server, String path, String field) throws IOException {
    int found = 0;
    try (InputStream body = stream(server, path);
        JsonParser parser = new JsonFactory().createParser(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME && field.equals(parser.currentName())) {
          found++;
        }
      }
    }
    return found;
  }

  private InputStream stream(BlueServer server, String path) {
    return send(
            HttpRequest.newBuilder(URI.create(server.url() + PREFIX + path)),
            HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  private HttpResponse<String> get(BlueServer server, String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + PREFIX + path));
    return send(
        headers.length == 0 ? request : request.headers(headers),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> fetch(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(BlueServer server, String method, String path) {
    return send(
        HttpRequest.newBuilder(URI.create(server.url() + PREFIX + path))
            .method(method, HttpRequest.BodyPublishers.noBody()),
        HttpResponse.BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request.timeout(Duration.ofSeconds(30)).build(), handler);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String next(BluePaging paging, String url, HttpResponse<String> page) {
    return switch (paging) {
      case LINK_HEADER ->
          page.headers()
              .firstValue("Link")
              .map(link -> link.substring(1, link.indexOf(">; rel=\"next\"")))
              .orElse(null);
      case NEXT_IN_BODY -> tree(page.body()).get("next").textValue();
      case CURSOR -> {
        JsonNode cursor = tree(page.body()).get("nextCursor");
        yield cursor.isNull() ? null : url + "?limit=37&cursor=" + cursor.textValue();
      }
      case NONE -> null;
    };
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** As a client has to: the array itself, or the first among an object's values. */
  private static List<JsonNode> unwrapped(JsonNode body) {
    return body.isArray()
        ? children(body)
        : children(
            body.properties().stream()
                .map(Map.Entry::getValue)
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow());
  }

  private static List<JsonNode> children(JsonNode array) {
    List<JsonNode> found = new ArrayList<>();
    array.forEach(found::add);
    return found;
  }

  private static List<JsonNode> nested(List<JsonNode> elements, String field) {
    return elements.stream().flatMap(element -> children(element.get(field)).stream()).toList();
  }

  private static List<String> texts(List<JsonNode> elements, String field) {
    return elements.stream()
        .filter(element -> element.hasNonNull(field))
        .map(element -> element.get(field).textValue())
        .toList();
  }

  private static Set<String> ids(List<JsonNode> elements, String field) {
    return new HashSet<>(texts(elements, field));
  }

  private static List<String> pairs(
      List<JsonNode> elements, String key, String nested, String nestedKey) {
    Function<JsonNode, Stream<String>> pairs =
        element ->
            children(element.get(nested)).stream()
                .map(
                    child -> element.get(key).textValue() + " " + child.get(nestedKey).textValue());
    return elements.stream().flatMap(pairs).toList();
  }

  private static Set<String> unique(List<String> values) {
    assertThat(values).isNotEmpty().doesNotHaveDuplicates();
    return new HashSet<>(values);
  }

  private static Map<String, JsonNode> byId(List<JsonNode> elements) {
    Map<String, JsonNode> found = new TreeMap<>();
    elements.forEach(element -> found.put(element.get("id").textValue(), element));
    return found;
  }

  private static List<String> without(Collection<String> all, Collection<String> others) {
    return all.stream().filter(value -> !others.contains(value)).toList();
  }

  private static long changed(Map<String, JsonNode> before, Map<String, JsonNode> after) {
    return before.keySet().stream()
        .filter(after::containsKey)
        .filter(id -> !before.get(id).equals(after.get(id)))
        .count();
  }
}
