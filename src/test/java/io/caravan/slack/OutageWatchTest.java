package io.caravan.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What the data team is told of Caravan's own database. */
class OutageWatchTest {
  private final PGSimpleDataSource database = TestDatabase.empty();
  private final String url = database.getUrl();
  private final OutageWatch watch =
      new OutageWatch(
          database,
          new SlackProperties(
              "",
              "https://hooks.example/T/B/x",
              "",
              1,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ofHours(1),
              Duration.ZERO),
          Clock.systemUTC());

  @Test
  void eachNewsIsRepeatedUntilSlackTakesItAndThenNoMore() {
    assertThat(watch.look()).isNull();
    database.setURL("jdbc:postgresql://localhost:1/nowhere");
    String outage = watch.look();
    assertThat(outage).contains("has not reached its own database");
    assertThat(watch.look()).isEqualTo(outage);
    watch.delivered();
    assertThat(watch.look()).isNull();

    database.setURL(url);
    String end = watch.look();
    assertThat(end).contains("answers again");
    assertThat(watch.look()).isEqualTo(end);
    watch.delivered();
    assertThat(watch.look()).isNull();
  }

  @Test
  void theEndOfAnOutageThatNobodyHeardOfIsNoNews() {
    database.setURL("jdbc:postgresql://localhost:1/nowhere");
    assertThat(watch.look()).isNotNull();
    database.setURL(url);

    assertThat(watch.look()).isNull();
  }
}
