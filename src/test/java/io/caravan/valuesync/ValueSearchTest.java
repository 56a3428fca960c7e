package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ValueSearchTest {
  private static final Caravans CARAVAN = new Caravans();

  @AfterAll
  static void close() {
    CARAVAN.close();
  }

  @Test
  void putsTheExactValueFirstAmongHundredsThatContainIt() {
    List<ValueCount> values = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      values.add(new ValueCount("XE-" + i, 1000 + i));
      values.add(new ValueCount("Deluxe " + i, 5000 + i));
    }
    values.add(new ValueCount("XE", 1));

    SearchResult found = CARAVAN.withValues(values).search("XE", 10);

    assertThat(found.values()).first().isEqualTo(new FoundValue("XE", 1));
    assertThat(found.values().get(1).value()).isEqualTo("XE-299");
    assertThat(found.truncated()).isTrue();
    assertThat(found.total()).isEqualTo(601);
  }

  @Test
  void ordersByClassThenFrequencyThenValue() {
    var column =
        CARAVAN.withValues(
            List.of(
                new ValueCount("Highland Park", 900),
                new ValueCount("Newlands", 800),
                new ValueCount("The Land", 5),
                new ValueCount("No land", 5),
                new ValueCount("Landshut", 3),
                new ValueCount("Landau", 4),
                new ValueCount("land", 1)));

    assertThat(column.find("Land"))
        .containsExactly(
            "land", "Landau", "Landshut", "No land", "The Land", "Highland Park", "Newlands");
  }

  @Test
  void prefersTheSameSpellingAmongExactOnes() {
    assertThat(CARAVAN.withValues("xe", "Xé", "XE").find("XE")).containsExactly("XE", "xe", "Xé");
  }

  @Test
  void givesTheMostFrequentValuesWhenNothingIsTyped() {
    var column = CARAVAN.withValues("b", "a", "c");

    assertThat(column.find(null)).containsExactly("b", "a", "c");
    assertThat(column.find(" ")).containsExactly("b", "a", "c");
    assertThat(column.search("", 2).truncated()).isTrue();
    assertThat(column.search("", 3).truncated()).isFalse();
  }

  @Test
  void takesWildcardsAndQuotesAsData() {
    var column =
        CARAVAN.withValues(
            "100 %", "a_b", "a\\b", "it's", "tab\there", "line\nbreak", "axb", "1000");

    assertThat(column.find("%")).containsExactly("100 %");
    assertThat(column.find("a_")).containsExactly("a_b");
    assertThat(column.find("a\\")).containsExactly("a\\b");
    assertThat(column.find("it's")).containsExactly("it's");
    assertThat(column.find("tab\there")).containsExactly("tab\there");
    assertThat(column.find("line\nbreak")).containsExactly("line\nbreak");
  }

  @Test
  void findsAThousandAccentedValuesByTheirPlainAndTheirAccentedForm() {
    String[] accented = {"é", "ü", "ñ", "å", "ç", "ø", "ł", "ß", "İ", "ž"};
    String[] plain = {"e", "u", "n", "a", "c", "o", "l", "ss", "i", "z"};
    List<ValueCount> values = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      values.add(new ValueCount("Stra" + accented[i % 10] + "e" + i + "x", 1));
    }
    var column = CARAVAN.withValues(values);

    for (int i = 0; i < 1000; i++) {
      String value = values.get(i).value();
      assertThat(column.find(value)).first().isEqualTo(value);
      assertThat(column.find("stra" + plain[i % 10] + "E" + i + "X")).first().isEqualTo(value);
    }
  }

  @Test
  void findsWordsInScriptsWithoutSpaces() {
    var column = CARAVAN.withValues("日本東京都", "東大阪", "大阪府", "한국 서울", "がく", "กรุงเทพ");

    assertThat(column.find("東")).containsExactly("東大阪", "日本東京都");
    assertThat(column.find("大阪")).containsExactly("大阪府", "東大阪");
    assertThat(column.find("서울")).containsExactly("한국 서울");
    assertThat(column.find("が")).containsExactly("がく");
    assertThat(column.find("か")).isEmpty();
    assertThat(column.find("เทพ")).containsExactly("กรุงเทพ");
  }

  @Test
  void toleratesOneTypingErrorFromFourLettersAndTwoFromEight() {
    var column = CARAVAN.withValues("Berlin", "New York", "Düsseldorf", "Kiel", "Bern");

    assertThat(column.find("Brelin")).containsExactly("Berlin");
    assertThat(column.find("Berln")).startsWith("Berlin");
    assertThat(column.find("Bxrlin")).containsExactly("Berlin");
    assertThat(column.find("Berrlin")).containsExactly("Berlin");
    assertThat(column.find("yrok")).containsExactly("New York");
    assertThat(column.find("new yrok")).containsExactly("New York");
    assertThat(column.find("kei")).isEmpty();
    assertThat(column.find("dsseldrof")).containsExactly("Düsseldorf");
    assertThat(column.find("dssedrof")).isEmpty();
    assertThat(column.find("dusel")).containsExactly("Düsseldorf");
  }

  @Test
  void neverGuessesADigit() {
    assertThat(CARAVAN.withValues("order 12", "order 13", "order 123").find("order 12"))
        .containsExactly("order 12", "order 123");
  }

  @Test
  void liststypingErrorsAfterEveryBetterMatch() {
    assertThat(CARAVAN.withValues("Kassel", "Kessel", "Eisenkessel").find("kessel"))
        .containsExactly("Kessel", "Eisenkessel", "Kassel");
  }

  @Test
  void saysWhetherThereIsMore() {
    var column = CARAVAN.withValues("aa", "ab", "ac");

    assertThat(column.search("a", 2).truncated()).isTrue();
    assertThat(column.search("a", 3).truncated()).isFalse();
  }

  @Test
  void tellsCompletenessTotalAndAge() {
    var column = CARAVAN.column();
    assertThat(column.search("a", 10))
        .isEqualTo(new SearchResult(List.of(), false, false, 0, null));

    CARAVAN.stored.replace(
        column.id,
        List.of(new ValueCount("a", 1)),
        new ReplaceOptions(false, false, 77, null, false));

    SearchResult found = column.search("a", 10);
    assertThat(found.complete()).isFalse();
    assertThat(found.total()).isEqualTo(77);
    assertThat(found.asOf()).isEqualTo(column.state().lastSyncedAt()).isNotNull();
  }

  @Test
  void searchesTheWholeSourceAndAddsUpTheSameValue() {
    UUID source = CARAVAN.dataSource();
    var states =
        CARAVAN.columns.replace(
            source,
            List.of(
                Caravans.column("city", "name"),
                Caravans.column("city", "region"),
                Caravans.column("club", "name")));
    for (var state : states) {
      List<ValueCount> values =
          List.of(new ValueCount("Bremen", 5), new ValueCount(state.tableName(), 1));
      CARAVAN.stored.replace(state.id(), values, Caravans.complete(values));
    }

    assertThat(CARAVAN.search.search(source, null, null, null, "bre", 10).values())
        .containsExactly(new FoundValue("Bremen", 15));
    assertThat(CARAVAN.search.search(source, "public", "city", null, "bre", null).values())
        .containsExactly(new FoundValue("Bremen", 10));
    assertThat(CARAVAN.search.search(source, null, null, "name", "c", 10).values())
        .containsExactly(new FoundValue("city", 1), new FoundValue("club", 1));
  }

  @Test
  void takesAllDatabasesWhenANameStandsInSeveral() {
    UUID source = CARAVAN.dataSource();
    var states =
        CARAVAN.columns.replace(
            source,
            List.of(
                new SearchableColumn("north", "public", "city", "name", null, null),
                new SearchableColumn("south", "public", "city", "name", null, null)));
    for (var state : states) {
      List<ValueCount> values = List.of(new ValueCount("city of the " + state.databaseName(), 1));
      CARAVAN.stored.replace(state.id(), values, Caravans.complete(values));
    }

    assertThat(CARAVAN.search.search(source, "public", "city", "name", "city", 10).values())
        .extracting(FoundValue::value)
        .containsExactly("city of the north", "city of the south");
  }

  @Test
  void neverShowsAnotherDataSourcesValues() {
    var ours = CARAVAN.withValues("secret plan of ours");
    var theirs = CARAVAN.withValues("secret plan of theirs");

    assertThat(ours.find("secret")).containsExactly("secret plan of ours");
    assertThat(theirs.find("secret")).containsExactly("secret plan of theirs");
    assertThat(CARAVAN.search.search(theirs.source, null, null, null, "ours", 10).values())
        .isEmpty();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    var column = CARAVAN.withValues("a");
    UUID unknown = UUID.randomUUID();

    assertThatThrownBy(() -> CARAVAN.search.search(unknown, null, null, null, "a", 10))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(unknown.toString());
    assertThatThrownBy(
            () -> CARAVAN.search.search(column.source, "public", "city", "mayor", "a", 10))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("mayor");
    for (int limit : new int[] {0, 101, -1}) {
      assertThatThrownBy(() -> column.search("a", limit)).isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void forgetsADeletedDataSourceAtOnce() {
    var column = CARAVAN.withValues("a");
    CARAVAN
        .jdbc
        .sql("update caravan.data_sources set deleted_at = now() where id = ?")
        .param(column.source)
        .update();

    assertThatThrownBy(() -> column.find("a")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void answersToAnyInput() {
    var column = CARAVAN.withValues("value");

    for (String q :
        new String[] {"\0", "\u0001", "\uD800", "-", "́", "x".repeat(100_000), "value\0"}) {
      assertThat(column.find(q)).hasSizeLessThan(2);
    }
  }
}
