package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.NotFoundException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StoredValuesTest {
  private static final Caravans CARAVAN = new Caravans();

  @AfterAll
  static void close() {
    CARAVAN.close();
  }

  private static List<ValueCount> values(String... values) {
    return List.of(values).stream().map(v -> new ValueCount(v, 1)).toList();
  }

  @Test
  void countsWhatIsNewExistingAndRemoved() {
    var column = CARAVAN.column();

    assertThat(column.store(values("a", "b", "c"))).isEqualTo(new ReplaceResult(3, 0, 3, 0));
    assertThat(column.store(values("b", "c", "d", "e"))).isEqualTo(new ReplaceResult(4, 2, 2, 1));
    assertThat(column.store(values("b", "c", "d", "e"))).isEqualTo(new ReplaceResult(4, 4, 0, 0));
  }

  @Test
  void removedValuesAreGoneAtOnceAndComeBackWhenSeenAgain() {
    var column = CARAVAN.withValues("Ulm", "Jena");
    assertThat(column.find("jena")).containsExactly("Jena");

    column.store(values("Ulm"));
    assertThat(column.find("jena")).isEmpty();
    assertThat(removedRows(column)).isEqualTo(1);

    assertThat(column.store(values("Ulm", "Jena"))).isEqualTo(new ReplaceResult(2, 1, 1, 0));
    assertThat(column.find("jena")).containsExactly("Jena");
    assertThat(removedRows(column)).isZero();
  }

  @Test
  void keepsRemovedValuesSevenDays() {
    var column = CARAVAN.withValues("old", "recent", "present");
    column.store(values("present"));
    CARAVAN
        .jdbc
        .sql(
            "update valuesync.stored_value set removed_at = now() - interval '7 days 1 minute'"
                + " where value = 'old'")
        .update();
    CARAVAN
        .jdbc
        .sql(
            "update valuesync.stored_value set removed_at = now() - interval '6 days 23 hours'"
                + " where value = 'recent'")
        .update();

    CARAVAN.stored.purge();

    assertThat(rows(column)).containsExactlyInAnyOrder("recent", "present");
  }

  @Test
  void anEmptyListDoesNotReplaceAFullOne() {
    var column = CARAVAN.withValues("Ulm");

    assertThatThrownBy(() -> column.store(List.of()))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.BRAKE))
        .hasMessageContaining("shop.public.city.name")
        .hasMessageContaining("force");

    assertThat(column.find("ulm")).containsExactly("Ulm");
    assertThat(column.state().storedValuesStatus()).isEqualTo("suspect");
    assertThat(column.state().storedValuesError()).contains("empty");
  }

  @Test
  void anEmptyListReplacesAFullOneWhenForced() {
    var column = CARAVAN.withValues("Ulm");

    ReplaceResult result =
        CARAVAN.stored.replace(column.id, List.of(), new ReplaceOptions(true, true, 0, null, true));

    assertThat(result).isEqualTo(new ReplaceResult(0, 0, 0, 1));
    assertThat(column.find("ulm")).isEmpty();
    assertThat(column.state().storedValuesStatus()).isEqualTo("success");
  }

  @Test
  void anEmptyColumnMayStayEmpty() {
    assertThat(CARAVAN.column().store(List.of())).isEqualTo(new ReplaceResult(0, 0, 0, 0));
  }

  @Test
  void recordsWhatIsKnownAboutTheColumn() {
    var column = CARAVAN.column();
    var state = JsonNodeFactory.instance.objectNode().put("rows", 12);

    CARAVAN.stored.replace(
        column.id, values("a", "b"), new ReplaceOptions(false, true, 900, state, false));

    assertThat(column.state())
        .extracting("storedValuesStatus", "storedValuesError", "storedValuesCount", "complete")
        .containsExactly("success", null, 2L, false);
    assertThat(CARAVAN.columns.forSync(column.id)).get().extracting("tableState").isEqualTo(state);
  }

  @Test
  void newCountsAreShown() {
    var column = CARAVAN.withValues("a", "b");

    column.store(List.of(new ValueCount("a", 1), new ValueCount("b", 50)));

    assertThat(column.search("", 10).values())
        .containsExactly(new FoundValue("b", 50), new FoundValue("a", 1));
  }

  @Test
  void storesAnythingATextCanHold() {
    String big = "ä€😀".repeat(20_000);
    var column = CARAVAN.column();

    column.store(
        values(
            "", " ", "\\N", "\\.", "a\tb", "a\nb\r", "it's", "{\"a\":[1]}", "😀", big, big + "x"));

    assertThat(rows(column))
        .containsExactlyInAnyOrder(
            "", " ", "\\N", "\\.", "a\tb", "a\nb\r", "it's", "{\"a\":[1]}", "😀", big, big + "x");
    assertThat(column.search("", 100).values())
        .extracting(FoundValue::value)
        .contains(big, big + "x", "\\.");
  }

  @Test
  void replacesWhatNoTextCanHoldAndMergesWhatBecomesTheSame() {
    var column = CARAVAN.column();

    ReplaceResult result =
        column.store(
            List.of(
                new ValueCount("a\0b", 2),
                new ValueCount("a\uFFFDb", 3),
                new ValueCount("\uD800", 1)));

    assertThat(result.processedCount()).isEqualTo(2);
    assertThat(column.search("", 10).values())
        .containsExactly(new FoundValue("a\uFFFDb", 5), new FoundValue("\uFFFD", 1));
  }

  @Test
  void valuesThatDifferOnlyAtTheEndAreDifferent() {
    String same = "x".repeat(5_000);
    var column = CARAVAN.column();

    assertThat(column.store(values(same + "1", same + "2", "Aa", "BB")).newCount()).isEqualTo(4);
    assertThat(column.store(values(same + "1", same + "2", "Aa", "BB")))
        .isEqualTo(new ReplaceResult(4, 4, 0, 0));
  }

  @Test
  void twoWritersOfOneColumnTakeTurns() throws Exception {
    var column = CARAVAN.column();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ReplaceResult>> all =
          IntStream.range(0, 12)
              .mapToObj(n -> threads.submit(() -> column.store(values("common", "of " + n % 3))))
              .toList();
      for (Future<ReplaceResult> one : all) {
        assertThat(one.get().processedCount()).isEqualTo(2);
      }
    }
    assertThat(rows(column))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrder("common", "of 0", "of 1", "of 2");
    assertThat(column.search("", 10).values()).hasSize(2);
  }

  @Test
  void aReaderNeverSeesAHalf() throws Exception {
    var column = CARAVAN.column();
    List<ValueCount> odd = numbered("odd", 600);
    List<ValueCount> even = numbered("even", 900);
    column.store(even);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  column.store(i % 2 == 0 ? odd : even);
                }
              });
      int seen = 0;
      while (!writer.isDone() || seen == 0) {
        SearchResult found = column.search("", 100);
        assertThat(found.values()).hasSize(100);
        String kind = found.values().getFirst().value().substring(0, 3);
        assertThat(found.values()).allMatch(v -> v.value().startsWith(kind));
        assertThat(found.total()).isEqualTo(kind.equals("odd") ? 600 : 900);
        seen++;
      }
      writer.get();
    }
  }

  @Test
  void refusesAColumnThatIsNotThere() {
    UUID unknown = UUID.randomUUID();

    assertThatThrownBy(
            () -> CARAVAN.stored.replace(unknown, values("a"), Caravans.complete(values("a"))))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(unknown.toString());
  }

  private static List<ValueCount> numbered(String name, int n) {
    return IntStream.range(0, n).mapToObj(i -> new ValueCount(name + i, 1)).toList();
  }

  private static List<String> rows(Caravans.Column column) {
    return CARAVAN
        .jdbc
        .sql(
            """
            select v.value from valuesync.stored_value v join valuesync.searchable_column c using (column_no)
            where c.id = ?
            """)
        .param(column.id)
        .query(String.class)
        .list();
  }

  private static int removedRows(Caravans.Column column) {
    return CARAVAN
        .jdbc
        .sql(
            """
            select count(*) from valuesync.stored_value v join valuesync.searchable_column c using (column_no)
            where c.id = ? and removed_at is not null
            """)
        .param(column.id)
        .query(Integer.class)
        .single();
  }
}
