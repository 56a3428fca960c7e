package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A large column is searched on another way than a small one; nobody may be able to tell. */
class LargeColumnTest {
  private static final Caravans CARAVAN = new Caravans();
  private static final List<ValueCount> VALUES = values();
  private static final ValueList EXPECTED = ValueList.unpack(ValueList.pack(VALUES));

  @AfterAll
  static void close() {
    CARAVAN.close();
  }

  private static List<ValueCount> values() {
    String[] parts = {
      "Ber", "lin", "Düs", "sel", "dorf", "Mün", "chen", "new", "port", "land", "Ø", "st", "東", "京",
      "大阪", "x", "'", "%", "_", "12", "7", " ", " ", " ", "-", "/", "Łó", "dź", "😀", "an", "er"
    };
    Random random = new Random(4);
    Set<String> texts = new LinkedHashSet<>();
    while (texts.size() < 5000) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(1, 7); i > 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      texts.add(text.toString());
    }
    List<ValueCount> values = new ArrayList<>();
    texts.forEach(text -> values.add(new ValueCount(text, random.nextInt(1, 400))));
    return RankedValues.of(values);
  }

  @Test
  void answersLikeASmallColumn() {
    var column = CARAVAN.withValues(VALUES);
    assertThat(
            CARAVAN
                .jdbc
                .sql("select large from valuesync.searchable_column where id = ?")
                .param(column.id)
                .query(Boolean.class)
                .single())
        .isTrue();
    Random random = new Random(5);
    int misspelt = 0;
    for (int i = 0; i < 1500; i++) {
      String q = query(random);
      int limit = random.nextInt(1, 30);
      SearchQuery query = SearchQuery.of(q, limit);
      List<Match> expected = EXPECTED.search(query);
      misspelt += expected.stream().anyMatch(m -> m.matchClass() == MatchClass.ONE_EDIT) ? 1 : 0;

      SearchResult found = column.search(q, limit);

      assertThat(found.values())
          .as("q=%s limit=%s", q, limit)
          .isEqualTo(
              expected.stream()
                  .limit(limit)
                  .map(m -> new FoundValue(m.value(), m.count()))
                  .toList());
      assertThat(found.truncated()).isEqualTo(expected.size() > limit);
    }
    assertThat(misspelt).isGreaterThan(100);
  }

  private static String query(Random random) {
    String text = VALUES.get(random.nextInt(VALUES.size())).value();
    int from = random.nextInt(3) == 0 ? 0 : random.nextInt(text.length());
    StringBuilder q =
        new StringBuilder(text.substring(from, random.nextInt(from, text.length()) + 1));
    for (int errors = random.nextInt(3); errors > 0; errors--) {
      int at = random.nextInt(q.length());
      switch (random.nextInt(3)) {
        case 0 -> q.insert(at, 'e');
        case 1 -> q.setCharAt(at, 'o');
        default -> q.append('n');
      }
    }
    return q.toString();
  }

  @Test
  void movesBetweenSmallAndLarge() {
    var column = CARAVAN.withValues("Bremen");
    column.store(VALUES);
    assertThat(column.find("bremen")).isEmpty();
    column.store(List.of(new ValueCount("Bremen", 1)));

    assertThat(column.find("")).containsExactly("Bremen");
    for (String table : List.of("large_value", "large_gram", "large_word")) {
      assertThat(
              CARAVAN
                  .jdbc
                  .sql(
                      "select count(*) from valuesync."
                          + table
                          + " join valuesync.searchable_column using (column_no) where id = ?")
                  .param(column.id)
                  .query(Integer.class)
                  .single())
          .as(table)
          .isZero();
    }
  }
}
