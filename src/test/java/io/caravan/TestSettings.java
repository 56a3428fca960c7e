package io.caravan;

import io.caravan.blue.TestBlueSite;
import io.caravan.blue.TestGreen;
import io.caravan.bluegreen.TestBlue;
import io.caravan.sandbox.SlackServer;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Gives the shared context its database and Slack before the settings are checked. */
public final class TestSettings implements EnvironmentPostProcessor, Ordered {
  public static final String OWN_DATABASE = "caravan.test.own-database";
  private static final PGSimpleDataSource DATABASE = TestDatabase.migrated();

  private static final SlackServer SLACK = SlackServer.start();
  private static final String DATA_TEAM = SLACK.webhook("T0/B0/secret-of-the-data-team", "C-DATA");

  /** Slack, as the shared context knows it; the data team's webhook posts to C-DATA. */
  public static SlackServer slack() {
    return SLACK;
  }

  /** Caravan's own database in the shared context. */
  public static PGSimpleDataSource database() {
    return DATABASE;
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 1;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (environment.containsProperty(OWN_DATABASE)) {
      environment
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "caravan-test",
                  Map.of(
                      "caravan.database-url",
                      DATABASE.getUrl() + "?user=postgres",
                      "caravan.bluegreen.source-url",
                      TestBlue.SERVER.url(),
                      "caravan.bluegreen.response-timeout-ms",
                      "2000",
                      "caravan.blue.targets",
                      TestGreen.FIRST.url() + ", " + TestGreen.SECOND.url() + "/",
                      "caravan.blue.allowed-origins",
                      TestBlueSite.SITE.url(),
                      "caravan.slack.api-url",
                      SLACK.apiUrl(),
                      "caravan.slack.data-team-webhook-url",
                      DATA_TEAM)));
    }
  }
}
