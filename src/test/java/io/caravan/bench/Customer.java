package io.caravan.bench;

import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.RunStatus;
import io.caravan.source.DataSources;
import io.caravan.source.Organizations;
import io.caravan.valuesync.SearchableColumn;
import io.caravan.valuesync.SearchableColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A data source set up in a Caravan, and runs over its columns. */
final class Customer {
  private final WholeCaravan caravan;
  private final UUID dataSource;
  private final List<SearchableColumn> columns = new ArrayList<>();
  private final Map<String, String> ids = new LinkedHashMap<>();

  Customer(WholeCaravan caravan, String jdbcUrl) {
    this.caravan = caravan;
    UUID organization =
        caravan
            .bean(Organizations.class)
            .create(Map.of("name", "Customer", "onboardingCompleted", true))
            .id();
    dataSource =
        caravan
            .bean(DataSources.class)
            .create(
                Map.of(
                    "organizationId",
                    organization.toString(),
                    "name",
                    "warehouse",
                    "type",
                    "postgresql",
                    "jdbcUrl",
                    jdbcUrl,
                    "username",
                    "postgres",
                    "onboardingCompleted",
                    true))
            .id();
  }

  Customer searchable(String table, String column) {
    columns.add(new SearchableColumn("source", "public", table, column, null, null));
    caravan
        .bean(SearchableColumns.class)
        .replace(dataSource, columns)
        .forEach(state -> ids.put(state.tableName(), state.id().toString()));
    return this;
  }

  /** Reads these tables' columns whether they changed or not. */
  Run read(List<String> tables) {
    List<String> only = tables.stream().map(ids::get).toList();
    return caravan.run("valuesync", new RunRequest(only, null, false, false, null));
  }

  /**
   * @throws IllegalStateException when a column is not stored as it should be
   */
  void check(Run run, RunStatus status, int succeeded, String table, int values) {
    int stored =
        caravan
            .bean(JdbcClient.class)
            .sql(
                """
                select count(*) from valuesync.stored_value join valuesync.searchable_column using (column_no)
                 where table_name = ?
                """)
            .param(table)
            .query(Integer.class)
            .single();
    if (run.status() != status || run.counts().succeeded() != succeeded || stored != values) {
      throw new IllegalStateException(
          "%s: %d succeeded, %d values of %s stored"
              .formatted(run.status(), run.counts().succeeded(), stored, table));
    }
  }
}
