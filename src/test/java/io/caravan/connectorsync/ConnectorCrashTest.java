package io.caravan.connectorsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanProcess;
import io.caravan.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Kills the process with SIGKILL while it syncs, again and again, while the source changes (D5).
 * The system property {@code crash.kills} says how often.
 */
class ConnectorCrashTest {
  private static final int KILLS = Integer.getInteger("crash.kills", 2);
  private static final int PRODUCTS = 300;

  @Test
  void noRecordIsLostOrDoubledAndNoConnectorStaysSyncing(@TempDir Path folder) throws Exception {
    PGSimpleDataSource database = TestDatabase.migrated();
    JdbcClient jdbc = JdbcClient.create(database);
    Map<String, String> environment =
        CaravanProcess.environment(
            database, Map.of("CONNECTORSYNC_ALLOW_PRIVATE_ADDRESSES", "true"));
    Random chance = new Random(42);
    try (TestShop shop = new TestShop()) {
      for (int id = 1; id <= PRODUCTS; id++) {
        shop.put(id, "Product " + id);
      }
      shop.slow(Duration.ofMillis(30));
      String connector = null;
      for (int kill = 1; kill <= KILLS; kill++) {
        try (CaravanProcess process = new CaravanProcess(folder, environment)) {
          Api api = new Api(process.port());
          connector = connector == null ? add(api, shop) : connector;
          change(shop, kill);
          settled(api, jdbc);
          assertThat(api.post("/api/v1/connectors/" + connector + "/sync", null).status())
              .isEqualTo(202);
          int from = shop.requests.get();
          int pages = 1 + chance.nextInt(PRODUCTS / 10);
          await().atMost(Duration.ofSeconds(60)).until(() -> shop.requests.get() >= from + pages);
          process.kill();
        }
        assertThat(
                jdbc.sql(
                        """
                        select count(*) from caravan.run_item
                         where state = 'running' and lease_until > now() + interval '3 s'
                        """)
                    .query(Integer.class)
                    .single())
            .isZero();
        await()
            .atMost(Duration.ofSeconds(5))
            .until(
                () ->
                    jdbc.sql("select status from connectorsync.connector")
                        .query(String.class)
                        .single()
                        .equals("ACTIVE"));
      }
      try (CaravanProcess last = new CaravanProcess(folder, environment)) {
        Api api = new Api(last.port());
        settled(api, jdbc);
        assertThat(jdbc.sql("select distinct status from caravan.run").query(String.class).list())
            .containsExactly("succeeded");
        assertThat(records(api, connector)).isEqualTo(shop.products());
        JsonNode shown = api.get("/api/v1/connectors/" + connector).body();
        assertThat(shown.get("failures").asInt()).isZero();
        assertThat(shown.get("lastSyncStatus").asText()).isEqualTo("COMPLETED");
      }
      assertThat(
              jdbc.sql(
                      "select tablename from pg_tables where schemaname = 'connectorsync' and"
                          + " tablename like '%stag%'")
                  .query(String.class)
                  .list())
          .isEmpty();
    }
  }

  private static String add(Api api, TestShop shop) {
    Api.Answer answer = api.post("/api/v1/connectors", shop.connector());
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body().get("id").asText();
  }

  private static void change(TestShop shop, int round) {
    shop.put(PRODUCTS + round, "New " + round);
    shop.put(round * 10, "Renamed " + round);
    shop.remove(round * 10 + 1);
  }

  /** What the process before left undone is done by itself. */
  private static void settled(Api api, JdbcClient jdbc) {
    jdbc.sql("select id::text from caravan.run where finished_at is null")
        .query(String.class)
        .list()
        .forEach(api::finished);
  }

  private static Map<Integer, String> records(Api api, String connector) {
    Map<Integer, String> records = new HashMap<>();
    for (JsonNode record : api.get("/api/v1/connectors/" + connector + "/records").body()) {
      String twin = records.put(record.get("id").asInt(), record.get("name").asText());
      assertThat(twin).as("%s", record).isNull();
    }
    return records;
  }
}
