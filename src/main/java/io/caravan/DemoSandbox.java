package io.caravan;

import io.caravan.failure.Failure;
import io.caravan.sandbox.AirtableServer;
import io.caravan.sandbox.BlueServer;
import io.caravan.sandbox.SheetsServer;
import io.caravan.sandbox.SlackServer;
import io.caravan.sandbox.SupplierServer;
import io.caravan.setting.DataDirectory;
import io.caravan.setting.SettingsPostProcessor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Profile {@code demo}, while Caravan serves: starts the stand-ins of the Blue API, Slack,
 * Airtable, Google Sheets and a supplier before the settings are checked, and gives the variables
 * that nobody has set the values that lead there. What is set anywhere else wins, and a stand-in
 * that nothing would lead to is not started. The stand-ins end with the application context, after
 * its routes.
 */
final class DemoSandbox implements EnvironmentPostProcessor, Ordered {
  /** The secret of {@code /api/internal}, a file of the data directory. */
  static final String SYNC_SECRET = "sync-secret-key";

  /** The secret of {@code /api/connectors/sync}, likewise. */
  static final String CRON_SECRET = "cron-secret";

  private static final int USUAL_BLUE_PORT = 9401;
  private static final int USUAL_SLACK_PORT = 9402;
  private static final int USUAL_AIRTABLE_PORT = 9403;
  private static final int USUAL_SHEETS_PORT = 9404;
  private static final int USUAL_SUPPLIER_PORT = 9405;
  private static final int AIRTABLE_REQUESTS = 5;
  private static final String CHANNEL = "data-team";

  /** After the files of settings are read, before Caravan's own check. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 10;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (!environment.acceptsProfiles(Profiles.of("demo"))
        || !"serve".equals(environment.getProperty(SettingsPostProcessor.COMMAND, "serve"))) {
      return;
    }
    Map<String, Object> variables = new HashMap<>();
    variables.put("BLUEGREEN_CRON", "*/10 * * * *");
    variables.put("SHEETSYNC_CRON", "* * * * *");
    variables.put("CONNECTORSYNC_CRON", "* * * * *");
    variables.put("CONNECTORSYNC_ALLOW_PRIVATE_ADDRESSES", "true");
    variables.put("CRON_SECRET", dataDirectory(environment).secret(CRON_SECRET));
    variables.put("SYNC_SECRET_KEY", dataDirectory(environment).secret(SYNC_SECRET));
    String ownPort = environment.getProperty("server.port", "8080");
    if (!ownPort.equals("0")) {
      variables.put("TARGET_API_URL", "http://localhost:" + ownPort);
      variables.put("CARAVAN_PUBLIC_URL", "http://localhost:" + ownPort);
    }
    if (isUnset(environment, "caravan.bluegreen.source-url")) {
      BlueServer blue = onPort(USUAL_BLUE_PORT, BlueServer::forDemo);
      variables.put("SOURCE_API_URL", blue.url());
      register(application, BlueServer.class, () -> blue);
    }
    if (isUnset(environment, "caravan.slack.data-team-webhook-url")) {
      SlackServer slack = onPort(USUAL_SLACK_PORT, SlackServer::start);
      variables.put("SLACK_API_URL", slack.apiUrl());
      variables.put("DATA_TEAM_SLACK_WEBHOOK_URL", slack.webhook("T-DEMO/B-DEMO/demo", CHANNEL));
      variables.put("DATA_TEAM_SLACK_CHANNEL_ID", CHANNEL);
      register(application, SlackServer.class, () -> slack);
    }
    // A pair needs both sides, and one stand-in would not know the other side's real accounts.
    if (isUnset(environment, "AIRTABLE_API_URL") && isUnset(environment, "GOOGLE_SHEETS_API_URL")) {
      AirtableServer airtable =
          onPort(USUAL_AIRTABLE_PORT, port -> AirtableServer.start(port, Clock.systemUTC()));
      // Requests that are sent at the right pace arrive bunched while the machine is busy starting
      // all of this; they shall not cost the half minute that Airtable then refuses everything.
      airtable.requestsPerSecond(2 * AIRTABLE_REQUESTS, 10 * AIRTABLE_REQUESTS);
      variables.put("AIRTABLE_API_URL", airtable.apiUrl());
      variables.put("AIRTABLE_TOKEN_URL", airtable.tokenUrl());
      register(application, AirtableServer.class, () -> airtable);
      SheetsServer sheets =
          onPort(USUAL_SHEETS_PORT, port -> SheetsServer.start(port, Clock.systemUTC()));
      variables.put("GOOGLE_SHEETS_API_URL", sheets.apiUrl());
      variables.put("GOOGLE_TOKEN_URL", sheets.tokenUrl());
      register(application, SheetsServer.class, () -> sheets);
    }
    SupplierServer supplier =
        onPort(USUAL_SUPPLIER_PORT, port -> SupplierServer.start(port, Clock.systemUTC()));
    register(application, SupplierServer.class, () -> supplier);
    environment.getPropertySources().addLast(new MapPropertySource("demo", variables));
  }

  /** Where the demo's generated secrets are. */
  static DataDirectory dataDirectory(Environment environment) {
    return new DataDirectory(Path.of(environment.getProperty("caravan.data-directory", "data")));
  }

  private static boolean isUnset(Environment environment, String property) {
    return environment.getProperty(property, "").isBlank();
  }

  /** The same port at each start where that is free, so that an address in a browser holds. */
  private static <T> T onPort(int usual, IntFunction<T> start) {
    try {
      return start.apply(usual);
    } catch (Failure taken) {
      return start.apply(0);
    }
  }

  private static <T extends AutoCloseable> void register(
      SpringApplication application, Class<T> type, Supplier<T> server) {
    application.addInitializers(
        context -> ((GenericApplicationContext) context).registerBean(type, server));
  }
}
