package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a | a
          a, b | a;b
          a,b ,, c | a;b;c
          "Smith, John", Ada | Smith, John;Ada
          "say ""hi\""" | say "hi"
          " padded" | padded
          5" pipe | 5" pipe
          """)
  void isSplitAtCommasOutsideOfQuotes(String cell, String names) throws Exception {
    assertThat(String.join(";", NameList.split(cell)).strip()).isEqualTo(names.strip());
  }

  @Test
  void everyListOfNamesComesBack() throws Exception {
    Random random = new Random(7);
    String letters = "ab,\" \n'é;";
    for (int round = 0; round < 10_000; round++) {
      List<String> names = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        StringBuilder name = new StringBuilder();
        for (int length = random.nextInt(5); length > 0; length--) {
          name.append(letters.charAt(random.nextInt(letters.length())));
        }
        names.add(name.toString());
      }

      assertThat(NameList.split(NameList.join(names))).isEqualTo(names);
    }
  }
}
