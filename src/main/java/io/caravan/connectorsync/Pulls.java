package io.caravan.connectorsync;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.caravan.connectorsync.dataset.Conveyor;
import io.caravan.connectorsync.dataset.DatasetLoad;
import io.caravan.connectorsync.dataset.DatasetVersion;
import io.caravan.connectorsync.dataset.Datasets;
import io.caravan.connectorsync.dataset.LoadResult;
import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.Items;
import io.caravan.run.Outcome;
import io.caravan.run.WorkItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What a sync does, step by step, whatever its connector's type (CN-03). */
@Component
public class Pulls {
  private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);

  /** Records that a test shows (section 4, item 3). */
  private static final int SAMPLE = 5;

  private final Connectors connectors;
  private final ConnectorCredentials credentials;
  private final Datasets datasets;
  private final ConnectorHealth health;
  private final Items items;
  private final ObjectMapper json;

  Pulls(
      Connectors connectors,
      ConnectorCredentials credentials,
      Datasets datasets,
      ConnectorHealth health,
      Items items,
      ObjectMapper json) {
    this.connectors = connectors;
    this.credentials = credentials;
    this.datasets = datasets;
    this.health = health;
    this.items = items;
    this.json = json;
  }

  /**
   * Begins a sync.
   *
   * @throws io.caravan.failure.NotFoundException when the connector was deleted meanwhile
   */
  public Pull open(WorkItem item) {
    UUID id = UUID.fromString(item.key());
    Pull pull = Pull.sync(connectors.get(id), credentials.of(id), item);
    LOG.info("connectorsync run {}: {} of type {} begins", item.runId(), item.title(), pull.type());
    return pull;
  }

  /**
   * Begins to load a resource; what it holds so far stays until {@link #commit}. A resource that
   * was begun and not committed is given up.
   *
   * @param primaryKey fields that identify a record; empty where its content does
   * @return where the source was left at the last committed load; null where all has to be fetched
   */
  public JsonNode begin(Pull pull, String resource, List<String> primaryKey) {
    pull.stop().check();
    pull.giveUp();
    pull.begun(pull.isTrial() ? datasets.sample(SAMPLE) : load(pull, resource, primaryKey));
    return pull.load().cursorState();
  }

  private DatasetLoad load(Pull pull, String resource, List<String> primaryKey) {
    try {
      return datasets.begin(
          pull.connector(),
          pull.name(),
          resource,
          primaryKey,
          UUID.randomUUID(),
          pull.item().dryRun());
    } catch (ConflictException e) {
      // PostgreSQL may learn later than the ledger that a node is gone.
      throw new Failure(FailureKind.TRANSIENT, e.getMessage(), e);
    }
  }

  /**
   * Takes the records of a page.
   *
   * @param page JSON or NDJSON; closed when it is read
   * @param recordPath where in it the records are, empty for the page itself
   * @return how many there were
   */
  public long page(Pull pull, InputStream page, JsonPointer recordPath) throws IOException {
    pull.stop().check();
    long records = pull.load().records(page, recordPath);
    showProgress(pull);
    return records;
  }

  /**
   * Takes what is fetched while the next is fetched: the records of one page are read and stored
   * during the request for another. What goes wrong is thrown by a later step of the sync.
   *
   * @param part takes records by {@link #page} or {@link #record}, in the order of the parts;
   *     closed in any case
   */
  public void meanwhile(Pull pull, Conveyor.Part part) throws Exception {
    if (pull.isTrial()) {
      // It ends with the first records.
      try (part) {
        pull.stop().check();
        part.run();
      }
    } else {
      pull.meanwhile(part);
    }
  }

  /** Takes one record, an object. */
  public void record(Pull pull, Object record) {
    pull.stop().check();
    pull.load().record(record instanceof JsonNode tree ? tree : json.valueToTree(record));
    showProgress(pull);
  }

  /** For CN-09: how many records a sync under way has fetched until now. */
  private void showProgress(Pull pull) {
    if (!pull.isTrial() && pull.isTimeToShow()) {
      ObjectNode result = result(pull.item(), pull.results());
      result.put("status", "IN_PROGRESS");
      result.put("recordsFetched", result.get("recordsFetched").asLong() + pull.load().fetched());
      items.progress(pull.item(), result);
    }
  }

  /**
   * Sets aside what the source could not make a record of.
   *
   * @param reason why, without a value of it
   * @param seen what stood there; null where that is not known
   */
  public void leftOut(Pull pull, String reason, String seen) {
    pull.stop().check();
    pull.load().leftOut(reason, seen == null ? null : TextNode.valueOf(seen));
  }

  /**
   * Publishes what was loaded of a resource, with where the source was left, in one transaction. A
   * dry run counts what that would change.
   *
   * @param complete whether a record that did not come is none any more
   * @param cursor null for none
   * @throws Failure of kind data when a source that had records shows none, and the run was not
   *     asked to take that for true
   */
  public void commit(Pull pull, boolean complete, JsonNode cursor) {
    pull.stop().check();
    pull.await();
    if (!(pull.load() instanceof DatasetLoad load)) {
      return;
    }
    WorkItem item = pull.item();
    if (complete && load.fetched() == 0 && load.recordsBefore() > 0 && !item.force()) {
      throw new Failure(
          FailureKind.DATA,
          "The source shows no record of %s, where there were %d. If that is right, run it with force."
              .formatted(load.resource(), load.recordsBefore()));
    }
    items.requireHeld(item);
    LoadResult result = load.commit(complete, cursor);
    pull.committed(result);
    LOG.info(
        "connectorsync run {}: {}{}: {} added, {} updated, {} unchanged, {} removed",
        item.runId(),
        item.dryRun() ? "dry run of " : "",
        item.title(),
        result.version().added(),
        result.version().updated(),
        result.version().unchanged(),
        result.version().removed());
  }

  /** The tables, in schema connectorsync, whose records the sync changed; none in a dry run. */
  public List<String> tables(Pull pull) {
    if (pull.item().dryRun()) {
      return List.of();
    }
    return pull.results().stream()
        .filter(load -> changed(load.version()))
        .map(load -> datasets.table(load.datasetId()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean changed(DatasetVersion version) {
    return version.added() + version.updated() + version.removed() > 0;
  }

  /** The sync's outcome: records that were set aside make it PARTIAL. */
  public Outcome end(Pull pull) {
    ObjectNode result = result(pull.item(), pull.results());
    if (pull.item().dryRun()) {
      return Outcome.skipped(planned(pull.results()), result);
    }
    health.succeeded(pull.connector(), result.path("error").textValue());
    return Outcome.succeeded(result);
  }

  private static String planned(List<LoadResult> loads) {
    return "dry run: %d to be added, %d updated, %d removed; nothing written"
        .formatted(
            sum(loads, DatasetVersion::added),
            sum(loads, DatasetVersion::updated),
            sum(loads, DatasetVersion::removed));
  }

  private static long sum(List<LoadResult> loads, ToLongFunction<DatasetVersion> count) {
    return loads.stream().map(LoadResult::version).mapToLong(count).sum();
  }

  private ObjectNode result(WorkItem item, List<LoadResult> loads) {
    long setAside = sum(loads, DatasetVersion::setAside);
    ObjectNode result = json.createObjectNode();
    result.put("status", setAside == 0 ? "COMPLETED" : "PARTIAL");
    result.put("recordsFetched", loads.stream().mapToLong(LoadResult::fetched).sum());
    result.put("recordsProcessed", loads.stream().mapToLong(LoadResult::processed).sum());
    if (!loads.isEmpty() && loads.getFirst().datasetId() != null) {
      result.put("datasetId", loads.getFirst().datasetId().toString());
    }
    if (setAside > 0) {
      result.put(
          "error",
          (item.dryRun()
                  ? "%d records would be set aside."
                  : "%d records were set aside; connectorsync.set_aside_record says why. What the"
                      + " dataset has of them stays.")
              .formatted(setAside));
    }
    ArrayNode each = result.putObject("metadata").putArray("datasets");
    loads.forEach(load -> each.add(json.valueToTree(load)));
    return result;
  }

  /** A sync that broke off; what it had committed by then stays. */
  public ObjectNode fail(WorkItem item, Pull pull, Failure failure) {
    if (!item.dryRun()) {
      health.failed(UUID.fromString(item.key()), failure);
    }
    ObjectNode result = result(item, pull == null ? List.of() : pull.results());
    result.put("status", "FAILED");
    result.put("error", failure.getMessage());
    return result;
  }
}
