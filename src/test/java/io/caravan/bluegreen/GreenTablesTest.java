package io.caravan.bluegreen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.TestDatabase;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class GreenTablesTest {
  /** A payload of one document. */
  private record Given(String json) implements Documents {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public InputStream open(int number) {
      return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final String OSLO = "{\"id\": \"b1\", \"title\": \"Oslo, \\u00d8st\"}";

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final GreenTables tables = new GreenTables(database);
  private final EntitySet shipped = EntityFileTest.shipped();

  private EntityLoad load(String entity, String json) throws IOException, SQLException {
    return tables
        .load(
            Map.of(shipped.named(entity), 1),
            new Payload(new Given(json), "The payload", "boardsTalents"),
            new StopSignal())
        .getFirst();
  }

  private List<String> rows(String sql) {
    return jdbc.sql(sql).query(String.class).list();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[%s]",
        "{\"data\": [%s]}",
        "{\"errors\": [], \"data\": [%s], \"total\": 1}",
        "{\"boardsTalents\": [%s], \"first\": [1]}",
        "{\"ok\": true, \"nested\": {\"data\": [2]}, \"anything\": [%s], \"other\": [3]}"
      })
  void theArrayIsFoundInEachOfItsForms(String form) throws Exception {
    EntityLoad load = load("boards", form.formatted(OSLO));

    assertThat(load.rows()).isEqualTo(1);
    assertThat(rows("select title from green.boards_v1")).containsExactly("Oslo, Øst");
  }

  @Test
  void childrenOfAParentBecomeRows() throws Exception {
    load(
        "boards_talents",
        """
        [{"boardId": "b1", "talents": [{"id": "t1"}, {"id": "t2"}]},
         {"boardId": "b2", "talents": []}, {"boardId": "b3"}]
        """);
    assertThat(rows("select board_id || talent_id from green.boards_talents_v1"))
        .containsExactlyInAnyOrder("b1t1", "b1t2");

    EntityLoad one =
        load(
            "talents_measurements",
            """
            [{"id": "t1", "measurements": {"heightCm": 181.5, "shoeSizeEu": "44",
              "createdAt": "2026-01-02T03:04:05+01:00"}}, {"id": "t2", "measurements": null}]
            """);
    assertThat(one.rows()).isEqualTo(1);
    assertThat(
            rows(
                "select concat_ws(' ', talent_id, height_cm, shoe_size_eu, created_at at time zone"
                    + " 'UTC') from green.talents_measurements_v1"))
        .containsExactly("t1 181.5 44 2026-01-02 02:04:05");
  }

  @Test
  void recordsThatCannotBePublishedAreCountedByReason() throws Exception {
    EntityLoad load =
        load(
            "portfolios_media",
            """
            [{"portfolioId": "p1", "media": [
              {"id": "m1", "type": "image", "url": "https://x/1", "order": 1},
              {"id": "m2", "type": "image", "order": 2},
              {"id": "m3", "type": "image", "url": "https://x/3", "order": 1.5},
              {"id": "m4", "type": "image", "url": "https://x/4", "size": "1e999999999"},
              {"id": "m5", "type": "image", "url": ["https://x/5"]},
              {"id": "m\\u0000", "type": "image", "url": "https://x/6"}]}]
            """);

    assertThat(load.rows()).isEqualTo(1);
    assertThat(load.setAside())
        .containsOnlyKeys(
            "url is missing",
            "order is no integer",
            "size is no bigint",
            "url is no text",
            "id holds a NUL character");
    assertThat(load.setAside().values()).containsOnly(1L);
  }

  @Test
  void whatIsSaidTwiceStandsOnceAndWhatContradictsItselfStaysForTheAudit() throws Exception {
    EntityLoad same = load("boards", "[%s, %s]".formatted(OSLO, OSLO));
    assertThat(same.rows()).isEqualTo(1);
    assertThat(same.repeated()).isEqualTo(1);

    EntityLoad contradicting =
        load("boards", "[%s, {\"id\": \"b1\", \"title\": \"Bergen\"}]".formatted(OSLO));
    assertThat(contradicting.rows()).isEqualTo(2);

    EntityLoad merged =
        load(
            "media_tags",
            """
            [{"id": "m1", "tags": [{"id": "g", "name": "Beach", "slug": "beach"}]},
             {"id": "m2", "tags": [{"id": "g", "name": "beach", "slug": "beach"}]}]
            """);
    assertThat(merged.rows()).isEqualTo(1);
    assertThat(rows("select name from green.media_tags_v1")).containsExactly("Beach");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Down for maintenance</html>", "", "true", "{\"a\": 1}", "[] []"})
  void whatIsNoPayloadChangesNothing(String text) throws Exception {
    load("boards", "[%s]".formatted(OSLO));

    assertThatThrownBy(() -> load("boards", text))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.DATA))
        .hasMessageStartingWith("The payload is");
    assertThat(rows("select id from green.boards_v1")).containsExactly("b1");
  }

  @Test
  void aPayloadThatBreaksOffIsTransientAndChangesNothing() throws Exception {
    load("boards", "[%s]".formatted(OSLO));

    assertThatThrownBy(() -> load("boards", "[%s, {\"id\": \"b2\", \"ti".formatted(OSLO)))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
    assertThat(rows("select id from green.boards_v1")).containsExactly("b1");
  }

  @Test
  void manyRowsOfTheUsersOwnNamesAreLoaded() throws Exception {
    String elements =
        IntStream.range(0, 30_000)
            .mapToObj(
                "{\"id\": \"t%1$d\", \"talents\": [{\"id\": \"x%1$d\"}], \"boardId\": \"b\"}"
                    ::formatted)
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(load("boards_talents", elements).rows()).isEqualTo(30_000);
  }
}
