package io.caravan;

import io.caravan.sandbox.Warehouse;
import io.caravan.sandbox.Warehouses;
import io.caravan.setting.EmbeddedDatabase;
import io.caravan.source.DataSource;
import io.caravan.source.DataSources;
import io.caravan.source.Organization;
import io.caravan.source.Organizations;
import io.caravan.valuesync.SearchableColumn;
import io.caravan.valuesync.SearchableColumns;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The two sample warehouses as two organisations' data sources. The warehouses are made while the
 * rest of Caravan starts.
 */
@Component
@Profile("demo")
@ConditionalOnWebApplication
class DemoCustomers {
  private final Organizations organizations;
  private final DataSources dataSources;
  private final SearchableColumns columns;
  private final String readerPassword;
  private final Warehouses made;
  private final CompletableFuture<List<Warehouse>> warehouses;

  DemoCustomers(
      Organizations organizations,
      DataSources dataSources,
      SearchableColumns columns,
      ObjectProvider<EmbeddedDatabase> embedded,
      DataSourceProperties database,
      @Value("${caravan.data-directory}") String dataDirectory) {
    this.organizations = organizations;
    this.dataSources = dataSources;
    this.columns = columns;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.readerPassword = HexFormat.of().formatHex(random);
    this.made =
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

  /**
   * Waits for the warehouses and registers them.
   *
   * @return their data sources, in the order of the warehouses
   */
  List<DataSource> register() {
    return warehouses.join().stream().map(this::register).toList();
  }

  /** What the readers of the warehouses log in with. */
  String readerPassword() {
    return readerPassword;
  }

  /** Changes a schema behind the datasets' back, or takes that back. */
  void renamePromotionCode(boolean changed) {
    made.renamePromotionCode(changed);
  }

  /** Whether values of the source were read already. */
  boolean hasValues(DataSource source) {
    return columns.list(source.id()).stream().anyMatch(column -> column.lastSyncedAt() != null);
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
