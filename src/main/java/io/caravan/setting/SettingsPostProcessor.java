package io.caravan.setting;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.quartz.CronTrigger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Runs before any bean exists: checks the settings, takes the data directory and starts the
 * embedded database when no {@code DATABASE_URL} is set, and derives the properties of Spring and
 * Camel from Caravan's.
 */
public final class SettingsPostProcessor implements EnvironmentPostProcessor, Ordered {
  /** Set by the command line: {@code serve}, {@code run} or {@code status}. */
  public static final String COMMAND = "caravan.command";

  // A route whose schedule is off is not started, but its endpoint wants a cron all the same.
  private static final String NEVER = "0 0 0 1 1 ? 2099";

  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("DATABASE_URL", "caravan.database-url"),
          Map.entry("BROKER_URL", "caravan.broker-url"),
          Map.entry("ENCRYPTION_KEY", "caravan.encryption-key"),
          Map.entry("CARAVAN_API_TOKEN", "caravan.api-token"),
          Map.entry("CARAVAN_ADMIN_PASSWORD", "caravan.admin-password"),
          Map.entry("SYNC_SECRET_KEY", "caravan.sync-secret-key"),
          Map.entry("CRON_SECRET", "caravan.cron-secret"),
          Map.entry("SOURCE_API_URL", "caravan.bluegreen.source-url"),
          Map.entry("TARGET_API_URL", "caravan.blue.targets"),
          Map.entry("caravan.blue.allowed-origins", "caravan.blue.allowed-origins"),
          Map.entry("SLACK_API_URL", "caravan.slack.api-url"),
          Map.entry("DATA_TEAM_SLACK_WEBHOOK_URL", "caravan.slack.data-team-webhook-url"),
          Map.entry(
              "CONNECTORSYNC_ALLOW_PRIVATE_ADDRESSES",
              "caravan.connectorsync.allow-private-addresses"),
          Map.entry("SERVER_PORT", "server.port"));
  private static final List<String> PLAIN_VARIABLES =
      List.of(
          "AIRTABLE_API_URL", "AIRTABLE_TOKEN_URL", "GOOGLE_SHEETS_API_URL", "GOOGLE_TOKEN_URL");

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    List<String> problems = SettingsCheck.problems(settings(environment), crons(environment));
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    Map<String, Object> derived = new HashMap<>();
    String databaseUrl = environment.getProperty("caravan.database-url", "");
    if (databaseUrl.isEmpty()) {
      embed(environment, application, derived);
    } else {
      DatabaseUrl url = DatabaseUrl.parse(databaseUrl).orElseThrow();
      derived.put("spring.datasource.url", url.jdbcUrl());
      if (url.username() != null) {
        derived.put("spring.datasource.username", url.username());
      }
      if (url.password() != null) {
        derived.put("spring.datasource.password", url.password());
      }
    }
    if (!environment.containsProperty("camel.main.routes-include-pattern")) {
      derived.put("camel.main.routes-include-pattern", new RouteFiles(Path.of("")).pattern());
    }
    derived.putAll(schedules(environment));
    environment.getPropertySources().addFirst(new MapPropertySource("caravan", derived));
  }

  private static Map<String, String> settings(ConfigurableEnvironment environment) {
    Map<String, String> settings = new HashMap<>();
    VARIABLES.forEach(
        (variable, property) -> settings.put(variable, environment.getProperty(property, "")));
    PLAIN_VARIABLES.forEach(
        variable -> settings.put(variable, environment.getProperty(variable, "")));
    return settings;
  }

  private static Map<String, PipelineSettings> pipelines(ConfigurableEnvironment environment) {
    return Binder.get(environment)
        .bind("caravan.pipelines", Bindable.mapOf(String.class, PipelineSettings.class))
        .orElse(Map.of());
  }

  private static Map<String, String> crons(ConfigurableEnvironment environment) {
    Map<String, String> crons = new TreeMap<>();
    pipelines(environment)
        .forEach(
            (slug, settings) ->
                crons.put(slug.toUpperCase(Locale.ROOT) + "_CRON", settings.cron()));
    return crons;
  }

  /**
   * What the quartz endpoints of trigger routes are told, below {@code caravan.schedule.<slug>}.
   */
  private static Map<String, Object> schedules(ConfigurableEnvironment environment) {
    boolean serving = "serve".equals(environment.getProperty(COMMAND, "serve"));
    Map<String, Object> derived = new HashMap<>();
    pipelines(environment)
        .forEach(
            (slug, settings) -> {
              Cron cron = new Cron(settings.cron());
              String prefix = "caravan.schedule." + slug + ".";
              derived.put(prefix + "enabled", String.valueOf(serving && cron.enabled()));
              derived.put(prefix + "cron", cron.enabled() ? cron.toQuartz() : NEVER);
              derived.put(
                  prefix + "misfire",
                  settings.catchUp()
                      ? CronTrigger.MISFIRE_INSTRUCTION_FIRE_ONCE_NOW
                      : CronTrigger.MISFIRE_INSTRUCTION_DO_NOTHING);
            });
    return derived;
  }

  private static void embed(
      ConfigurableEnvironment environment,
      SpringApplication application,
      Map<String, Object> derived) {
    DataDirectory directory =
        new DataDirectory(Path.of(environment.getProperty("caravan.data-directory", "data")));
    int port;
    if (directory.lock()) {
      port = freePort();
      EmbeddedDatabase database = new EmbeddedDatabase(directory, port);
      directory.noteOwner(port);
      // After the application context is closed, so that nothing loses its database while it shuts
      // down.
      SpringApplication.getShutdownHandlers().add(database::close);
      application.addInitializers(
          context -> context.getBeanFactory().registerSingleton("embeddedDatabase", database));
    } else {
      port = attach(environment, directory);
    }
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("dataDirectory", directory));
    derived.put(
        "spring.datasource.url",
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, EmbeddedDatabase.DATABASE));
    derived.put("spring.datasource.username", EmbeddedDatabase.USER);
    derived.put("spring.datasource.password", directory.secret("database-password"));
    Map.of(
            "caravan.encryption-key", "encryption-key",
            "caravan.api-token", "api-token",
            "caravan.admin-password", "admin-password")
        .forEach(
            (property, file) -> {
              if (environment.getProperty(property, "").isEmpty()) {
                derived.put(property, directory.secret(file));
              }
            });
  }

  private static int attach(ConfigurableEnvironment environment, DataDirectory directory) {
    DataDirectory.Owner owner = directory.owner().orElse(null);
    boolean serving = "serve".equals(environment.getProperty(COMMAND, "serve"));
    if (serving || owner == null) {
      throw new SettingsException(
          List.of(
              "Another Caravan%s already works in %s. Stop it first, start this one in another directory, or give both one DATABASE_URL."
                  .formatted(owner == null ? "" : " (process " + owner.pid() + ")", directory)));
    }
    return owner.databasePort();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new SettingsException(
          List.of("No free port on the loopback address for the embedded database"));
    }
  }
}
