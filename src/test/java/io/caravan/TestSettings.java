package io.caravan;

import io.caravan.blue.TestBlueSite;
import io.caravan.blue.TestGreen;
import io.caravan.bluegreen.TestBlue;
import io.caravan.sandbox.SlackServer;
import io.caravan.sheetsync.TestPairs;
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
                  Map.ofEntries(
                      Map.entry("caravan.database-url", DATABASE.getUrl() + "?user=postgres"),
                      Map.entry("caravan.bluegreen.source-url", TestBlue.SERVER.url()),
                      Map.entry("caravan.bluegreen.response-timeout-ms", "2000"),
                      Map.entry(
                          "caravan.blue.targets",
                          TestGreen.FIRST.url() + ", " + TestGreen.SECOND.url() + "/"),
                      Map.entry("caravan.blue.allowed-origins", TestBlueSite.SITE.url()),
                      Map.entry("caravan.slack.api-url", SLACK.apiUrl()),
                      Map.entry("caravan.slack.data-team-webhook-url", DATA_TEAM),
                      Map.entry("caravan.airtable.api-url", TestPairs.AIRTABLE.apiUrl()),
                      Map.entry("caravan.airtable.token-url", TestPairs.AIRTABLE.tokenUrl()),
                      Map.entry("caravan.airtable.ban", "1s"),
                      Map.entry("caravan.google-sheets.api-url", TestPairs.SHEETS.apiUrl()),
                      Map.entry("caravan.google-sheets.token-url", TestPairs.SHEETS.tokenUrl()),
                      Map.entry("caravan.google-sheets.quota-wait", "1s"),
                      Map.entry("caravan.google-sheets.calls-a-minute-of-account", "10000"),
                      Map.entry("caravan.google-sheets.calls-a-minute-of-project", "10000"))));
    }
  }
}
