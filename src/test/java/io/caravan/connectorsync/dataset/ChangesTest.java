package io.caravan.connectorsync.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private final TestDatasets test = new TestDatasets();

  private List<String> keys(String since, Integer limit) {
    try (Changes changes =
        test.datasets.changedSince(test.connector, TestDatasets.RESOURCE, since, limit)) {
      List<String> keys = new ArrayList<>();
      TestDatasets.json(TestDatasets.written(changes, RecordFormat.JSON))
          .forEach(
              record ->
                  keys.add(
                      record.get("_key").textValue()
                          + (record.get("_removed").booleanValue() ? " removed" : "")));
      keys.add("-> " + changes.next());
      return keys;
    }
  }

  @Test
  void tellsWhatChangedSinceAVersion() {
    test.load("[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]");
    test.load("[{\"id\":\"a\",\"v\":1},{\"id\":\"c\"},{\"id\":\"d\"}]");
    test.load("[{\"id\":\"a\",\"v\":1},{\"id\":\"c\",\"v\":1},{\"id\":\"d\"}]");

    assertThat(keys("1", null)).containsExactly("a", "b removed", "d", "c", "-> 3");
    assertThat(keys("2", null)).containsExactly("c", "-> 3");
    assertThat(keys("3", null)).containsExactly("-> 3");
    assertThat(keys(null, null))
        .as("who begins needs no tombstones")
        .containsExactly("a", "d", "c", "-> 3");
    assertThat(keys("0", null)).containsExactly("a", "b removed", "d", "c", "-> 3");
  }

  @Test
  void tellsWhatChangedSinceATime() {
    test.load("[{\"id\":\"a\"},{\"id\":\"b\"}]");
    Instant between = test.dataset().updatedAt();
    test.load("[{\"id\":\"a\"},{\"id\":\"b\",\"v\":1}]");

    assertThat(keys(between.toString(), null)).containsExactly("b", "-> 2");
    assertThat(
            keys(
                between.minusSeconds(1).atOffset(java.time.ZoneOffset.ofHours(3)).toString(), null))
        .containsExactly("a", "b", "-> 2");
  }

  @Test
  void aReaderGoesOnWhereItStopped() {
    test.load("[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"}]");
    test.load("[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\",\"v\":2},{\"id\":\"e\"}]");

    List<String> read = new ArrayList<>();
    String since = null;
    for (int page = 0; page < 4; page++) {
      List<String> keys = keys(since, 2);
      since = keys.removeLast().substring(3);
      read.addAll(keys);
    }

    assertThat(read).containsExactly("a", "b", "c", "d removed", "e");
    assertThat(since).isEqualTo("2");
  }

  @Test
  void nothingIsMissedWhenTheDatasetChangesBetweenTwoPages() {
    test.load("[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]");
    List<String> first = keys(null, 2);
    test.load("[{\"id\":\"a\",\"v\":2},{\"id\":\"b\"},{\"id\":\"c\",\"v\":2}]");

    assertThat(first).startsWith("a", "b");
    assertThat(keys(first.getLast().substring(3), null)).containsExactly("a", "c", "-> 2");
  }

  @Test
  void writesEveryTypeInEveryFormat() {
    test.load(
        """
        [{"id":1,"t":"a,\\"b\\"","n":1.50,"b":true,"d":"2026-01-05","m":"2026-01-05T08:30:00+02:00","j":{"x":[1]}},
         {"id":2}]
        """);
    String at = test.dataset().updatedAt().toString();

    JsonNode first = TestDatasets.json(test.changes(null, RecordFormat.JSON)).get(0);
    assertThat(first)
        .hasToString(
            "{\"_key\":\"1\",\"_version\":1,\"_changed_at\":\"%s\",\"_removed\":false,\"id\":1,\"t\":\"a,\\\"b\\\"\",\"n\":1.5,\"b\":true,\"d\":\"2026-01-05\",\"m\":\"2026-01-05T06:30:00Z\",\"j\":{\"x\":[1]}}"
                .formatted(at));
    assertThat(test.changes(null, RecordFormat.NDJSON).lines()).hasSize(2);
    assertThat(test.changes(null, RecordFormat.NDJSON)).contains("\"n\":1.50");
    assertThat(test.changes(null, RecordFormat.CSV))
        .isEqualTo(
            """
            _key,_version,_changed_at,_removed,id,t,n,b,d,m,j,_more
            1,1,"%1$s",false,1,"a,""b\""",1.50,true,2026-01-05,2026-01-05T06:30:00Z,"{""x"": [1]}",
            2,1,"%1$s",false,2,,,,,,,
            """
                .formatted(at));
  }

  /** Names that are ours give way, and keep the name that they got when others come. */
  @Test
  void noTwoFieldsOfAnAnswerHaveOneName() {
    test.load("[{\"id\":1,\"_key\":\"a\",\"_more\":\"m\"}]");
    test.load(
        "[{\"id\":1,\"_key\":\"a\",\"_more\":\"m\",\"_key_2\":\"b\",\"_more_2_2\":\"n\",\"_more_2\":\"o\"}]");
    String at = test.dataset().updatedAt().toString();
    String fields =
        "\"id\":1,\"_key_2\":\"a\",\"_more_2\":\"m\",\"_key_2_2\":\"b\",\"_more_2_2\":\"n\",\"_more_2_3\":\"o\"}";

    assertThat(test.changes(null, RecordFormat.NDJSON)).contains("\"_removed\":false," + fields);
    assertThat(test.changes(null, RecordFormat.JSON)).contains("\"_removed\":false," + fields);
    assertThat(test.changes(null, RecordFormat.CSV))
        .isEqualTo(
            """
            _key,_version,_changed_at,_removed,id,_key_2,_more_2,_key_2_2,_more_2_2,_more_2_3,_more
            1,2,"%s",false,1,a,m,b,n,o,
            """
                .formatted(at));
  }

  @Test
  void refusesWhatIsNoCursor() {
    test.load("[{\"id\":1}]");

    for (String since : List.of("yesterday", "2", "1.?", "2026-01-05", "1.abc=", "")) {
      assertThatThrownBy(() -> keys(since, null))
          .as(since)
          .isInstanceOf(InvalidInputException.class);
    }
    assertThatThrownBy(() -> test.datasets.changedSince(UUID.randomUUID(), "x", null, null))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aDatasetThatWasNeverLoadedIsEmpty() {
    test.begin("id").close();

    assertThat(keys(null, 5)).containsExactly("-> 0");
    assertThat(test.changes(null, RecordFormat.NDJSON)).isEmpty();
  }

  @Test
  void aReaderBesideLoadsSeesAVersionAsAWhole() throws Exception {
    int size = 2_000;
    load(size, 0);
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch reading = new CountDownLatch(1);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Integer> reader =
          other.submit(
              () -> {
                int readings = 0;
                while (!done.get() || readings < 2) {
                  List<String> values = new ArrayList<>();
                  test.changes(null, RecordFormat.NDJSON)
                      .lines()
                      .forEach(line -> values.add(TestDatasets.json(line).get("v").asText()));
                  assertThat(values).hasSize(size);
                  assertThat(values).containsOnly(values.getFirst());
                  readings++;
                  reading.countDown();
                }
                return readings;
              });
      reading.await();
      for (int edition = 1; edition <= 6; edition++) {
        load(size, edition);
      }
      done.set(true);
      assertThat(reader.get()).isGreaterThan(1);
    }
  }

  /** The fourth edition widens the column, which writes the whole table anew. */
  private void load(int size, int edition) {
    String value = edition < 4 ? "" + edition : "\"edition %d\"".formatted(edition);
    test.load(
        IntStream.range(0, size)
            .mapToObj(i -> "{\"id\":%d,\"v\":%s}".formatted(i, value))
            .collect(Collectors.joining(",", "[", "]")));
  }

  @Test
  void aLongReadingStaysAtItsMomentWhileALoadIsCommitted() throws IOException {
    load(3_000, 0);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OutputStream slow =
        new OutputStream() {
          private boolean loaded;

          @Override
          public void write(int b) {
            written.write(b);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            if (!loaded) {
              loaded = true;
              load(3_000, 1);
            }
            written.write(bytes, from, length);
          }
        };

    try (Changes changes =
        test.datasets.changedSince(test.connector, TestDatasets.RESOURCE, null, null)) {
      changes.writeTo(slow, RecordFormat.NDJSON);
      assertThat(changes.next()).isEqualTo("1");
    }

    assertThat(written.toString().lines())
        .hasSize(3_000)
        .allMatch(line -> line.contains("\"v\":0"));
    assertThat(test.dataset().version()).isEqualTo(2);
  }
}
