package io.caravan.bluegreen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityFileTest {
  private static final String HEAD = "entities:\n";
  private static final String TALENTS =
      """
        talents:
          path: /talents
          key: [id]
          columns:
            id: {required: true}
      """;

  static EntitySet shipped() {
    try {
      return EntityFile.read(
          "bluegreen-entities.yaml", Files.readString(Path.of("routes/bluegreen-entities.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theTenEntitiesOfTheSeedAreInAnOrderThatTheirReferencesAllow() {
    List<String> names = shipped().entities().stream().map(Entity::name).toList();

    assertThat(names)
        .hasSize(10)
        .containsSubsequence(
            "talents", "talents_portfolios", "portfolios_media", "media_tags_junction")
        .containsSubsequence("boards", "boards_talents");
    assertThat(shipped().byPath()).hasSize(9);
    assertThat(shipped().rawName("/api/v1/public/portfolios/media/tags")).isEqualTo("media_tags");
  }

  @Test
  void namesAreMatchedWithoutCaseAndSeparators() {
    for (String name :
        List.of("talentsmeasurements", "TalentsMeasurements", "talents-measurements")) {
      assertThat(shipped().find(name))
          .get()
          .extracting(Entity::name)
          .isEqualTo("talents_measurements");
    }
    assertThat(shipped().find("talents; drop table x")).isEmpty();
  }

  @Test
  void everyProblemIsToldWithItsLine() {
    refuses(HEAD + TALENTS.replace("key: [id]", "keys: [id]"), "line 4", "key");
    refuses(HEAD + TALENTS.replace("talents:", "Talents\"; drop:"), "line");
    refuses(HEAD + TALENTS.replace("{required: true}", "{type: money}"), "line 6", "type");
    refuses(HEAD + TALENTS.replace("{required: true}", "{}"), "line 6", "must be required");
    refuses(HEAD + TALENTS.replace("key: [id]", "key: [number]"), "line 4", "no column number");
    refuses(
        HEAD + TALENTS + "      a: {references: boards}\n", "line 7", "which is no entity here");
    refuses(HEAD + TALENTS + "      a: {of: parent}\n", "line 7", "has no each");
    refuses("entities: [", "not YAML");
    refuses("", "entities");
  }

  @Test
  void aCircleIsNamed() {
    refuses(
        HEAD
            + TALENTS
            + "      board_id: {references: boards}\n"
            + TALENTS.replace("talents:", "boards:")
            + "      talent_id: {references: talents}\n",
        "circle: talents, boards");
  }

  private static void refuses(String yaml, String... words) {
    assertThatThrownBy(() -> EntityFile.read("mine.yaml", yaml))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("mine.yaml")
        .hasMessageContainingAll(words);
  }
}
