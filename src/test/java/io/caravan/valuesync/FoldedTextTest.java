package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {
  @ParameterizedTest
  @CsvSource({
    "XE, xe",
    "Zürich, zurich",
    "Straße, strasse",
    "STRASSE, strasse",
    "Łódź, lodz",
    "Ørsted, orsted",
    "İzmir, izmir",
    "ISPARTA, isparta",
    "ısparta, isparta",
    "Æther, aether",
    "ﬁne, fine",
    "Ａｂｃ, abc",
    "ὈΔΥΣΣΕΎΣ, οδυσσευσ",
    "Ёлка, елка",
    "한국, 한국",
    "がく, がく",
    "कि, कि",
    "e\u0301te\u0301, ete"
  })
  void foldsCaseAndAccents(String text, String folded) {
    assertThat(FoldedText.fold(text)).isEqualTo(folded);
  }

  @Test
  void marksTheBeginningOfEveryWord() {
    assertThat(marks("New York-City, NY (10001)")).isEqualTo("|new |york-|city, |ny (|10001)");
    assertThat(marks("日本 abc")).isEqualTo("|日|本 |abc");
    assertThat(marks("  it's")).isEqualTo("|it'|s");
    assertThat(FoldedText.ofQuery("York City").replace(FoldedText.MARK, '|'))
        .isEqualTo("york |city");
  }

  @Test
  void aTextCannotForgeAMarkOrAnEnd() {
    assertThat(FoldedText.ofValue("a\u0001b\0c").replace(FoldedText.MARK, '|'))
        .isEqualTo("|a |b |c");
  }

  @Test
  void neverCutsACharacterInTwo() {
    String text = "x".repeat(FoldedText.MAX_LENGTH - 1) + "😀";

    assertThat(FoldedText.fold(text)).isEqualTo("x".repeat(FoldedText.MAX_LENGTH - 1));
  }

  private static String marks(String text) {
    return FoldedText.ofValue(text).replace(FoldedText.MARK, '|');
  }
}
