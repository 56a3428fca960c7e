package io.caravan.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caravan.Api;
import io.caravan.CaravanProcess;
import io.caravan.CaravanTest;
import io.caravan.TestDatabase;
import io.caravan.TestSettings;
import io.caravan.sandbox.SlackServer;
import io.caravan.sandbox.SlackServer.Posted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Caravan's own database goes away under a running Caravan, and comes back. */
@CaravanTest
class OutageTest {
  @Autowired private ProducerTemplate producer;

  private static List<String> texts(SlackServer slack, String channel) {
    return slack.posted(channel).stream().map(Posted::text).toList();
  }

  @Test
  void theDataTeamIsToldOnceAndOnceMoreWhenItIsBack(@TempDir Path folder) throws Exception {
    PGSimpleDataSource database = TestDatabase.migrated();
    JdbcClient admin = JdbcClient.create(TestDatabase.empty());
    SlackServer slack = TestSettings.slack();
    String channel = "C" + UUID.randomUUID();
    String secret = UUID.randomUUID().toString();
    Map<String, String> environment =
        CaravanProcess.environment(
            database,
            Map.of(
                "DATA_TEAM_SLACK_WEBHOOK_URL",
                slack.webhook("T0/B0/" + secret, channel),
                "DATA_TEAM_SLACK_CHANNEL_ID",
                channel));
    try (CaravanProcess caravan =
        new CaravanProcess(
            folder,
            environment,
            "--caravan.slack.outage-after=1s",
            "--caravan.slack.outage-look-every-ms=200",
            "--spring.datasource.hikari.connection-timeout=500")) {
      Api api = new Api(caravan.port());
      String name = database.getDatabaseName();
      admin.sql("alter database " + name + " allow_connections false").update();
      admin
          .sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?")
          .param(name)
          .query()
          .listOfRows();

      await().atMost(Duration.ofSeconds(30)).until(() -> texts(slack, channel).size() == 1);
      assertThat(texts(slack, channel).getFirst())
          .contains("has not reached its own database since", "DATABASE_URL");
      admin.sql("alter database " + name + " allow_connections true").update();
      await().atMost(Duration.ofSeconds(30)).until(() -> texts(slack, channel).size() > 1);

      assertThat(texts(slack, channel)).hasSize(2);
      assertThat(texts(slack, channel).get(1)).contains("answers again. It was away for");
      assertThat(api.get("/api/v1/pipelines").status()).isEqualTo(200);
      assertThat(caravan.output()).doesNotContain(secret);
    }
  }

  /** No database is needed for it, nor does it leave a row. */
  @Test
  void theNewsGoesPastTheTrackingTable() {
    String news = "outage " + UUID.randomUUID();
    producer.sendBody("direct:outage-tell", news);

    assertThat(texts(TestSettings.slack(), "C-DATA")).contains(news);
    assertThat(
            JdbcClient.create(TestSettings.database())
                .sql("select count(*) from caravan.slack_message_tracking where content = ?")
                .param(news)
                .query(Integer.class)
                .single())
        .isZero();
  }
}
