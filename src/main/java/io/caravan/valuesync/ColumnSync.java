package io.caravan.valuesync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.NotFoundException;
import io.caravan.run.Items;
import io.caravan.run.Outcome;
import io.caravan.run.WorkItem;
import io.caravan.source.SourceConnections;
import io.caravan.source.SourceSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The work on one column (SV-11): look whether its table changed, read its distinct values, store
 * them.
 */
@Component
public class ColumnSync {
  private final SourceConnections sources;
  private final SearchableColumns columns;
  private final StoredValues values;
  private final Items items;
  private final TransactionTemplate transaction;
  private final ValueSyncProperties properties;
  private final ObjectMapper json;
  private final ChangeProbe probe = new ChangeProbe();
  private final ColumnExtractor extractor = new ColumnExtractor();

  ColumnSync(
      SourceConnections sources,
      SearchableColumns columns,
      StoredValues values,
      Items items,
      PlatformTransactionManager transactions,
      ValueSyncProperties properties,
      ObjectMapper json) {
    this.sources = sources;
    this.columns = columns;
    this.values = values;
    this.items = items;
    this.transaction = new TransactionTemplate(transactions);
    this.properties = properties;
    this.json = json;
  }

  /**
   * Reads the column in the customer's database; writes nothing.
   *
   * @throws Failure as {@link ColumnExtractor} and {@link SourceConnections} do, and when the
   *     column was taken off the list meanwhile
   */
  ColumnReading read(WorkItem item) {
    SyncJobPayload job = payload(item);
    UUID columnId = UUID.fromString(item.key());
    ColumnToSync column =
        columns
            .forSync(columnId)
            .orElseThrow(
                () ->
                    new Failure(
                        FailureKind.CONFIGURATION,
                        "%s is no longer searchable, or its data source is gone."
                            .formatted(item.title())));
    if (!job.always() && !item.force()) {
      Optional<String> broken = columns.broken(columnId);
      if (broken.isPresent()) {
        return new ColumnReading.Broken(broken.get());
      }
    }
    long started = System.nanoTime();
    try {
      return sources.read(
          job.dataSourceId(),
          item.stop(),
          session -> {
            ColumnReading unchanged = unlessChanged(session, item, job, column);
            return unchanged != null
                ? unchanged
                : new ColumnReading.Values(
                    extractor.extract(session, job.column(), limits(job), item.stop()), started);
          });
    } catch (NotFoundException e) {
      throw new Failure(FailureKind.CONFIGURATION, e.getMessage(), e);
    }
  }

  private ExtractionLimits limits(SyncJobPayload job) {
    return new ExtractionLimits(job.maxValues(), properties.maxValueLength());
  }

  /**
   * @return null when the column has to be read
   */
  private ColumnReading unlessChanged(
      SourceSession session, WorkItem item, SyncJobPayload job, ColumnToSync column) {
    TableState before = state(column);
    if (job.always() || item.force() || before == null) {
      return null;
    }
    ChangeProbe.Table table = ChangeProbe.Table.of(job.column());
    TableState now = probe.read(session, List.of(table), item.stop()).get(table);
    return switch (ChangeProbe.unchangedSince(before, now)) {
      case CHANGED -> null;
      case UNCHANGED -> new ColumnReading.Unchanged(now);
      case LIKELY_UNCHANGED -> {
        boolean settled = job.firstLook() != null && ChangeProbe.settled(job.firstLook(), now);
        yield settled
            ? new ColumnReading.Unchanged(job.firstLook())
            : new ColumnReading.TooEarlyToTell(job.lookedAt(Instant.now(), now));
      }
    };
  }

  private TableState state(ColumnToSync column) {
    return column.tableState() == null || column.lastSyncedAt() == null
        ? null
        : json.convertValue(column.tableState(), TableState.class);
  }

  /**
   * Stores what was read, in one transaction; of a dry run nothing.
   *
   * @return how the item ends
   * @throws Failure of kind brake when a full list would become empty and the run is not forced
   */
  public Outcome store(WorkItem item, Object reading) {
    UUID columnId = UUID.fromString(item.key());
    return switch ((ColumnReading) reading) {
      case ColumnReading.TooEarlyToTell(SyncJobPayload again) ->
          Outcome.later(again.firstLookAt().plus(ChangeProbe.SETTLING), json.valueToTree(again));
      case ColumnReading.Broken(String why) -> {
        columns.markFailed(columnId, why);
        yield Outcome.skipped("drift: " + why, null);
      }
      case ColumnReading.Unchanged(TableState state) -> {
        columns.markUnchanged(columnId, json.valueToTree(state));
        yield Outcome.skipped(
            "unchanged: the table is as it was when its values were read last", null);
      }
      case ColumnReading.Values found -> storeValues(item, columnId, found);
    };
  }

  private Outcome storeValues(WorkItem item, UUID columnId, ColumnReading.Values found) {
    Extraction extraction = found.extraction();
    item.stop().check();
    JsonNode state = json.valueToTree(extraction.tableState());
    if (item.dryRun()) {
      return Outcome.skipped(
          "dry run: %d values found, nothing written".formatted(extraction.values().size()), null);
    }
    ReplaceOptions options =
        new ReplaceOptions(
            extraction.complete(),
            extraction.countsExact(),
            extraction.totalDistinct(),
            state,
            item.force());
    ReplaceResult replaced = replace(item, columnId, extraction.values(), options);
    SyncJobResult result =
        new SyncJobResult(
            item.id(),
            true,
            replaced.processedCount(),
            replaced.existingCount(),
            replaced.newCount(),
            Duration.ofNanos(System.nanoTime() - found.startedAtNanos()).toMillis(),
            null,
            replaced.removedCount(),
            extraction.complete(),
            extraction.totalDistinct(),
            extraction.tooLong(),
            extraction.way().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return Outcome.succeeded(json.valueToTree(result));
  }

  private ReplaceResult replace(
      WorkItem item, UUID columnId, List<ValueCount> found, ReplaceOptions options) {
    Object outcome =
        transaction.execute(
            status -> {
              try {
                ReplaceResult replaced = values.replace(columnId, found, options);
                items.requireHeld(item);
                return replaced;
              } catch (Failure e) {
                if (e.kind() == FailureKind.BRAKE) {
                  // The column was marked as suspect, which is to be kept.
                  return e;
                }
                throw e;
              }
            });
    if (outcome instanceof Failure brake) {
      throw brake;
    }
    return (ReplaceResult) outcome;
  }

  /**
   * Notes on the column that it could not be read (SV-12, SV-25); its values stay.
   *
   * @return the item's result in the seed's form
   */
  public Object noteFailure(WorkItem item, Failure failure) {
    UUID columnId = UUID.fromString(item.key());
    switch (failure.kind()) {
      case BRAKE -> {
        // StoredValues marked it as suspect already.
      }
      case INTERRUPTED -> {
        return Map.of();
      }
      default -> columns.markFailed(columnId, failure.getMessage());
    }
    return SyncJobResult.failed(item.id(), 0, failure.getMessage());
  }

  private SyncJobPayload payload(WorkItem item) {
    return json.convertValue(item.payload(), SyncJobPayload.class).of(item.id());
  }
}
