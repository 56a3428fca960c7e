package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.sandbox.SlackServer.Posted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackPageTest {
  private static final String MISCHIEF = "<script>alert(1)</script>\" onload='x' {{messages}}";

  private static Posted posted(String channel, long second, String threadTs, String text) {
    return new Posted(channel, second + ".000000", threadTs, text, null);
  }

  private static String page(Posted... posted) {
    return new SlackPage(List.of("C1", "C2"), List.of(posted)).html("C1");
  }

  private static String blocks(String json) {
    try {
      return page(
          new Posted(
              "C1",
              "1.000000",
              null,
              "fallback",
              new ObjectMapper().readTree(json.replace('\'', '"'))));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReplyStandsBelowItsParentAndTheNewestMessageLast() {
    String page =
        page(
            posted("C1", 10, null, "first"),
            posted("C1", 20, null, "second"),
            posted("C1", 30, "10.000000", "reply to the first"));

    assertThat(page).containsSubsequence("first", "1 reply", "reply to the first", "second");
    assertThat(page.split("reply to the first", -1)).hasSize(2);
  }

  @Test
  void aReplyWithoutItsParentIsShownAllTheSame() {
    assertThat(page(posted("C1", 10, "9.000000", "lost"))).contains("lost");
  }

  @Test
  void aChannelShowsItsOwnMessagesAndCountsAll() {
    String page = page(posted("C1", 10, null, "here"), posted("C2", 20, null, "elsewhere"));

    assertThat(page).contains("here").doesNotContain("elsewhere");
    assertThat(page).containsSubsequence("C1</span>", ">1<", "C2</span>", ">1<");
  }

  @Test
  void anUnknownChannelLeadsToTheNewestMessage() {
    List<Posted> posted = List.of(posted("C1", 10, null, "old"), posted("C2", 20, null, "new"));

    assertThat(new SlackPage(List.of("C1", "C2"), posted).html("C9")).contains("<h1># C2</h1>");
  }

  @Test
  void saysThatNothingWasPosted() {
    assertThat(page()).contains("Nothing was posted here yet");
    assertThat(new SlackPage(List.of(), List.of()).html("")).contains("No channels");
  }

  @Test
  void aDayIsNamedOnceAndTimesAreUtc() {
    String page =
        page(posted("C1", 1_790_000_000, null, "a"), posted("C1", 1_790_000_060, null, "b"));

    assertThat(page.split("Monday, 21 September 2026", -1)).hasSize(2);
    assertThat(page).contains(">14:13:20<", ">14:14:20<");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'type':'header','text':{'type':'plain_text','text':'A *title*'}}] | <h2 class=\"text\">A"
            + " *title*</h2>",
        "[{'type':'section','text':{'type':'mrkdwn','text':'*bold*'}}] | <strong>bold</strong>",
        "[{'type':'section','text':{'type':'plain_text','text':'*no*'}}] | >*no*<",
        "[{'type':'section','fields':[{'type':'mrkdwn','text':'one'}]}] | <div"
            + " class=\"fields\"><div class=\"text\">one",
        "[{'type':'context','elements':[{'type':'mrkdwn','text':'_small_'}]}] | <em>small</em>",
        "[{'type':'divider'}] | <hr>",
        "[{'type':'image','image_url':'https://x.example/a.png','alt_text':'a'}] |"
            + " href=\"https://x.example/a.png\"",
        "[{'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'Go'}}]}]"
            + " | <span class=\"button\">Go",
        "[{'type':'markdown','text':'# as it is'}] | # as it is"
      })
  void showsEachKindOfBlock(String json, String html) {
    assertThat(blocks(json)).contains(html).doesNotContain("fallback");
  }

  @Test
  void escapesWhateverWasPosted() {
    String inBlocks =
        """
        [{"type":"header","text":{"type":"plain_text","text":%1$s}},
         {"type":"section","text":{"type":"mrkdwn","text":%1$s},"fields":[{"type":"plain_text","text":%1$s}],
          "accessory":{"type":"button","text":{"type":"plain_text","text":%1$s}}},
         {"type":"image","image_url":%1$s,"alt_text":%1$s},
         {"type":"context","elements":[{"type":"mrkdwn","text":%1$s}]},
         {"type":"markdown","text":%1$s}]
        """
            .formatted("\"" + MISCHIEF.replace("\"", "\\\"").replace("'", "\\u0027") + "\"");

    for (String page : List.of(page(posted("C1", 1, null, MISCHIEF)), blocks(inBlocks))) {
      assertThat(page)
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; {{messages}}")
          .doesNotContain("<script>", "onload='");
    }
    assertThat(new SlackPage(List.of(MISCHIEF), List.of()).html(MISCHIEF))
        .doesNotContain("<script>", "onload='");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '"',
      value = {
        "*a* b*c*d 2 * 3 * 4 ¦ <strong>a</strong> b*c*d 2 * 3 * 4",
        "*two words* _and_ ~gone~ ¦ <strong>two words</strong> <em>and</em> <s>gone</s>",
        "snake_case_name ¦ snake_case_name",
        "`a *b* <c>` ¦ <code>a *b* &lt;c&gt;</code>",
        "*<https://x.example/a_b_c|a name>* ¦ <strong><a href=\"https://x.example/a_b_c\""
            + " target=\"_blank\" rel=\"noreferrer\">a name</a></strong>",
        "<javascript:alert(1)|x> ¦ &lt;javascript:alert(1)|x&gt;",
        "<https://x.example/\" onclick=> ¦ <a href=\"https://x.example/&quot; onclick=\""
            + " target=\"_blank\" rel=\"noreferrer\">https://x.example/&quot; onclick=</a>",
        "<!here> <#C1|general> <@U1> ¦ <span class=\"mention\">@here</span> <span"
            + " class=\"mention\">#general</span> <span class=\"mention\">@U1</span>",
        "a &lt;b&gt; &amp;amp; c ¦ a &lt;b&gt; &amp;amp; c",
        "&lt;https://x.example&gt; ¦ &lt;https://x.example&gt;",
        "&gt; quoted ¦ <blockquote>quoted</blockquote>",
        "```x < *y*``` ¦ <pre>x &lt; *y*</pre>",
        "left ```open ¦ left ```open",
        ":warning: :odd: ¦ ⚠️ :odd:"
      })
  void readsSlacksMarkup(String mrkdwn, String html) {
    assertThat(SlackMrkdwn.html(mrkdwn)).isEqualTo(html);
  }
}
