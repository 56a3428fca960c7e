package io.caravan.connectorsync.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {
  private final TestDatasets test = new TestDatasets();

  @ParameterizedTest(name = "{0} and then {1} are {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true | false | boolean | true | false",
        "1 | 2 | bigint | 1 | 2",
        "1 | 1.50 | numeric | 1 | 1.50",
        "1.50 | 1 | numeric | 1.50 | 1",
        "1 | 9223372036854775808 | numeric | 1 | 9223372036854775808",
        "1e2 | 0.10 | numeric | 100 | 0.10",
        "1 | \"x\" | text | 1 | x",
        "1.50 | \"x\" | text | 1.50 | x",
        "\"x\" | 1.50 | text | x | 1.50",
        "\"x\" | 1e2 | text | x | 100",
        "true | 1 | text | true | 1",
        "\"2026-01-05\" | \"2026-02-05\" | date | 2026-01-05 | 2026-02-05",
        "\"2026-01-05\" | \"2026-02-30\" | text | 2026-01-05 | 2026-02-30",
        "\"2026-01-05\" | \"2026-01-05T08:30:00Z\" | text | 2026-01-05 | 2026-01-05T08:30:00Z",
        "\"2026-01-05T08:30:00.5+02:00\" | \"never\" | text | 2026-01-05T06:30:00.500000Z | never",
        "\"2026-01-05T08:30:00.123456789Z\" | \"2026-01-05T08:30:00Z\" | text |"
            + " 2026-01-05T08:30:00.123456789Z | 2026-01-05T08:30:00Z",
        "\"2026-01-05T08:30:00\" | null | text | 2026-01-05T08:30:00 | ``",
        "{\"a\":1} | [1] | jsonb | {\"a\": 1} | [1]",
        "1 | {\"a\":1} | jsonb | 1 | {\"a\": 1}",
        "\"x\" | [1] | jsonb | \"x\" | [1]",
        "[1] | \"x\" | jsonb | [1] | \"x\"",
        "\"2026-01-05T08:30:00Z\" | {} | jsonb | \"2026-01-05T08:30:00.000000Z\" | {}",
        "null | 7 | bigint | `` | 7",
      })
  void holdsBoth(String first, String second, String type, String one, String two) {
    String record = "{\"id\":%d,\"v\":%s}";
    String both = "[%s,%s]".formatted(record.formatted(1, first), record.formatted(2, second));
    // In one load, where the staging table is widened.
    test.load(both);
    List<Object> together = values();
    assertThat(test.type("v"))
        .isEqualTo(type.equals("timestamptz") ? "timestamp with time zone" : type);
    assertThat(together).containsExactly(empty(one), empty(two));

    // In two loads, where the dataset's table is.
    test.datasets.delete(test.connector);
    test.load("[" + record.formatted(1, first) + "]");
    DatasetVersion again = test.load(both).version();
    assertThat(values()).isEqualTo(together);
    assertThat(again.unchanged())
        .as("the hash is that of the value, not of the column")
        .isEqualTo(1);
    assertThat(again.added()).isEqualTo(1);
    assertThat(test.load(both).version().unchanged()).isEqualTo(2);
  }

  private static String empty(String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  private List<Object> values() {
    return test.rows("v::text as v").stream().map(row -> row.get("v")).toList();
  }

  @Test
  void momentsAreTheSameInEveryZone() {
    test.load("[{\"id\":1,\"v\":\"2026-01-05T08:30:00+02:00\"}]");

    assertThat(test.type("v")).isEqualTo("timestamp with time zone");
    assertThat(test.value("v = '2026-01-05T06:30:00Z'")).isEqualTo(true);
  }

  @Test
  void remembersWhatChanged() {
    test.load("[{\"id\":1,\"v\":1}]");

    LoadResult second = test.load("[{\"id\":1,\"v\":\"x\",\"w\":true},{\"id\":2,\"v\":1.5}]");

    assertThat(second.schemaChanges())
        .extracting(SchemaChange::column, SchemaChange::fromType, SchemaChange::toType)
        .containsExactly(tuple("v", "bigint", "text"), tuple("w", null, "boolean"));
    assertThat(test.datasets.schemaChanges(second.datasetId()))
        .extracting(SchemaChange::column, SchemaChange::fromType, SchemaChange::toType)
        .containsExactly(tuple("w", null, "boolean"), tuple("v", "bigint", "text"));
  }

  @Test
  void aFieldThatIsGoneStaysAColumn() {
    test.load("[{\"id\":1,\"v\":1}]");
    test.load("[{\"id\":1}]");

    assertThat(test.rows("id, v")).extracting(row -> row.get("v")).containsOnlyNulls();
    assertThat(test.type("v")).isEqualTo("bigint");
  }

  @Test
  void aBadRecordWidensNothing() {
    test.load("[{\"id\":1,\"v\":1},{\"v\":\"x\",\"w\":1}]");

    assertThat(test.type("v")).isEqualTo("bigint");
    assertThat(
            test.jdbc
                .sql("select field from connectorsync.dataset_column")
                .query(String.class)
                .list())
        .containsExactly("id", "v");
  }

  @Test
  void namesOfFieldsMayBeAnything() {
    String longName = "é".repeat(100);
    test.load(
        """
        [{"id":"k","_key":"mine","_more":1,"_removed":2,"xmin":3,"":4,"a\\"b; drop table x":5,
          "Name":6,"name":7,"NAME":8,"%1$s":9,"%1$sx":10,"select":11,"ctid":12}]
        """
            .formatted(longName));

    assertThat(test.rows("*").getFirst())
        .containsEntry("_key", "k")
        .containsEntry("_key_2", "mine")
        .containsEntry("_more_2", 1L)
        .containsEntry("_removed_2", 2L)
        .containsEntry("xmin_2", 3L)
        .containsEntry("column", 4L)
        .containsEntry("a\"b; drop table x", 5L)
        .containsEntry("Name", 6L)
        .containsEntry("name_2", 7L)
        .containsEntry("NAME_3", 8L)
        .containsEntry("é".repeat(31), 9L)
        .containsEntry("é".repeat(30) + "_2", 10L)
        .containsEntry("select", 11L)
        .containsEntry("ctid_2", 12L);
    DatasetVersion again = test.load("[{\"id\":\"k\",\"NAME\":8,\"name\":7}]").version();
    assertThat(again.updated()).isEqualTo(1);
    assertThat(test.changes(null, RecordFormat.NDJSON))
        .contains("\"_key\":\"k\"", "\"_key_2\":null", "\"NAME\":8", "\"name\":7");
  }

  @Test
  void whatHasNoColumnLeftIsKeptAsJson() {
    String fields =
        IntStream.range(0, 1_005)
            .mapToObj("\"f%d\":true"::formatted)
            .collect(Collectors.joining(","));

    test.load("[{\"id\":1,%s}]".formatted(fields));

    assertThat(test.value("_more::text"))
        .isEqualTo(
            "{\"f999\": true, \"f1000\": true, \"f1001\": true, \"f1002\": true, \"f1003\": true,"
                + " \"f1004\": true}");
    assertThat(test.load("[{\"id\":1,%s}]".formatted(fields)).version().unchanged()).isEqualTo(1);
    assertThat(
            test.load("[{\"id\":1,%s}]".formatted(fields.replace("\"f1004\":true", "\"f1004\":2")))
                .version()
                .updated())
        .isEqualTo(1);
  }
}
