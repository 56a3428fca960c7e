package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.reach.TestWeb;
import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Whole syncs of a feed. Its server answers a conditional request as RFC 9110 (section 13) says,
 * and wants user and password.
 */
@CaravanTest
class RssTest {
  private static final String LOGIN = "{\"username\": \"ann\", \"password\": \"secret-of-ann\"}";

  private final TestWeb web = new TestWeb();
  private Api api;
  private volatile String feed = feed(1, 7, "One");
  private volatile int notModified;
  private final Deque<TestWeb.Answer> busy = new ConcurrentLinkedDeque<>();

  RssTest() throws IOException {}

  private static String feed(int from, int to, String firstTitle) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(
            i ->
                "<item><guid>e-%d</guid><title>%s</title></item>"
                    .formatted(i, i == from ? firstTitle : "Entry " + i))
        .collect(
            Collectors.joining(
                "", "<rss version='2.0'><channel><title>News</title>", "</channel></rss>"));
  }

  @BeforeEach
  void serve(@LocalServerPort int port) {
    api = new Api(port);
    web.on(
        "/feed.xml",
        exchange -> {
          TestWeb.Answer now = busy.poll();
          if (now != null) {
            now.to(exchange);
            return;
          }
          String tag = "\"%d\"".formatted(feed.hashCode());
          // ann:secret-of-ann
          boolean known =
              "Basic YW5uOnNlY3JldC1vZi1hbm4="
                  .equals(exchange.getRequestHeaders().getFirst("Authorization"));
          if (!known) {
            TestWeb.text(401, "text/plain", "").to(exchange);
          } else if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            notModified++;
            exchange.sendResponseHeaders(304, -1);
          } else {
            TestWeb.text(200, "application/rss+xml", feed, "ETag", tag).to(exchange);
          }
        });
  }

  @AfterEach
  void close() {
    web.close();
  }

  private TestConnector connector() {
    return TestConnector.add(
        api, "rss", "{\"url\": \"%s\"}".formatted(web.url("/feed.xml")), LOGIN);
  }

  @Test
  void newEntriesComeAndOldOnesStay() {
    TestConnector connector = connector();
    assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(7);
    feed = feed(3, 9, "Corrected");

    JsonNode version = connector.versions().getFirst();

    assertThat(version.get("added").asInt()).as("%s", version).isEqualTo(2);
    assertThat(version.get("updated").asInt()).isEqualTo(1);
    assertThat(version.get("removed").asInt()).isZero();
    assertThat(connector.records("entries"))
        .hasSize(9)
        .extracting(entry -> entry.get("title").asText())
        .contains("One", "Corrected");
  }

  @Test
  void aFeedThatIsAsItWasIsNotSentAgain() {
    TestConnector connector = connector();
    connector.versions();

    connector.versions();

    assertThat(notModified).isEqualTo(1);
    assertThat(connector.records("entries")).hasSize(7);
    assertThat(connector.versions().getFirst().get("removed").asInt()).isZero();
    assertThat(notModified).isEqualTo(2);
  }

  @Test
  void aTestShowsFiveEntries() {
    assertThat(connector().test().get("sample")).hasSize(5);
  }

  @Test
  void aWrongPasswordNeedsSomebody() {
    TestConnector connector = connector();
    connector.versions();
    connector.credentials("{\"username\": \"ann\", \"password\": \"wrong-secret\"}");
    feed = feed(1, 8, "One");

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.toString()).contains("credentials.password").doesNotContain("wrong-secret");
    assertThat(connector.show().get("status").asText()).isEqualTo("NEEDS_ATTENTION");
  }

  /** A server that is busy for a moment fails no sync. */
  @Test
  void aFeedIsAskedForAgain() {
    TestConnector connector = connector();
    busy.add(TestWeb.text(503, "text/plain", "Busy"));
    busy.add(TestWeb.text(429, "text/plain", "Slower", "Retry-After", "1"));

    assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(7);
    assertThat(busy).isEmpty();
  }

  /** What a sync holds is not held for an hour. */
  @Test
  void whoeverAsksForAnHourIsNotWaitedFor() {
    TestConnector connector = connector();
    int before = web.asked().size();
    busy.add(TestWeb.text(429, "text/plain", "Slower", "Retry-After", "3600"));

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("transient");
    assertThat(item.at("/error/message").asText()).contains("asks to wait 3600 s");
    assertThat(web.asked()).hasSize(before + 1);
  }

  @Test
  void aPageThatIsNoFeedChangesNothing() {
    TestConnector connector = connector();
    connector.versions();
    feed = "<html><body>We are moving</body></html>";

    JsonNode item = connector.sync();

    assertThat(item.get("status").asText()).isEqualTo("failed");
    assertThat(item.at("/error/message").asText()).contains("no feed");
    assertThat(connector.records("entries")).hasSize(7);
  }

  @Test
  void aUserWithoutPasswordIsRefused() {
    Api.Answer answer =
        TestConnector.added(
            api, "rss", "{\"url\": \"https://example.com\"}", "{\"username\": \"ann\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("password");
  }
}
