package io.caravan;

import io.caravan.camel.RunStarter;
import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import io.caravan.sandbox.Warehouse;
import io.caravan.sandbox.Warehouses;
import io.caravan.setting.DataDirectory;
import io.caravan.setting.EmbeddedDatabase;
import io.caravan.source.DataSource;
import io.caravan.source.DataSources;
import io.caravan.source.Organization;
import io.caravan.source.Organizations;
import io.caravan.valuesync.SearchableColumn;
import io.caravan.valuesync.SearchableColumns;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Profile {@code demo}: two sample warehouses, registered as two organisations and read once right
 * after the start. The warehouses are made while the rest of Caravan starts.
 */
@Component
@Profile("demo")
class Demo {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final Duration LONGEST_FIRST_RUN = Duration.ofMinutes(5);

  private final Organizations organizations;
  private final DataSources dataSources;
  private final SearchableColumns columns;
  private final Runs runs;
  private final RunStarter starter;
  private final ObjectProvider<DataDirectory> directory;
  private final String readerPassword;
  private final CompletableFuture<List<Warehouse>> warehouses;

  Demo(
      Organizations organizations,
      DataSources dataSources,
      SearchableColumns columns,
      Runs runs,
      RunStarter starter,
      ObjectProvider<DataDirectory> directory,
      ObjectProvider<EmbeddedDatabase> embedded,
      DataSourceProperties database,
      @Value("${caravan.data-directory}") String dataDirectory) {
    this.organizations = organizations;
    this.dataSources = dataSources;
    this.columns = columns;
    this.runs = runs;
    this.starter = starter;
    this.directory = directory;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.readerPassword = HexFormat.of().formatHex(random);
    Warehouses made =
        new Warehouses(
            database.getUrl(),
            database.getUsername(),
            database.getPassword(),
            Path.of(dataDirectory, "sandbox"));
    this.warehouses =
        CompletableFuture.supplyAsync(
            () -> {
              embedded.ifAvailable(EmbeddedDatabase::awaitReady);
              return made.prepare(readerPassword);
            },
            Thread.ofVirtual().name("sandbox")::start);
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    int port =
        ((WebServerApplicationContext) event.getApplicationContext()).getWebServer().getPort();
    Thread.ofVirtual()
        .name("demo")
        .start(
            () -> {
              try {
                fill(port);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                LOG.error("The demo could not be set up: {}", cause.getMessage());
              }
            });
  }

  private void fill(int port) throws InterruptedException {
    List<Warehouse> made = warehouses.join();
    DataSource first = null;
    for (Warehouse warehouse : made) {
      DataSource source = register(warehouse);
      first = first == null ? source : first;
    }
    UUID run = starter.start("valuesync", "event", RunRequest.everything());
    boolean hasValues =
        columns.list(first.id()).stream().anyMatch(column -> column.lastSyncedAt() != null);
    if (!hasValues) {
      Run ended = await(run);
      LOG.info("The first valuesync run {}", ended.status().word());
    }
    String token =
        directory.stream()
            .map(data -> "$(cat " + data.secretFile("api-token") + ")")
            .findFirst()
            .orElse("$CARAVAN_API_TOKEN");
    LOG.info(
        "The demo is ready. Try: curl -H \"Authorization: Bearer {}\""
            + " \"http://localhost:{}/api/v1/values/search?dataSourceId={}&table=customer&column=city&q=mun\"",
        token,
        port,
        first.id());
  }

  private Run await(UUID id) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_FIRST_RUN.toNanos();
    while (true) {
      Run run = runs.get(id);
      if (run.status().finished() || System.nanoTime() > end) {
        return run;
      }
      Thread.sleep(100);
    }
  }

  /**
   * The embedded database has another port at each start, so what is registered already is brought
   * up to date.
   */
  private DataSource register(Warehouse warehouse) {
    Organization organization =
        organizations.list().stream()
            .filter(known -> known.name().equals(warehouse.organization()))
            .findFirst()
            .orElseGet(
                () ->
                    organizations.create(
                        Map.of("name", warehouse.organization(), "onboardingCompleted", true)));
    Map<String, Object> fields = new HashMap<>();
    fields.put("jdbcUrl", warehouse.jdbcUrl());
    if (warehouse.username() != null) {
      fields.put("username", warehouse.username());
      fields.put("password", readerPassword);
    }
    DataSource source =
        dataSources.list().stream()
            .filter(known -> known.organizationId().equals(organization.id()))
            .findFirst()
            .map(known -> dataSources.patch(known.id(), fields))
            .orElseGet(
                () -> {
                  fields.put("organizationId", organization.id().toString());
                  fields.put("name", warehouse.databaseName());
                  fields.put("type", warehouse.type().name().toLowerCase(Locale.ROOT));
                  fields.put("onboardingCompleted", true);
                  return dataSources.create(fields);
                });
    columns.replace(
        source.id(),
        warehouse.searchableColumns().stream()
            .map(
                column ->
                    new SearchableColumn(
                        column.databaseName(),
                        column.schemaName(),
                        column.tableName(),
                        column.columnName(),
                        null,
                        null))
            .toList());
    return source;
  }
}
