package io.caravan.run;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What this node is working on at this moment, so that it can be stopped and its leases renewed.
 * The truth about it is in the ledger; this is only how to reach the threads.
 */
@Component
class ActiveWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveWork.class);
  // Work is asked to stop first; a thread that does not heed it is interrupted after this.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private record ActiveRun(StopSignal stop, ScheduledFuture<?> deadline) {}

  private record ActiveItem(WorkItem item, Thread thread, ScheduledFuture<?> deadline) {}

  private final Map<UUID, ActiveRun> runs = new ConcurrentHashMap<>();
  private final Map<UUID, ActiveItem> items = new ConcurrentHashMap<>();
  private final RunStore runStore;
  private final ItemStore itemStore;
  private final Node node;
  private final Duration lease;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("deadlines").factory());
  private Instant renewedAt = Instant.EPOCH;

  ActiveWork(RunStore runStore, ItemStore itemStore, Node node, RunProperties properties) {
    this.runStore = runStore;
    this.itemStore = itemStore;
    this.node = node;
    this.lease = properties.lease();
    // A deadline outlives its item by minutes: a long run would pile them up by the million.
    clock.setRemoveOnCancelPolicy(true);
  }

  int runCount() {
    return runs.size();
  }

  boolean holds(UUID runId) {
    return runs.containsKey(runId);
  }

  /** From now on the run can be stopped here; it is when its deadline passes. */
  void begin(Run run, Duration timeout) {
    StopSignal stop = new StopSignal();
    Failure late =
        new Failure(
            FailureKind.TIMEOUT,
            "The run took longer than its limit of %d s.".formatted(timeout.toSeconds()));
    ScheduledFuture<?> deadline = at(run.deadline(), () -> stopRun(run.id(), late));
    runs.put(run.id(), new ActiveRun(stop, deadline));
  }

  void end(Run run) {
    ActiveRun active = runs.remove(run.id());
    if (active != null) {
      active.deadline().cancel(false);
    }
  }

  /** Fires when the run has to end; of a run that is not worked on here it has fired already. */
  StopSignal stopSignal(UUID runId) {
    ActiveRun active = runs.get(runId);
    if (active != null) {
      return active.stop();
    }
    StopSignal over = new StopSignal();
    over.stop(new Failure(FailureKind.INTERRUPTED, "The run is not worked on by this node."));
    return over;
  }

  Optional<Failure> stopped(UUID runId) {
    return Optional.ofNullable(runs.get(runId)).flatMap(active -> active.stop().reason());
  }

  /**
   * From now on the item can be stopped here, on the calling thread; it is when it takes longer
   * than the limit.
   */
  void begin(WorkItem item, Duration timeout) {
    Failure late =
        new Failure(
            FailureKind.TIMEOUT,
            "%s took longer than its limit of %d s and was stopped."
                .formatted(item.title(), timeout.toSeconds()));
    ScheduledFuture<?> deadline = at(Instant.now().plus(timeout), () -> stopItem(item.id(), late));
    items.put(item.id(), new ActiveItem(item, Thread.currentThread(), deadline));
    stopped(item.runId()).ifPresent(why -> stopItem(item.id(), why));
  }

  void end(WorkItem item) {
    ActiveItem active = items.remove(item.id());
    if (active != null) {
      active.deadline().cancel(false);
    }
  }

  void stopRun(UUID runId, Failure why) {
    ActiveRun run = runs.get(runId);
    if (run != null) {
      run.stop().stop(why);
    }
    items.values().stream()
        .filter(active -> active.item().runId().equals(runId))
        .forEach(active -> stopItem(active.item().id(), why));
  }

  /** For the shutdown: whatever is under way ends now and goes back into the ledger. */
  void stopAll(Failure why) {
    List.copyOf(runs.keySet()).forEach(id -> stopRun(id, why));
    List.copyOf(items.keySet()).forEach(id -> stopItem(id, why));
  }

  private void stopItem(UUID itemId, Failure why) {
    ActiveItem active = items.get(itemId);
    if (active == null) {
      return;
    }
    // Cancelling a statement opens a connection, which can hang: never on the clock's own thread.
    Thread.ofVirtual().name("stop-" + itemId).start(() -> active.item().stop().stop(why));
    at(
        Instant.now().plus(GRACE),
        () -> {
          if (items.get(itemId) == active) {
            active.thread().interrupt();
          }
        });
  }

  private ScheduledFuture<?> at(Instant time, Runnable action) {
    long wait = Math.max(0, Duration.between(Instant.now(), time).toMillis());
    return clock.schedule(
        () -> {
          try {
            action.run();
          } catch (RuntimeException e) {
            LOG.warn("Could not stop work in time", e);
          }
        },
        wait,
        TimeUnit.MILLISECONDS);
  }

  /**
   * Called about once a second: heeds requests to cancel that reached another node, and renews
   * leases when a third of their time is over. Work whose lease is lost is stopped, since another
   * node may be doing it.
   */
  synchronized void beat() {
    Set<UUID> runIds = new HashSet<>(runs.keySet());
    items.values().forEach(active -> runIds.add(active.item().runId()));
    if (runIds.isEmpty()) {
      return;
    }
    runStore
        .cancelRequested(List.copyOf(runIds))
        .forEach(id -> stopRun(id, new Failure(FailureKind.CANCELLED, "cancelled")));
    if (Instant.now().isAfter(renewedAt.plus(lease.dividedBy(3)))) {
      renew();
      renewedAt = Instant.now();
    }
  }

  private void renew() {
    Failure lost =
        new Failure(
            FailureKind.INTERRUPTED,
            "This node was silent for longer than its lease; another one carries on.");
    List<UUID> heldRuns = List.copyOf(runs.keySet());
    Set<UUID> stillOurs = new HashSet<>(runStore.renew(node, heldRuns, lease));
    heldRuns.stream()
        .filter(id -> !stillOurs.contains(id) && runs.containsKey(id))
        .forEach(id -> stopRun(id, lost));
    List<UUID> heldItems = List.copyOf(items.keySet());
    Set<UUID> itemsStillOurs = new HashSet<>(itemStore.renew(heldItems));
    heldItems.stream().filter(id -> !itemsStillOurs.contains(id)).forEach(id -> stopItem(id, lost));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
