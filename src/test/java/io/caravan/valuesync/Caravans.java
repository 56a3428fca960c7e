package io.caravan.valuesync;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.caravan.TestDatabase;
import io.caravan.secret.Redactor;
import io.caravan.secret.Vault;
import io.caravan.source.DataSources;
import io.caravan.source.Organizations;
import io.caravan.source.SourceConnections;
import io.caravan.source.SourceProperties;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The storing and searching half of valuesync over a database of its own. */
final class Caravans implements AutoCloseable {
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  final DataSource database;
  final JdbcClient jdbc;
  final SearchableColumns columns;
  final StoredValues stored;
  final ValueSearch search;

  Caravans() {
    this(pooled(TestDatabase.migrated()));
  }

  Caravans(DataSource database) {
    this(database, Map.of());
  }

  /**
   * @param settings properties by their full name
   */
  Caravans(DataSource database, Map<String, Object> settings) {
    this.database = database;
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
    context.registerBean(DataSource.class, () -> database);
    context.register(Parts.class);
    context.refresh();
    jdbc = JdbcClient.create(database);
    columns = context.getBean(SearchableColumns.class);
    stored = context.getBean(StoredValues.class);
    search = context.getBean(ValueSearch.class);
  }

  private static DataSource pooled(DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }

  UUID dataSource() {
    UUID organization = UUID.randomUUID();
    UUID source = UUID.randomUUID();
    jdbc.sql(
            "insert into caravan.organizations (id, name, onboarding_completed) values (?, 'Acme',"
                + " true)")
        .param(organization)
        .update();
    jdbc.sql(
            """
            insert into caravan.data_sources (id, organization_id, name, type, jdbc_url, onboarding_completed)
            values (?, ?, 'shop', 'postgresql', 'jdbc:postgresql://localhost/shop', true)
            """)
        .params(source, organization)
        .update();
    return source;
  }

  static SearchableColumn column(String table, String column) {
    return new SearchableColumn("shop", "public", table, column, null, null);
  }

  /**
   * A column {@code public.city.name} of a new data source, with the given values, the first the
   * most frequent.
   */
  Column withValues(String... values) {
    return withValues(
        java.util.stream.IntStream.range(0, values.length)
            .mapToObj(i -> new ValueCount(values[i], values.length - i))
            .toList());
  }

  Column withValues(List<ValueCount> values) {
    Column column = column();
    column.store(values);
    return column;
  }

  Column column() {
    UUID source = dataSource();
    return new Column(
        source, columns.replace(source, List.of(column("city", "name"))).getFirst().id());
  }

  static ReplaceOptions complete(List<ValueCount> values) {
    return new ReplaceOptions(true, true, values.size(), null, false);
  }

  /** One searchable column under test. */
  final class Column {
    final UUID source;
    final UUID id;

    private Column(UUID source, UUID id) {
      this.source = source;
      this.id = id;
    }

    ReplaceResult store(List<ValueCount> values) {
      return stored.replace(id, values, complete(values));
    }

    SearchResult search(String q, int limit) {
      return search.search(source, "public", "city", "name", q, limit);
    }

    List<String> find(String q) {
      return search(q, 10).values().stream().map(FoundValue::value).toList();
    }

    SearchableColumnState state() {
      return columns.list(source).getFirst();
    }
  }

  @Override
  public void close() {
    context.close();
  }

  @EnableTransactionManagement
  @EnableConfigurationProperties({DeniedColumns.class, ValueSyncProperties.class})
  @Import({
    SearchableColumns.class,
    SearchableColumnStore.class,
    StoredValues.class,
    StoredValueStore.class,
    SearchIndexStore.class,
    ValueSearch.class,
    SearchStore.class,
    LastReads.class,
    SourceLookup.class
  })
  // No @Configuration: the whole Caravan's component scan would find it in other tests.
  static class Parts {
    @Bean
    DataSourceTransactionManager transactionManager(DataSource dataSource) {
      return new DataSourceTransactionManager(dataSource);
    }

    @Bean
    SourceConnections sourceConnections(DataSource dataSource) {
      JdbcClient jdbc = JdbcClient.create(dataSource);
      DataSources dataSources =
          new DataSources(jdbc, new Vault(Vault.newKey()), new Redactor(), new Organizations(jdbc));
      return new SourceConnections(dataSources, SourceProperties.defaults());
    }
  }
}
