package io.caravan.connectorsync.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

/** Records that a later load knows by their text, of which it reads no more than the key. */
class UnreadRecordsTest {
  private final TestDatasets test = new TestDatasets();

  private DatasetVersion load(byte[] page, String path) throws IOException {
    try (DatasetLoad load = test.begin("id")) {
      load.records(new ByteArrayInputStream(page), JsonPointer.compile(path));
      return load.commit(true, null).version();
    }
  }

  private void marked() {
    test.jdbc.sql("update %s set _hash = '\\x00'".formatted(test.table())).update();
  }

  @Test
  void aRecordOfTheSameTextIsNotReadAgain() {
    test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":\"two\",\"v\":[1,{\"id\":9}]}]");
    marked();

    DatasetVersion version =
        test.load("[{\"id\":\"two\",\"v\":[1,{\"id\":9}]}, {\"id\":1,\"v\":\"a\"}]").version();

    assertThat(version.unchanged())
        .as("its content would differ from what is noted here as its hash")
        .isEqualTo(2);
    assertThat(test.load("[{\"id\":1, \"v\":\"a\"},{\"id\":2}]").version().updated()).isEqualTo(1);
  }

  /** Neither the order of the fields nor spaces nor nulls are a change. */
  @Test
  void anotherFormOfTheSameContentIsNoChange() {
    test.load("[{\"id\":1,\"v\":\"a\",\"w\":2},{\"id\":2,\"v\":\"b\"}]");

    DatasetVersion version =
        test.load("[{ \"w\":2,\"v\":\"\\u0061\",\"id\":1},{\"id\":2,\"v\":\"b\",\"x\":null}]")
            .version();

    assertThat(version.unchanged()).isEqualTo(2);
    assertThat(version.version()).isEqualTo(1);
  }

  /** A source whose form changed for good is not slow for good. */
  @Test
  void anotherFormIsNotedWithoutBeingAChange() {
    test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"b\"}]");
    Object changedAt = test.value("max(_changed_at)");
    String other = "[{\"v\":\"a\",\"id\":1},{\"v\":\"b\",\"id\":2},{\"v\":\"c\",\"id\":3}]";
    test.load(other);

    assertThat(test.rows("_version").stream().map(row -> row.get("_version")))
        .containsExactly(1L, 1L, 2L);
    assertThat(test.value("min(_changed_at)")).isEqualTo(changedAt);
    marked();
    assertThat(test.load(other).version().unchanged())
        .as("its content would differ from what is noted here as its hash")
        .isEqualTo(3);
  }

  /** A source whose form is another one each time does not have every row written anew. */
  @Test
  void aLoadNotesABoundedNumberOfOtherForms() {
    String records =
        IntStream.range(0, 6_000)
            .mapToObj("{\"id\":%d}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    test.load(records);
    test.jdbc.sql("update %s set _text_hash = null".formatted(test.table())).update();
    List<Long> noted = new ArrayList<>();
    for (int load = 0; load < 4; load++) {
      assertThat(test.load(records).version().unchanged()).isEqualTo(6_000);
      noted.add((Long) test.value("count(_text_hash)"));
    }

    assertThat(noted.getFirst()).isBetween(2_000L, 2_600L);
    assertThat(noted.getLast()).as("but all are noted in the end").isEqualTo(6_000);
  }

  @Test
  void aDryRunNotesNothing() throws IOException {
    test.load("[{\"id\":1,\"v\":\"a\"}]");
    String before = test.rows("_text_hash::text, xmin::text").toString();

    try (DatasetLoad load =
        test.datasets.begin(
            test.connector,
            "My Shop",
            TestDatasets.RESOURCE,
            List.of("id"),
            UUID.randomUUID(),
            true)) {
      load.records(TestDatasets.page("[{\"v\":\"a\",\"id\":1}]"), JsonPointer.empty());
      assertThat(load.commit(true, null).version().unchanged()).isEqualTo(1);
    }

    assertThat(test.rows("_text_hash::text, xmin::text")).hasToString(before);
    assertThat(test.dataset().status()).isEqualTo(DatasetStatus.READY);
  }

  /** The parser reads 8 000 bytes at once; a record may begin and end anywhere in them. */
  @ParameterizedTest
  @ValueSource(strings = {"", "/data", "/data/list"})
  void textsAreFoundWhereverTheyStandInAPage(String path) throws IOException {
    String records =
        IntStream.range(0, 400)
            .mapToObj(i -> "{\"id\":%d,\"v\":\"%s\"}".formatted(i, "é€😀".repeat(i % 37)))
            .collect(Collectors.joining(" ,\n", "[", "]"));
    String page =
        switch (path) {
          case "" -> records;
          case "/data" -> "{\"total\":400,\"data\":" + records + ",\"more\":false}";
          default -> "{\"data\":{\"id\":7,\"list\":" + records + "},\"end\":[{\"id\":1}]}";
        };
    for (int shift = 0; shift < 3; shift++) {
      load((" ".repeat(shift * 11) + page).getBytes(StandardCharsets.UTF_8), path);
      if (shift == 0) {
        marked();
      }
    }

    assertThat(test.dataset().version()).as("nothing seemed to change").isEqualTo(1);
    DatasetVersion changed =
        load(
            page.replace("\"id\":399,", "\"id\":399,\"w\":1,").getBytes(StandardCharsets.UTF_8),
            path);
    assertThat(changed.updated()).isEqualTo(1);
    assertThat(changed.unchanged()).isEqualTo(399);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aMarkOfTheByteOrderIsNoPartOfARecord(String charset) throws IOException {
    byte[] page = "\uFEFF[{\"id\":1,\"v\":\"é\"}]".getBytes(Charset.forName(charset));
    load(page, "");

    assertThat(load(page, "").unchanged()).isEqualTo(1);
    assertThat(test.rows("id::text as id, v")).containsExactly(Map.of("id", "1", "v", "é"));
  }

  /** As read: the number -0 is 0, and 1e2 has no other text than its own. */
  @ParameterizedTest
  @ValueSource(strings = {"-0", "1.50", "1e2", "true", "123456789012345678901234567890", "\"\\n\""})
  void aKeyIsTheSameWhetherReadOrNot(String key) {
    String record = "[{\"id\":%s,\"v\":1}]".formatted(key);
    test.load(record);
    Object first = test.value("_key");

    assertThat(test.load(record).version().unchanged()).isEqualTo(1);
    assertThat(test.load(record.replace("1}", "2}")).version().updated()).isEqualTo(1);
    assertThat(test.value("_key")).isEqualTo(first);
  }

  @Test
  void theLastValueOfAFieldThatComesTwiceIsTheKeys() {
    test.load("[{\"id\":1,\"id\":2}]");

    assertThat(test.load("[{\"id\":1,\"id\":2}]").version().unchanged()).isEqualTo(1);
    assertThat(test.load("[{\"id\":{\"a\":1},\"id\":2,\"v\":1}]").version().updated()).isEqualTo(1);
    assertThat(test.value("_key")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"v\":1}", "{\"id\":null}", "{\"id\":[1]}", "{\"id\":\"\\u0000\"}", "7"})
  void aRecordWithoutAKeyIsSetAsideWithItsContent(String record) {
    test.load("[{\"id\":1}]");

    LoadResult result = test.load("[{\"id\":1},%s]".formatted(record));

    assertThat(result.version().setAside()).isEqualTo(1);
    assertThat(result.version().unchanged()).isEqualTo(1);
    assertThat(
            test.datasets
                .setAside(result.datasetId(), result.version().syncId())
                .getFirst()
                .record())
        .isNotEmpty();
  }

  /** What only who reads a record finds out is said of the page, as at the first load. */
  @Test
  void whatIsNoUtf8EndsTheLoad() throws IOException {
    test.load("[{\"id\":1,\"v\":\"a\"}]");
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    page.writeBytes("[{\"id\":1,\"v\":\"".getBytes(StandardCharsets.UTF_8));
    page.write(0xFF);
    page.writeBytes("\"}]".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> load(page.toByteArray(), ""))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no JSON");
    assertThat(test.value("v")).isEqualTo("a");
  }

  /** The row that was made for the narrower column is stored before it is widened. */
  @Test
  void aColumnIsWidenedInTheMiddleOfABatch() {
    test.load("[{\"id\":1,\"v\":1},{\"id\":2,\"v\":2},{\"id\":3,\"v\":3}]");

    DatasetVersion version =
        test.load("[{\"id\":1,\"v\":10},{\"id\":2,\"v\":\"b\"},{\"id\":3,\"v\":3}]").version();

    assertThat(version.updated()).isEqualTo(2);
    assertThat(test.rows("v").stream().map(row -> row.get("v")).toList())
        .isEqualTo(List.of("10", "b", "3"));
  }

  /** What sources other than pages of JSON bring. */
  @Test
  void recordsThatWereNeverTextAreKnown() {
    for (int round = 0; round < 2; round++) {
      try (DatasetLoad load = test.begin("id")) {
        load.record(TestDatasets.json("{\"id\":1,\"v\":\"é\"}"));
        load.commit(true, null);
      }
      if (round == 0) {
        marked();
      }
    }

    assertThat(test.dataset().version()).isEqualTo(1);
  }

  @Test
  void rowsFromBeforeTheirTextWasNotedAreKnownByTheirContent() throws IOException {
    test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"b\"}]");
    test.jdbc.sql("alter table %s drop column _text_hash".formatted(test.table())).update();
    test.jdbc
        .sql(
            new ClassPathResource("db/migration/V0020__connectorsync_text_hash.sql")
                .getContentAsString(StandardCharsets.UTF_8))
        .update();

    DatasetVersion version = test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"c\"}]").version();

    assertThat(version.unchanged()).isEqualTo(1);
    assertThat(version.updated()).isEqualTo(1);
    assertThat(test.value("count(_text_hash)")).isEqualTo(2L);
  }
}
