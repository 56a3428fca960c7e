package io.caravan.run;

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
}
