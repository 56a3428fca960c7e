package io.caravan.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Commits claims and ends of items in groups: whatever queued up while the last group was being
 * committed makes the next one. Nobody waits for a timer, and many items in parallel share one
 * commit. A call returns when its own change is committed, not before.
 */
@Component
class LedgerWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
  private static final int LARGEST_GROUP = 500;

  private sealed interface Entry {
    CompletableFuture<?> done();
  }

  private record Claim(UUID id, CompletableFuture<Optional<WorkItem>> done) implements Entry {}

  private record End(ItemStore.Finish finish, CompletableFuture<Boolean> done) implements Entry {}

  private final ItemStore items;
  private final TransactionTemplate transaction;
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(10_000);
  private final Thread thread;
  private volatile boolean closed;

  LedgerWriter(ItemStore items, TransactionTemplate transaction) {
    this.items = items;
    this.transaction = transaction;
    this.thread = Thread.ofPlatform().daemon().name("ledger-writer").start(this::write);
  }

  /**
   * @return the item, now this node's; empty when it is not pending any more, its run ends, or its
   *     key is busy
   */
  Optional<WorkItem> claim(UUID id) {
    return submit(new Claim(id, new CompletableFuture<>()), Claim::done);
  }

  /**
   * @return false when this node did not hold the item any more, so that nothing was written
   */
  boolean finish(ItemStore.Finish finish) {
    return submit(new End(finish, new CompletableFuture<>()), End::done);
  }

  private <E extends Entry, T> T submit(
      E entry, java.util.function.Function<E, CompletableFuture<T>> done) {
    if (closed) {
      throw new IllegalStateException("Caravan is shutting down");
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          queue.put(entry);
          break;
        } catch (InterruptedException e) {
          // The item's own stop interrupts its thread; its end must be written all the same.
          interrupted = true;
        }
      }
      return done.apply(entry).join();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void write() {
    List<Entry> group = new ArrayList<>();
    while (!closed || !queue.isEmpty()) {
      try {
        group.clear();
        group.add(queue.take());
        queue.drainTo(group, LARGEST_GROUP - 1);
        commit(group);
      } catch (InterruptedException e) {
        // close() woke us up; the loop's condition decides.
      } catch (RuntimeException e) {
        LOG.debug("A group of {} ledger entries could not be written", group.size(), e);
        group.forEach(entry -> entry.done().completeExceptionally(e));
      }
    }
  }

  private void commit(List<Entry> group) {
    List<End> ends = group.stream().filter(End.class::isInstance).map(End.class::cast).toList();
    List<Claim> claims =
        group.stream().filter(Claim.class::isInstance).map(Claim.class::cast).toList();
    try {
      inOneTransaction(
          () -> {
            Runnable answerEnds = writeEnds(ends);
            Runnable answerClaims = writeClaims(claims);
            return List.of(answerEnds, answerClaims);
          });
    } catch (DuplicateKeyException e) {
      // Two claims of one key met. One at a time, the second finds the first and stays out.
      inOneTransaction(() -> List.of(writeEnds(ends)));
      for (Claim claim : claims) {
        try {
          inOneTransaction(() -> List.of(writeClaims(List.of(claim))));
        } catch (DuplicateKeyException stillBusy) {
          claim.done().complete(Optional.empty());
        }
      }
    }
  }

  private void inOneTransaction(Supplier<List<Runnable>> writes) {
    List<Runnable> answers = transaction.execute(status -> writes.get());
    answers.forEach(Runnable::run);
  }

  private Runnable writeEnds(List<End> ends) {
    if (ends.isEmpty()) {
      return () -> {};
    }
    Set<UUID> written = new HashSet<>(items.finish(ends.stream().map(End::finish).toList()));
    return () -> ends.forEach(end -> end.done().complete(written.contains(end.finish().id())));
  }

  private Runnable writeClaims(List<Claim> claims) {
    if (claims.isEmpty()) {
      return () -> {};
    }
    Map<UUID, WorkItem> taken = new HashMap<>();
    items
        .claim(claims.stream().map(Claim::id).toList())
        .forEach(item -> taken.put(item.id(), item));
    // Of claims of one item in one group only the first gets it.
    return () ->
        claims.forEach(
            claim -> claim.done().complete(Optional.ofNullable(taken.remove(claim.id()))));
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join(5_000);
  }
}
