package io.caravan.connectorsync.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetLoadTest {
  private final TestDatasets test = new TestDatasets();

  @Test
  void makesATableThatAPersonCanQuery() {
    LoadResult result =
        test.load(
            """
            [{"id": 1, "name": "Åsa", "paid": true, "total": 12.50, "on": "2026-01-05",
              "at": "2026-01-05T08:30:00+02:00", "lines": [{"sku": "a"}], "note": null},
             {"id": 2, "name": "Bo"}]
            """);

    assertThat(result.version())
        .extracting(DatasetVersion::version, DatasetVersion::added, DatasetVersion::complete)
        .containsExactly(1L, 2L, true);
    assertThat(result.fetched()).isEqualTo(2);
    assertThat(result.processed()).isEqualTo(2);
    assertThat(
            test.rows("id, name, paid, total::text, \"on\"::text, lines::text, _version")
                .getFirst())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "id",
                1L,
                "name",
                "Åsa",
                "paid",
                true,
                "total",
                "12.50",
                "on",
                "2026-01-05",
                "lines",
                "[{\"sku\": \"a\"}]",
                "_version",
                1L));
    assertThat(test.value("min(at at time zone 'UTC')::text")).isEqualTo("2026-01-05 06:30:00");
    assertThat(test.value("count(*) filter (where paid is null and _removed_at is null)"))
        .isEqualTo(1L);
    Dataset dataset = test.dataset();
    assertThat(dataset.status()).isEqualTo(DatasetStatus.READY);
    assertThat(dataset.documentsCount()).isEqualTo(2);
    assertThat(dataset.id().version()).isEqualTo(7);
    assertThat(dataset.tableName()).startsWith("data_my_shop_orders_");
    assertThat(dataset.metadata().get("recordsFetched").longValue()).isEqualTo(2);
    assertThat(test.stagingTables()).isEmpty();
  }

  @Test
  void tellsApartWhatIsAddedUpdatedUnchangedAndRemoved() {
    test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"b\"},{\"id\":3,\"v\":\"c\"}]");

    DatasetVersion second =
        test.load("[{\"v\":\"a\",\"id\":1},{\"id\":2,\"v\":\"B\"},{\"id\":4,\"v\":\"d\"}]")
            .version();

    assertThat(second)
        .extracting(
            DatasetVersion::version,
            DatasetVersion::added,
            DatasetVersion::updated,
            DatasetVersion::unchanged,
            DatasetVersion::removed)
        .containsExactly(2L, 1L, 1L, 1L, 1L);
    assertThat(test.rows("_key, v, _version, _removed_at is null as live"))
        .extracting(
            row -> row.get("_key"),
            row -> row.get("v"),
            row -> row.get("_version"),
            row -> row.get("live"))
        .containsExactly(
            tuple("1", "a", 1L, true),
            tuple("2", "B", 2L, true),
            tuple("3", "c", 2L, false),
            tuple("4", "d", 2L, true));
    assertThat(test.dataset().documentsCount()).isEqualTo(3);
  }

  @Test
  void findsTheFewThatDifferAmongThousandsThatDoNot() {
    test.load(thousands("{\"id\":%d,\"v\":1}"));
    String differing =
        thousands("{\"id\":%d,\"v\":1}")
            .replace("{\"id\":2,\"v\":1}", "{\"id\":2,\"v\":\"wider\"}")
            .replace("{\"id\":1500,\"v\":1}", "{\"id\":1500,\"v\":1,\"new\":true}")
            .replace("{\"id\":2400,\"v\":1}", "{\"id\":2400,\"v\":0.5}")
            .replace("{\"id\":2500,\"v\":1}", "{\"id\":-1,\"v\":[1]}");

    DatasetVersion second = test.load(differing).version();

    assertThat(second)
        .extracting(
            DatasetVersion::added,
            DatasetVersion::updated,
            DatasetVersion::unchanged,
            DatasetVersion::removed)
        .containsExactly(1L, 3L, 2_496L, 1L);
    assertThat(test.value("count(*) filter (where _version = 2 and _removed_at is null)"))
        .isEqualTo(4L);
    assertThat(test.load(differing).version().unchanged()).isEqualTo(2_500);
  }

  private static String thousands(String record) {
    return IntStream.rangeClosed(1, 2_500)
        .mapToObj(record::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void whatTheDatasetHasOfARecordThatCanNoLongerBeStoredStays() {
    test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"b\"},{\"id\":3,\"v\":\"c\"}]");

    DatasetVersion second =
        test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"\\u0000\"},{\"id\":3,\"v\":1e1001}]")
            .version();

    assertThat(second)
        .extracting(DatasetVersion::unchanged, DatasetVersion::removed, DatasetVersion::setAside)
        .containsExactly(1L, 0L, 2L);
    assertThat(test.rows("v")).extracting(row -> row.get("v")).containsExactly("a", "b", "c");
  }

  @Test
  void removesNothingWhenTheLoadIsNotComplete() {
    test.load("[{\"id\":1},{\"id\":2}]");

    DatasetVersion second = test.load("[{\"id\":2}]", false, "id").version();

    assertThat(second.removed()).isZero();
    assertThat(second.version()).isEqualTo(1);
    assertThat(test.value("count(*) filter (where _removed_at is null)")).isEqualTo(2L);
  }

  @Test
  void aRemovedRecordComesBack() {
    test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"b\"}]");
    test.load("[{\"id\":1,\"v\":\"a\"}]");

    DatasetVersion third = test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"b\"}]").version();

    assertThat(third)
        .extracting(DatasetVersion::added, DatasetVersion::updated, DatasetVersion::unchanged)
        .containsExactly(1L, 0L, 1L);
    assertThat(test.rows("_removed_at, _version").getLast()).containsEntry("_version", 3L);
    assertThat(test.dataset().documentsCount()).isEqualTo(2);
  }

  @Test
  void anEmptyCompleteLoadRemovesEverything() {
    test.load("[{\"id\":1},{\"id\":2}]");

    assertThat(test.load("[]").version().removed()).isEqualTo(2);
    assertThat(test.dataset().documentsCount()).isZero();
  }

  @Test
  void aFirstLoadMayBeEmpty() {
    assertThat(test.load("[]").version().version()).isZero();
    assertThat(test.dataset().status()).isEqualTo(DatasetStatus.READY);

    assertThat(test.load("[{\"id\":1}]").version().version()).isEqualTo(1);
    assertThat(test.rows("id")).hasSize(1);
  }

  @Test
  void theLastRecordOfAKeyWinsAtTheFirstLoad() {
    DatasetVersion first =
        test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"x\"},{\"id\":1,\"v\":\"b\"}]")
            .version();

    assertThat(first.repeated()).isEqualTo(1);
    assertThat(first.added()).isEqualTo(2);
    assertThat(test.rows("v")).extracting(row -> row.get("v")).containsExactly("b", "x");
  }

  @Test
  void theLastRecordOfAKeyWinsLater() {
    test.load("[{\"id\":1,\"v\":\"a\"},{\"id\":2,\"v\":\"x\"}]");

    DatasetVersion second =
        test.load(
                """
                [{"id":1,"v":"b"},{"id":1,"v":"a"},{"id":2,"v":"x"},{"id":2,"v":"y"},
                 {"id":3,"v":"n"},{"id":3,"v":"m"}]
                """)
            .version();

    assertThat(second)
        .extracting(
            DatasetVersion::added,
            DatasetVersion::updated,
            DatasetVersion::unchanged,
            DatasetVersion::repeated)
        .containsExactly(1L, 1L, 1L, 3L);
    assertThat(test.rows("v")).extracting(row -> row.get("v")).containsExactly("a", "y", "m");
  }

  @Test
  void aRecordWithoutPrimaryKeyIsKnownByItsContent() {
    test.load("[{\"a\":1,\"b\":[1,{\"x\":1,\"y\":2}]},{\"a\":2}]", true);

    DatasetVersion second =
        test.load("[{\"b\":[1,{\"y\":2,\"x\":1}],\"a\":1},{\"a\":3}]", true).version();

    assertThat(second)
        .extracting(DatasetVersion::added, DatasetVersion::unchanged, DatasetVersion::removed)
        .containsExactly(1L, 1L, 1L);
  }

  @Test
  void keysOfSeveralFieldsAreNeverTakenForEachOther() {
    test.load("[{\"a\":\"x,y\",\"b\":\"z\"},{\"a\":\"x\",\"b\":\"y,z\"}]", true, "a", "b");

    assertThat(test.rows("_key"))
        .extracting(row -> row.get("_key"))
        .containsExactly("[\"x\",\"y,z\"]", "[\"x,y\",\"z\"]");
  }

  @Test
  void anotherPrimaryKeyAsksForACompleteLoad() throws IOException {
    try (DatasetLoad load = test.begin("id")) {
      load.records(
          TestDatasets.page("[{\"id\":1,\"code\":\"a\"},{\"id\":2,\"code\":\"b\"}]"),
          TestDatasets.ROOT);
      load.commit(true, TestDatasets.json("{\"after\":2}"));
    }

    try (DatasetLoad load = test.begin("code")) {
      assertThat(load.cursorState()).isNull();
      load.records(TestDatasets.page("[{\"id\":1,\"code\":\"a\"}]"), TestDatasets.ROOT);
      assertThatThrownBy(() -> load.commit(false, null))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION));
    }
    assertThat(test.dataset().primaryKey()).containsExactly("id");
    assertThat(test.dataset().cursorState().get("after").intValue()).isEqualTo(2);

    DatasetVersion replaced =
        test.load("[{\"id\":1,\"code\":\"a\"},{\"id\":2,\"code\":\"b\"}]", true, "code").version();
    assertThat(replaced)
        .extracting(DatasetVersion::added, DatasetVersion::removed)
        .containsExactly(2L, 2L);
    assertThat(test.rows("_key, _removed_at is null as live"))
        .extracting(row -> row.get("_key"), row -> row.get("live"))
        .containsExactly(tuple("1", false), tuple("2", false), tuple("a", true), tuple("b", true));
  }

  @Test
  void theCursorIsCommittedWithTheRecords() throws IOException {
    try (DatasetLoad load = test.begin("id")) {
      assertThat(load.cursorState()).isNull();
      load.records(TestDatasets.page("{\"id\":1}"), TestDatasets.ROOT);
      load.commit(false, TestDatasets.json("{\"after\":\"2026\"}"));
    }
    try (DatasetLoad load = test.begin("id")) {
      assertThat(load.cursorState().get("after").textValue()).isEqualTo("2026");
      load.records(TestDatasets.page("{\"id\":2}"), TestDatasets.ROOT);
    }

    assertThat(test.dataset().cursorState().get("after").textValue()).isEqualTo("2026");
    assertThat(test.rows("id")).hasSize(1);
  }

  @Test
  void takesPagesOfEveryForm() throws IOException {
    try (DatasetLoad load = test.begin("id")) {
      assertThat(load.records(TestDatasets.page("{\"id\":1}\n{\"id\":2}\n"), TestDatasets.ROOT))
          .isEqualTo(2);
      JsonPointer items = JsonPointer.compile("/data/items");
      assertThat(
              load.records(
                  TestDatasets.page(
                      "{\"total\":9,\"data\":{\"x\":[{\"id\":9}],\"items\":[{\"id\":3,\"n\":{\"id\":7}},{\"id\":4}]},\"z\":[1]}"),
                  items))
          .isEqualTo(2);
      assertThat(load.records(TestDatasets.page("{\"data\":{\"items\":[]}}"), items)).isZero();
      assertThat(load.records(TestDatasets.page("{\"data\":{\"items\":null}}"), items)).isZero();
      assertThat(load.records(TestDatasets.page("{\"data\":{\"items\":{\"id\":5}}}"), items))
          .isEqualTo(1);
      load.record(TestDatasets.json("{\"id\":6}"));
      assertThat(load.fetched()).isEqualTo(6);
      load.commit(true, null);
    }

    assertThat(test.rows("id"))
        .extracting(row -> row.get("id"))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void whatCannotBeReadIsNeverTakenForNothing() {
    for (String page :
        List.of(
            "",
            "<html>",
            "[{\"id\":1},",
            "{\"data\":[]}",
            "[{\"id\":1}]x",
            "[{\"id\":\"\u0001\"}]")) {
      try (DatasetLoad load = test.begin("id")) {
        assertThatThrownBy(
                () ->
                    load.records(
                        TestDatasets.page(page),
                        page.startsWith("{") ? JsonPointer.compile("/items") : TestDatasets.ROOT))
            .as(page)
            .isInstanceOf(Failure.class);
      }
    }
    assertThat(test.dataset().status()).isEqualTo(DatasetStatus.FAILED);
  }

  @Test
  void aLoadThatIsNotCommittedLeavesEverythingAsItWas() throws IOException {
    test.load("[{\"id\":1,\"v\":1}]");
    Dataset before = test.dataset();

    try (DatasetLoad load = test.begin("id")) {
      assertThat(test.dataset().status()).isEqualTo(DatasetStatus.PROCESSING);
      load.records(
          TestDatasets.page("[{\"id\":1,\"v\":\"x\",\"w\":1},{\"id\":2}]"), TestDatasets.ROOT);
    }

    assertThat(test.dataset()).isEqualTo(before);
    assertThat(test.type("v")).isEqualTo("bigint");
    assertThat(test.rows("v")).hasSize(1);
    assertThat(test.stagingTables()).isEmpty();
  }

  @Test
  void aLoadWhoseConnectionIsKilledLeavesEverythingAsItWas() throws IOException {
    test.load("[{\"id\":1,\"v\":1}]");
    String rows =
        test.rows("_key, encode(_hash, 'hex'), v, _version, _changed_at, _removed_at").toString();
    String many =
        IntStream.range(0, 5_000)
            .mapToObj("{\"id\":%d,\"v\":2}"::formatted)
            .collect(Collectors.joining("\n"));

    try (DatasetLoad load = test.begin("id")) {
      load.records(TestDatasets.page(many), TestDatasets.ROOT);
      test.jdbc
          .sql(
              "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
                  + " current_database() and pid <> pg_backend_pid()")
          .query()
          .listOfRows();
      assertThatThrownBy(() -> load.commit(true, null))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
    }

    assertThat(test.rows("_key, encode(_hash, 'hex'), v, _version, _changed_at, _removed_at"))
        .hasToString(rows);
    assertThat(test.stagingTables()).hasSize(1);
    test.datasets
        .begin(test.connector, "My Shop", "another resource", List.of(), UUID.randomUUID(), false)
        .close();
    assertThat(test.stagingTables()).isEmpty();
    assertThat(test.dataset().status()).isEqualTo(DatasetStatus.READY);
  }

  @Test
  void aDatasetHasOneLoadAtATimeAndOthersDoNotTouchIt() {
    try (DatasetLoad load = test.begin("id")) {
      load.record(TestDatasets.json("{\"id\":1}"));

      assertThatThrownBy(() -> test.begin("id")).isInstanceOf(ConflictException.class);
      test.datasets
          .begin(test.connector, "My Shop", "another resource", List.of(), UUID.randomUUID(), false)
          .close();

      assertThat(load.commit(true, null).version().added()).isEqualTo(1);
    }
    test.begin("id").close();
  }

  @Test
  void keepsWhatTheNewestTwentyLoadsDid() {
    for (int i = 0; i < 22; i++) {
      test.load("[{\"id\":%d},1]".formatted(i));
    }

    UUID dataset = test.dataset().id();
    List<DatasetVersion> versions = test.datasets.versions(dataset);
    assertThat(versions).hasSize(20);
    assertThat(versions.getFirst().version()).isEqualTo(22);
    assertThat(versions.getFirst().setAside()).isEqualTo(1);
    assertThat(
            test.jdbc
                .sql("select count(*) from connectorsync.set_aside_record")
                .query(Long.class)
                .single())
        .isEqualTo(20);
  }

  @Test
  void numbersOfRowsDoNotGrowWithoutNewRecords() {
    for (int i = 0; i < 3; i++) {
      test.load("[{\"id\":1,\"v\":%d},{\"id\":2}]".formatted(i));
    }
    test.load("[{\"id\":1},{\"id\":2},{\"id\":3}]");

    assertThat(test.value("max(_row)")).isEqualTo(3);
    assertThat(test.value("count(distinct _row)")).isEqualTo(3L);
  }

  @Test
  void aConnectorsDatasetsGoWithIt() {
    test.load("[{\"id\":1},2]");
    String table = test.table();

    test.datasets.delete(test.connector);

    assertThat(test.datasets.of(test.connector)).isEmpty();
    assertThat(test.jdbc.sql("select to_regclass(?)").param(table).query().singleRow().values())
        .containsOnlyNulls();
    assertThat(
            test.jdbc
                .sql("select count(*) from connectorsync.set_aside_record")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void numbersAreThoseOfTheSource() {
    Random random = new Random(6);
    List<BigDecimal> numbers =
        Stream.concat(
                Stream.of(
                        "0.0",
                        "-0.10",
                        "1E+5",
                        "9999.9999",
                        "-10000",
                        "0.00001",
                        "1e-1000",
                        "1e999")
                    .map(BigDecimal::new),
                Stream.generate(
                        () ->
                            new BigDecimal(
                                new BigInteger(random.nextInt(900), random),
                                random.nextInt(-40, 200)))
                    .limit(2_000))
            .toList();

    test.load(
        IntStream.range(0, numbers.size())
            .mapToObj(i -> "{\"id\":%d,\"v\":%s}".formatted(i, numbers.get(i)))
            .collect(Collectors.joining(",", "[", "]")));

    List<BigDecimal> stored =
        test.jdbc
            .sql("select v from %s order by id".formatted(test.table()))
            .query(BigDecimal.class)
            .list();
    assertThat(stored).hasSameSizeAs(numbers);
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(stored.get(i)).isEqualByComparingTo(numbers.get(i));
      assertThat(stored.get(i).scale()).isEqualTo(Math.max(0, numbers.get(i).scale()));
    }
  }

  /** A row that is there under another record's key is not that record's. */
  @Test
  void rowsUnderTheFormerKeyAreNotTakenForTheSame() {
    test.load("[{\"id\":1,\"no\":2},{\"id\":2,\"no\":1}]", true, "id");

    DatasetVersion version =
        test.load("[{\"id\":1,\"no\":2},{\"id\":2,\"no\":1}]", true, "no").version();

    assertThat(version.updated()).isEqualTo(2);
    assertThat(test.rows("_key, id::text as id, no::text as no"))
        .containsExactly(
            Map.of("_key", "1", "id", "2", "no", "1"), Map.of("_key", "2", "id", "1", "no", "2"));
  }

  /** PostgreSQL keeps 100 of either; of 100.0 it keeps the zero. */
  @Test
  void anotherWayToWriteANumberIsNoChange() {
    test.load("[{\"id\":1,\"v\":1e2},{\"id\":2,\"v\":2.5},{\"id\":3,\"v\":1}]");

    DatasetVersion version =
        test.load("[{\"id\":1,\"v\":100},{\"id\":2,\"v\":25e-1},{\"id\":3,\"v\":1.0}]").version();

    assertThat(version.unchanged()).isEqualTo(2);
    assertThat(version.updated()).isEqualTo(1);
  }
}
