package io.caravan.valuesync;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.run.PlannedItem;
import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import io.caravan.source.DataSource;
import io.caravan.source.DataSources;
import io.caravan.source.Dataset;
import io.caravan.source.Datasets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A run as a whole: which columns need new values, and what came of it. */
@Component
public class ValueSync {
  static final String SLUG = "valuesync";
  private static final Logger LOG = LoggerFactory.getLogger(ValueSync.class);

  private final DataSources dataSources;
  private final Datasets datasets;
  private final SearchableColumns columns;
  private final Runs runs;
  private final ValueSyncProperties properties;
  private final ObjectMapper json;

  ValueSync(
      DataSources dataSources,
      Datasets datasets,
      SearchableColumns columns,
      Runs runs,
      ValueSyncProperties properties,
      ObjectMapper json) {
    this.dataSources = dataSources;
    this.datasets = datasets;
    this.columns = columns;
    this.runs = runs;
    this.properties = properties;
    this.json = json;
  }

  /**
   * Finds the columns to work on (SV-08 to SV-10): those that never had values first, then the ones
   * read longest ago. One lane a data source, so that a slow one holds up nobody else.
   *
   * @throws Failure when the run names columns that do not exist
   */
  public List<PlannedItem> plan(Run run) {
    takeOverDatasets();
    List<ColumnToSync> found = columns.forSync();
    Set<String> only = new HashSet<>(run.request().only());
    if (!only.isEmpty()) {
      found = found.stream().filter(column -> only.remove(column.id().toString())).toList();
      if (!only.isEmpty()) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "There is no searchable column with the id %s in a data source that is set up."
                .formatted(String.join(", ", only.stream().sorted().limit(5).toList())));
      }
    }
    boolean named = !run.request().only().isEmpty();
    Instant unread = Instant.now().minus(properties.skipUnreadAfter());
    LOG.info(
        "{} run {}: {} columns in {} data sources",
        SLUG,
        run.id(),
        found.size(),
        found.stream().map(ColumnToSync::dataSourceId).distinct().count());
    return found.stream()
        .filter(
            column -> named || properties.skipUnreadAfter().isZero() || readSince(column, unread))
        .sorted(
            Comparator.comparing(
                ColumnToSync::lastSyncedAt, Comparator.nullsFirst(Comparator.naturalOrder())))
        .map(column -> item(column, named))
        .toList();
  }

  private static boolean readSince(ColumnToSync column, Instant time) {
    return column.lastSyncedAt() == null
        || column.lastReadAt() != null && column.lastReadAt().isAfter(time);
  }

  private PlannedItem item(ColumnToSync column, boolean always) {
    SyncJobPayload payload =
        new SyncJobPayload(
            null,
            column.dataSourceId(),
            column.databaseName(),
            column.schemaName(),
            column.tableName(),
            column.columnName(),
            column.columnType(),
            column.maxValues(),
            always,
            null,
            null);
    return new PlannedItem(
        column.id().toString(),
        payload.column().title(),
        column.dataSourceId().toString(),
        null,
        json.valueToTree(payload));
  }

  /** Dimensions that a dataset's YAML marks as searchable are searchable columns too. */
  private void takeOverDatasets() {
    Map<UUID, List<Dataset>> bySource =
        datasets.eligible().stream().collect(Collectors.groupingBy(Dataset::dataSourceId));
    for (DataSource source : dataSources.eligible()) {
      try {
        List<SearchableColumn> marked =
            bySource.getOrDefault(source.id(), List.of()).stream()
                .flatMap(dataset -> dataset.searchableColumns().stream())
                .map(ValueSync::searchableColumn)
                .distinct()
                .toList();
        columns.mergeFromDatasets(source.id(), marked).forEach(LOG::warn);
      } catch (InvalidInputException | NotFoundException e) {
        // One data source's datasets must not keep the others from their values (SV-22), and YAML
        // that cannot be read must not take away the values it had.
        LOG.warn("The datasets of data source {} were left out: {}", source.id(), e.getMessage());
      }
    }
  }

  private static SearchableColumn searchableColumn(io.caravan.source.SearchableColumn column) {
    return new SearchableColumn(
        column.databaseName(),
        column.schemaName(),
        column.tableName(),
        column.columnName(),
        column.columnType(),
        null);
  }

  /** The daily report (SV-16) as far as the run's items are done. */
  public DailySyncReport report(Run run) {
    Map<UUID, String> names =
        dataSources.list().stream().collect(Collectors.toMap(DataSource::id, DataSource::name));
    Instant start = run.startedAt() == null ? run.requestedAt() : run.startedAt();
    return SyncReporter.report(run.id(), start, Instant.now(), runs.items(run.id(), null), names);
  }

  /**
   * What somebody wants to have read again now (section 4 item 5): a data source, a table or a
   * column.
   *
   * @param schema null for all, likewise table and column
   * @throws NotFoundException when no searchable column is meant
   */
  public RunRequest refresh(RefreshRequest wanted) {
    takeOverDatasets();
    List<String> ids =
        columns
            .forSync(wanted.dataSourceId(), wanted.schema(), wanted.table(), wanted.column())
            .stream()
            .map(column -> column.id().toString())
            .toList();
    if (ids.isEmpty()) {
      throw new NotFoundException(
          "The data source has no searchable column by these names, or it is not set up"
              + " (onboardingCompleted).");
    }
    return new RunRequest(ids, null, false, false, null);
  }

  /** Body of POST /api/v1/values/refresh. */
  public record RefreshRequest(UUID dataSourceId, String schema, String table, String column) {}
}
