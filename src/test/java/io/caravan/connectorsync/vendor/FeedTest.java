package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {
  private static List<Map<String, Object>> entries(String xml) {
    return entries(xml, StandardCharsets.UTF_8);
  }

  private static List<Map<String, Object>> entries(String xml, Charset charset) {
    return Feed.entries(
        new ByteArrayInputStream(xml.getBytes(charset)), "example.com/feed", "application/xml");
  }

  @Test
  void readsRss2() {
    assertThat(
            entries(
                """
                <rss version="2.0"><channel><title>News</title><link>https://example.com</link><description>d</description>
                <item><guid isPermaLink="false">a-1</guid><link>https://example.com/1</link><title>One &amp; only</title>
                 <description>&lt;p&gt;Text&lt;/p&gt;</description><pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate>
                 <category>tools</category><enclosure url="https://example.com/1.mp3" length="9" type="audio/mpeg"/></item>
                </channel></rss>
                """))
        .containsExactly(
            Map.of(
                "id", "a-1",
                "link", "https://example.com/1",
                "title", "One & only",
                "publishedAt", "2026-03-02T09:00:00Z",
                "summary", "<p>Text</p>",
                "categories", List.of("tools"),
                "enclosures",
                    List.of(
                        Map.of(
                            "url",
                            "https://example.com/1.mp3",
                            "type",
                            "audio/mpeg",
                            "length",
                            9L)),
                "feed", "News"));
  }

  @Test
  void readsAtom() {
    Map<String, Object> entry =
        entries(
                """
                <feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:f</id><updated>2026-03-02T10:00:00Z</updated>
                <entry><id>urn:e:1</id><title>One</title><link href="https://example.com/1"/><updated>2026-03-02T10:00:00Z</updated>
                <author><name>Ann</name></author><content type="html">&lt;b&gt;x&lt;/b&gt;</content></entry></feed>
                """)
            .getFirst();

    assertThat(entry)
        .containsEntry("id", "urn:e:1")
        .containsEntry("author", "Ann")
        .containsEntry("updatedAt", "2026-03-02T10:00:00Z")
        .containsEntry("content", "<b>x</b>");
  }

  @Test
  void readsRss1() {
    assertThat(
            entries(
                """
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
                <channel rdf:about="https://example.com"><title>News</title><link>https://example.com</link><description>d</description></channel>
                <item rdf:about="https://example.com/1"><title>One</title><link>https://example.com/1</link></item></rdf:RDF>
                """))
        .extracting(entry -> entry.get("id"))
        .containsExactly("https://example.com/1");
  }

  @Test
  void anEntryWithoutGuidAndLinkHasAnIdThatStays() {
    String xml =
        "<rss version='2.0'><channel><title>t</title><item><title>One</title></item><item><title>Two</title></item></channel></rss>";

    assertThat(entries(xml)).extracting(entry -> entry.get("id")).doesNotHaveDuplicates();
    assertThat(entries(xml)).isEqualTo(entries(xml));
  }

  @Test
  void theCharsetIsThatOfTheFeed() {
    assertThat(
            entries(
                    "<?xml version='1.0' encoding='ISO-8859-1'?><rss"
                        + " version='2.0'><channel><title>t</title><item><guid>1</guid><title>Café</title></item></channel></rss>",
                    StandardCharsets.ISO_8859_1)
                .getFirst())
        .containsEntry("title", "Café");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><rss"
            + " version='2.0'><channel><title>&b;</title></channel></rss>",
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss"
            + " version='2.0'><channel><title>&x;</title></channel></rss>",
        "<!DOCTYPE rss SYSTEM 'http://localhost:1/x.dtd'><rss"
            + " version='2.0'><channel><title>t</title></channel></rss>"
      })
  void entitiesAreRefusedBeforeTheyGrowOrReadAFile(String xml) {
    Failure failure = catchThrowableOfType(Failure.class, () -> entries(xml));

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure).hasMessageContaining("DOCTYPE").hasMessageContaining("example.com/feed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{}",
        "<html><body>Sign in</body></html>",
        "<rss version='2.0'><channel>"
      })
  void whatIsNoFeedIsSaidSo(String text) {
    Failure failure = catchThrowableOfType(Failure.class, () -> entries(text));

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure).hasMessageContaining("no feed");
  }
}
