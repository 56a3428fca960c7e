package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypingErrorTest {
  @ParameterizedTest
  @CsvSource({
    "berlin, berlin, 0", "berlin, berlin mitte, 0", "brelin, berlin, 1", "berln, berlin, 1",
        "berrlin, berlin, 1",
    "bxrlin, berlin, 1", "bxrlxn, berlin, 2", "ebrlni, berlin, 2", "berlin, berl, 2",
        "xberlin, berlin, 1"
  })
  void countsEditsToTheBeginningOfAText(String query, String text, int errors) {
    assertThat(new TypingError(query, 2).between(text, 0)).isEqualTo(errors);
  }

  @Test
  void neverChangesADigit() {
    assertThat(new TypingError("item 12", 2).between("item 13", 0)).isGreaterThan(2);
    assertThat(new TypingError("item 12", 2).between("item 21", 0)).isGreaterThan(2);
    assertThat(new TypingError("itm 12", 2).between("item 12", 0)).isEqualTo(1);
  }

  @Test
  void skipsMarksAndStopsAtTheEndOfAValue() {
    String marked = FoldedText.ofValue("New York");
    assertThat(new TypingError("new york", 2).between(marked + "\0", 0)).isZero();
    assertThat(new TypingError("new yorker", 2).between(marked + "\0er", 0)).isEqualTo(2);
    assertThat(new TypingError("yrok", 1).inWords(marked)).isEqualTo(1);
  }

  @Test
  void walkingTheWordListFindsWhatJudgingEveryValueFinds() {
    Random random = new Random(3);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      texts.add(FoldedText.ofValue(text(random, 1 + random.nextInt(14))));
    }
    WordList words = WordList.unpack(WordList.pack(texts));
    int found = 0;
    for (int i = 0; i < 200; i++) {
      int most = 1 + random.nextInt(2);
      String query =
          FoldedText.withoutMarks(
              FoldedText.ofQuery(text(random, 4 + random.nextInt(6)).strip() + "a"));
      TypingError judge = new TypingError(query, most);
      List<int[]> near = words.near(query, most, texts.size());
      for (int rank = 0; rank < texts.size(); rank++) {
        int expected = Math.min(judge.inWords(texts.get(rank)), most + 1);
        int walked = most + 1;
        for (int errors = most; errors >= 0; errors--) {
          if (Arrays.binarySearch(near.get(errors), rank) >= 0) {
            walked = errors;
          }
        }
        if (walked != expected) {
          fail("%s in %s: walked to %s, judged %s", query, texts.get(rank), walked, expected);
        }
        found += expected <= most ? 1 : 0;
      }
    }
    assertThat(found).isGreaterThan(500);
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("aabbcd 1東".charAt(random.nextInt(9)));
    }
    return text.toString();
  }
}
