package io.caravan.connectorsync.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetAsideTest {
  private final TestDatasets test = new TestDatasets();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":2,\"v\":\"a\\u0000b\"} | it holds a NUL character, which PostgreSQL cannot store",
        "{\"id\":2,\"v\":{\"x\":[\"\\u0000\"]}} | it holds a NUL character, which PostgreSQL cannot"
            + " store",
        "{\"id\":2,\"n\\u0000\":1} | it holds a NUL character, which PostgreSQL cannot store",
        "{\"id\":2,\"v\":\"\\ud800\"} | it holds half a character (a lone surrogate)",
        "{\"id\":2,\"v\":{\"x\":\"\\udc00\"}} | it holds half a character (a lone surrogate)",
        "{\"v\":\"x\"} | its primary key is missing (id)",
        "{\"id\":null} | its primary key is missing (id)",
        "{\"id\":[2]} | its primary key is no single value (id)",
        "[1] | it is no object",
        "\"x\" | it is no object",
        "{\"id\":2,\"v\":1e1001} | it holds a number of more than 1,000 digits",
        "{\"id\":2,\"v\":[1e999999999999]} | it holds a number with too large an exponent",
        "{\"v\":1e-999999999999,\"id\":2} | it holds a number with too large an exponent",
      })
  void aRecordThatCannotBeStoredDoesNotStopTheOthers(String record, String reason) {
    LoadResult result = test.load("[{\"id\":1},%s,{\"id\":3}]".formatted(record));

    assertThat(result.version().setAside()).isEqualTo(1);
    assertThat(result.fetched()).isEqualTo(3);
    assertThat(result.processed()).isEqualTo(2);
    assertThat(test.rows("id")).extracting(row -> row.get("id")).containsExactly(1L, 3L);
    assertThat(setAside(result))
        .extracting(SetAsideRecord::position, SetAsideRecord::reason)
        .containsExactly(tuple(2L, reason));
    assertThat(setAside(result).getFirst().record())
        .satisfiesAnyOf(
            shown -> assertThat(shown).isNotEmpty(),
            shown -> assertThat(reason).contains("exponent"));
  }

  /** It is in the source, so it is not gone; and of whatever has no key, nobody can say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":2,\"v\":\"a\\u0000b\"} | 1",
        "{\"id\":2,\"v\":1e999999999999} | 1",
        "{\"ident\":2} | 0",
        "\"x\" | 0",
      })
  void whatWasSetAsideIsNotRemoved(String record, long removed) {
    test.load("[{\"id\":1},{\"id\":2,\"v\":\"good\"},{\"id\":3}]");

    LoadResult result = test.load("[{\"id\":1},%s]".formatted(record));

    assertThat(test.rows("v").get(1).get("v")).isEqualTo("good");
    assertThat(test.value("count(*) filter (where id = 2 and _removed_at is null)")).isEqualTo(1L);
    assertThat(result.version().removed()).isEqualTo(removed);
    assertThat(result.version().complete()).isEqualTo(removed > 0);
    assertThat(result.version().unchanged()).isEqualTo(1);
    assertThat(result.version().repeated()).isZero();
    assertThat(test.load("[{\"id\":1}]").version().removed()).isEqualTo(2 - removed);
  }

  @Test
  void rowsKnownByAnotherKeyAreRemovedAlthoughARecordIsSetAside() {
    test.load("[{\"id\":1,\"code\":\"a\"}]");

    LoadResult result = test.load("[{\"id\":1,\"code\":\"a\"},{\"id\":2}]", true, "code");

    assertThat(result.version().removed()).isEqualTo(1);
    assertThat(test.rows("_key, _removed_at is null as live").toString())
        .contains("{_key=a, live=true}", "{_key=1, live=false}");
  }

  private List<SetAsideRecord> setAside(LoadResult result) {
    return test.datasets.setAside(result.datasetId(), result.version().syncId());
  }

  @Test
  void aRecordThatIsNestedTooDeepDoesNotStopTheOthers() {
    LoadResult result =
        test.load(
            "[{\"id\":1},{\"id\":2,\"v\":%s1%s},{\"id\":3,\"v\":%s1%s}]"
                .formatted("[".repeat(1_001), "]".repeat(1_001), "[".repeat(900), "]".repeat(900)));

    assertThat(setAside(result))
        .extracting(SetAsideRecord::position, SetAsideRecord::reason)
        .containsExactly(tuple(2L, "it is nested deeper than 1,000 levels"));
    assertThat(test.rows("id")).extracting(row -> row.get("id")).containsExactly(1L, 3L);
  }

  @Test
  void aRecordOfTenMegabytesIsStoredAndALargerOneIsSetAside() {
    String much = "x".repeat(10_000_000);
    String tooMuch = "y".repeat(10 * 1024 * 1024);
    String many = "1,".repeat(6_000_000);

    LoadResult result =
        test.load(
            "{\"id\":1,\"v\":\"%s\"}\n{\"id\":2,\"v\":\"%s\"}\n{\"id\":3,\"v\":[%s1]}\n{\"id\":4}"
                .formatted(much, tooMuch, many));

    assertThat(setAside(result))
        .extracting(SetAsideRecord::position, SetAsideRecord::reason)
        .containsExactly(
            tuple(2L, "it is larger than 10,485,760 bytes"),
            tuple(3L, "it is larger than 10,485,760 bytes"));
    assertThat(test.rows("id, length(v) as n"))
        .extracting(row -> row.get("id"), row -> row.get("n"))
        .containsExactly(tuple(1L, 10_000_000), tuple(4L, null));
  }

  @Test
  void whatPostgresqlRefusesIsFoundAmongTheOthers() {
    // Each text is stored beside the row, and the references to them are too many for a page.
    String fields =
        IntStream.range(0, 900)
            .mapToObj(i -> "\"f%d\":\"%s\"".formatted(i, "some text %d ".formatted(i).repeat(3)))
            .collect(Collectors.joining(","));

    LoadResult result = test.load("[{\"id\":1},{\"id\":2,%s},{\"id\":3}]".formatted(fields));

    assertThat(test.rows("id")).extracting(row -> row.get("id")).containsExactly(1L, 3L);
    assertThat(setAside(result))
        .extracting(SetAsideRecord::position, SetAsideRecord::reason)
        .containsExactly(tuple(2L, "PostgreSQL does not take it (SQLSTATE 54000)"));
    assertThat(result.processed()).isEqualTo(2);
  }

  @Test
  void aKeyThatNoIndexHoldsIsSetAside() {
    LoadResult result =
        test.load(
            "[{\"id\":\"%s\"},{\"id\":\"%s\"}]".formatted("é".repeat(1_301), "é".repeat(1_300)));

    assertThat(result.version().setAside()).isEqualTo(1);
    assertThat(test.rows("id")).hasSize(1);
  }

  @Test
  void allAreCountedAndTheFirstThousandKeptShort() {
    String bad = "{\"v\":\"%s\"}".formatted("z".repeat(20_000));
    LoadResult result = test.load("[{\"id\":1},%s%s]".formatted(bad, ",{\"v\":1}".repeat(1_199)));

    assertThat(result.version().setAside()).isEqualTo(1_200);
    assertThat(setAside(result)).hasSize(1_000);
    assertThat(setAside(result).getFirst().record()).hasSize(10_000).startsWith("{\"v\":\"zzz");
  }
}
