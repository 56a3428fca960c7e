package io.caravan.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The life of one item, for part routes: claimed, worked on, finished. */
@Component
public class Items {
  private static final Logger LOG = LoggerFactory.getLogger(Items.class);

  private final LedgerWriter writer;
  private final ItemStore store;
  private final ActiveWork active;
  private final Pipelines pipelines;

  Items(LedgerWriter writer, ItemStore store, ActiveWork active, Pipelines pipelines) {
    this.writer = writer;
    this.store = store;
    this.active = active;
    this.pipelines = pipelines;
  }

  /**
   * Takes an item for this node and the calling thread. From now on it is stopped when it takes
   * longer than its pipeline's limit, or when its run is cancelled.
   *
   * @return empty when there is nothing to do: it is done, its run ends, or its key is worked on in
   *     another run (then it is skipped with that reason)
   */
  public Optional<WorkItem> claim(UUID id) {
    Optional<WorkItem> claimed = writer.claim(id);
    claimed.ifPresentOrElse(
        item -> active.begin(item, pipelines.settings(item.pipeline()).itemTimeout()),
        () -> store.skipBusy(id));
    return claimed;
  }

  /**
   * @param outcome how it ended; {@code retries} times it was tried again on the way
   */
  public void finish(WorkItem item, int retries, Outcome outcome) {
    try {
      // Having looked and gone back is no attempt.
      int attempts = item.attempt() + retries - (outcome.state() == ItemState.PENDING ? 1 : 0);
      if (!writer.finish(new ItemStore.Finish(item.id(), attempts, outcome))) {
        LOG.warn(
            "{} run {}: {} is no longer held by this node, so its outcome is not written",
            item.pipeline(),
            item.runId(),
            item.title());
      }
    } finally {
      active.end(item);
      // The item's stop may have interrupted this thread, which belongs to others from here on.
      Thread.interrupted();
    }
  }

  /**
   * Shows how far an item is, while it is worked on. Each call writes a row, so not for each
   * record.
   *
   * @param result as far as it is known; what the item's end brings takes its place
   */
  public void progress(WorkItem item, JsonNode result) {
    store.progress(item.id(), result);
  }

  /**
   * For the end of a transaction that writes what came of an item: a node that slept through its
   * lease must not overwrite its successor's work. Call it last, since it makes the heartbeat wait.
   *
   * @throws Failure of kind interrupted when this node does not hold the item any more
   */
  public void requireHeld(WorkItem item) {
    if (!store.lockHeld(item.id())) {
      throw new Failure(
          FailureKind.INTERRUPTED,
          "This node was silent for longer than its lease; another one carries on.");
    }
  }
}
