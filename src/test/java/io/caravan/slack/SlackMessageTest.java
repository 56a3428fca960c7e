package io.caravan.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SlackMessageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINE = "A line of the report that says what was found.\n";

  private static JsonNode blocks(SlackBlocks blocks) {
    return new SlackMessage("test", SlackDestination.dataTeam(), "text", blocks).blocks();
  }

  private static String text(JsonNode block) {
    return block.path("text").path("text").asText();
  }

  @Test
  void aLongSectionIsSplitBetweenLinesAndLosesNothing() {
    String long_ = LINE.repeat(150).strip();

    JsonNode blocks = blocks(new SlackBlocks().section("%s", long_));

    assertThat(blocks).hasSize(3).allMatch(block -> text(block).length() <= 3_000);
    assertThat(
            StreamSupport.stream(blocks.spliterator(), false)
                .map(SlackMessageTest::text)
                .collect(Collectors.joining("\n")))
        .isEqualTo(long_);
  }

  @Test
  void aSplitBreaksNeitherEscapesNorLinksNorEmoji() {
    for (String unit : List.of("&amp;", "<https://example.org/a|b>", "😀")) {
      String text = "x" + unit.repeat(4_000 / unit.length());

      List<String> pieces = SlackText.split(text, 3_000);

      assertThat(String.join("", pieces)).isEqualTo(text);
      assertThat(pieces).hasSizeGreaterThan(1).allMatch(piece -> piece.endsWith(unit));
    }
  }

  @Test
  void aHeaderIsCutWithAnEllipsis() {
    assertThat(text(blocks(new SlackBlocks().header("h".repeat(200))).get(0)))
        .hasSize(150)
        .endsWith("h…");
  }

  @Test
  void tooManyBlocksEndWithTheNumberOfThoseLeftOut() {
    SlackBlocks many = new SlackBlocks();
    IntStream.range(0, 60).forEach(n -> many.section("block %s", n));

    JsonNode blocks = blocks(many);

    assertThat(blocks).hasSize(50);
    assertThat(text(blocks.get(48))).isEqualTo("block 48");
    assertThat(blocks.get(49).toString()).contains("_11 more parts of this message do not fit");
  }

  @Test
  void exactlyFiftyBlocksAreLeftAlone() {
    SlackBlocks fifty = new SlackBlocks();
    IntStream.range(0, 50).forEach(n -> fifty.divider());

    assertThat(blocks(fifty)).hasSize(50).allMatch(block -> block.has("type") && block.size() == 1);
  }

  @Test
  void allTextsTogetherStayBelowWhatSlackWasSeenToTake() {
    JsonNode blocks = blocks(new SlackBlocks().section("%s", LINE.repeat(1_000)));

    assertThat(blocks.toString().length()).isLessThan(13_500);
    assertThat(blocks.get(blocks.size() - 1).toString()).contains("do not fit into Slack");
  }

  @Test
  void fieldsAndContextAreSpreadOverSeveralBlocks() {
    JsonNode fields = blocks(new SlackBlocks().fields(Collections.nCopies(23, "f".repeat(10))));
    ArrayNode context = JSON.createArrayNode();
    ArrayNode elements = context.addObject().put("type", "context").putArray("elements");
    IntStream.range(0, 12)
        .forEach(n -> elements.addObject().put("type", "mrkdwn").put("text", "e" + n));

    assertThat(fields).hasSize(3);
    assertThat(fields.get(2).get("fields")).hasSize(3);
    assertThat(new SlackMessage("test", SlackDestination.dataTeam(), "t", context, null).blocks())
        .hasSize(2);
  }

  @Test
  void aBlockIdIsUsedOnce() {
    ArrayNode twins = JSON.createArrayNode();
    twins.addObject().put("type", "divider").put("block_id", "a");
    twins.addObject().put("type", "divider").put("block_id", "a");

    JsonNode blocks =
        new SlackMessage("test", SlackDestination.dataTeam(), "t", twins, null).blocks();

    assertThat(blocks.get(0).get("block_id").asText()).isEqualTo("a");
    assertThat(blocks.get(1).has("block_id")).isFalse();
  }

  @Test
  void valuesAreEscapedAndFormatsAreNot() {
    assertThat(SlackText.format("*%s* has <%s|%d rows>", "a<b>&c", "https://x", 3))
        .isEqualTo("*a&lt;b&gt;&amp;c* has <https://x|3 rows>");
  }

  @Test
  void theTextIsNeverEmptyNorTooLong() {
    SlackDestination team = SlackDestination.dataTeam();

    assertThat(new SlackMessage("kind", team, " ", null, null).text()).isEqualTo("kind");
    assertThat(new SlackMessage("kind", team, "t".repeat(50_000), null, null).text())
        .hasSize(40_000)
        .endsWith("…");
    assertThat(new SlackMessage("kind", team, "t", JSON.createArrayNode(), null).blocks()).isNull();
  }
}
