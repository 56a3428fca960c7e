package io.caravan;

import io.caravan.camel.RunStarter;
import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.RunStatus;
import io.caravan.run.Runs;
import io.caravan.sandbox.BlueServer;
import io.caravan.sandbox.SlackServer;
import io.caravan.setting.DataDirectory;
import io.caravan.setting.EmbeddedDatabase;
import io.caravan.source.DataSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Profile {@code demo}: right after the start the sample warehouses are read and, where the other
 * side is a stand-in, two releases of the Blue API are published that differ a little and three
 * tables are synced with sheets. Then it says what to try.
 */
@Component
@Profile("demo")
@ConditionalOnWebApplication
class Demo {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final Duration LONGEST_FIRST_RUN = Duration.ofMinutes(5);
  private static final int RELEASES = 2;
  private static final int MOST_RUNS_LISTED = 500;

  private final DemoCustomers customers;
  private final DemoDatasets datasets;
  private final DemoPairs pairs;
  private final DemoConnectors connectors;
  private final Runs runs;
  private final RunStarter starter;
  private final ObjectProvider<BlueServer> blue;
  private final ObjectProvider<SlackServer> slack;
  private final ObjectProvider<EmbeddedDatabase> embedded;
  private final DataDirectory directory;

  Demo(
      DemoCustomers customers,
      DemoDatasets datasets,
      DemoPairs pairs,
      DemoConnectors connectors,
      Runs runs,
      RunStarter starter,
      ObjectProvider<BlueServer> blue,
      ObjectProvider<SlackServer> slack,
      ObjectProvider<EmbeddedDatabase> embedded,
      Environment environment) {
    this.customers = customers;
    this.datasets = datasets;
    this.pairs = pairs;
    this.connectors = connectors;
    this.runs = runs;
    this.starter = starter;
    this.blue = blue;
    this.slack = slack;
    this.embedded = embedded;
    this.directory = DemoSandbox.dataDirectory(environment);
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    int port =
        ((WebServerApplicationContext) event.getApplicationContext()).getWebServer().getPort();
    CompletableFuture<Void> others =
        CompletableFuture.allOf(
            inBackground("demo-releases", this::publish),
            inBackground("demo-pairs", this::syncPairs));
    inBackground("demo", () -> tell(port, readValues(), others));
  }

  private static CompletableFuture<Void> inBackground(String name, Runnable work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.error("The demo could not be set up: {}", cause.getMessage());
          }
        },
        Thread.ofPlatform().daemon().name(name)::start);
  }

  private DataSource readValues() {
    List<DataSource> sources = customers.register();
    DataSource first = sources.getFirst();
    connectors.register(first);
    starter.start("connectorsync", "event", RunRequest.everything());
    UUID run = starter.start("valuesync", "event", RunRequest.everything());
    if (!customers.hasValues(first)) {
      LOG.info("The first valuesync run {}", await(run).status().word());
    }
    checkSchemas(sources);
    return first;
  }

  /** At the first start a schema changes and heals: drift is told, then silence, then its end. */
  private void checkSchemas(List<DataSource> sources) {
    customers.renamePromotionCode(false);
    datasets.register(sources);
    if (runs.list("schemasync", null, null, 1, null).isEmpty()) {
      for (boolean changed : List.of(false, true, false)) {
        customers.renamePromotionCode(changed);
        Run check = await(starter.start("schemasync", "event", RunRequest.everything()));
        LOG.info("A schemasync run {}", check.status().word());
      }
    }
  }

  /**
   * The stand-in begins anew with each process. It goes on where the last one ended, or else the
   * next release would bring back what was there at first.
   */
  private void publish() {
    blue.ifAvailable(
        source -> {
          int published = runs.list("bluegreen", "succeeded", null, MOST_RUNS_LISTED, null).size();
          while (source.edition() < published) {
            source.advance();
          }
          for (; published < RELEASES; published++) {
            Run ended = await(starter.start("bluegreen", "event", RunRequest.everything()));
            LOG.info("bluegreen run {} of {} {}", published + 1, RELEASES, ended.status().word());
            if (ended.status() != RunStatus.SUCCEEDED) {
              return;
            }
          }
        });
  }

  private void syncPairs() {
    if (pairs.pageUrl().isPresent()) {
      Run first = await(starter.start("sheetsync", "event", RunRequest.everything()));
      LOG.info("The first sheetsync run {}", first.status().word());
    }
  }

  private void tell(int port, DataSource source, CompletableFuture<Void> others) {
    others.join();
    LOG.info(
        """
        The demo is ready. {}Try, in another shell:

        AUTH="Authorization: Bearer {}"
        API=http://localhost:{}/api
        curl -H "$AUTH" "$API/v1/values/search?dataSourceId={}&table=customer&column=city&q=mun"
        curl -H "$AUTH" "$API/v1/drift?state=open"
        curl -H "$AUTH" $API/v1/releases
        curl -H "$AUTH" $API/v1/sync-configs
        curl -H "$AUTH" -X POST $API/v1/pipelines/sheetsync/runs
        curl -H "$AUTH" $API/v1/connectors
        curl -H "Authorization: Bearer {}" "$API/connectors/sync?limit=10"
        curl -X POST -H "Authorization: Bearer {}" $API/internal/orchestrate-sync-api
        {} -c "select * from green.sync_metadata"
        """,
        look(),
        secret("api-token", "CARAVAN_API_TOKEN"),
        port,
        source.id(),
        secret(DemoSandbox.CRON_SECRET, "CRON_SECRET"),
        secret(DemoSandbox.SYNC_SECRET, "SYNC_SECRET_KEY"),
        psql());
  }

  /** The pages of the stand-ins that are there. */
  private String look() {
    return Stream.concat(
            slack.stream().map(server -> "Slack: " + server.pageUrl()),
            pairs.pageUrl().stream().map(url -> "Airtable and Google Sheets: " + url))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** The log masks whatever looks like a password that is given, such as PGPASSWORD=$(cat …). */
  private String psql() {
    return embedded.stream()
        .map(server -> URI.create(server.jdbcUrl("caravan").substring("jdbc:".length())))
        .map(
            url ->
                "export PGPASSWORD; read -r PGPASSWORD < %s\npsql -h %s -p %d -U postgres caravan"
                    .formatted(
                        directory.secretFile("database-password"), url.getHost(), url.getPort()))
        .findFirst()
        .orElse("psql \"$DATABASE_URL\"");
  }

  private String secret(String file, String variable) {
    Path path = directory.secretFile(file);
    return Files.exists(path) ? "$(cat " + path + ")" : "$" + variable;
  }

  private Run await(UUID id) {
    long end = System.nanoTime() + LONGEST_FIRST_RUN.toNanos();
    while (true) {
      Run run = runs.get(id);
      if (run.status().finished() || System.nanoTime() > end) {
        return run;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return run;
      }
    }
  }
}
