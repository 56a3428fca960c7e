package io.caravan.run;

import io.caravan.failure.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out the pending items of one run, to be split: so many at a time, so many of one lane, and
 * none before its time. A lane that is full holds up nobody else's items.
 *
 * <p>{@link #next} waits until an item may go. Once nothing is left, or the run was stopped, it
 * waits for what is under way and then returns null, because a splitter that meets the end of its
 * input does not wait for its own items.
 */
public final class HandOut implements Iterator<String> {
  private static final int PAGE = 500;
  private static final int LARGEST_HELD = 50_000;
  private static final String NO_LANE = "";
  // Also how soon a run that was stopped is noticed here.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final ItemStore items;
  private final UUID runId;
  private final int parallel;
  private final int perLane;
  private final StopSignal stop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Deque<ItemStore.Pending>> waiting = new HashMap<>();
  private final Queue<ItemStore.Pending> laterOn =
      new PriorityQueue<>(Comparator.comparing(ItemStore.Pending::notBefore));
  private final Map<Integer, String> laneOfAssignment = new HashMap<>();
  private final Map<String, Integer> busyInLane = new HashMap<>();
  private int position = -1;
  private boolean allRead;
  private boolean ended;
  private int assignments;

  HandOut(ItemStore items, UUID runId, int parallel, int perLane, StopSignal stop) {
    this.items = items;
    this.runId = runId;
    this.parallel = parallel;
    this.perLane = perLane;
    this.stop = stop;
  }

  @Override
  public boolean hasNext() {
    lock.lock();
    try {
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @return the id of an item to work on now; null at the end
   */
  @Override
  public String next() {
    lock.lock();
    try {
      while (true) {
        boolean stopped = stop.reason().isPresent();
        if (!stopped && laneOfAssignment.size() < parallel) {
          ItemStore.Pending item = takeEligible();
          if (item != null) {
            assign(item);
            return item.id().toString();
          }
        }
        if (laneOfAssignment.isEmpty() && (stopped || allRead && held() == 0)) {
          if (stopped || !startOver()) {
            ended = true;
            return null;
          }
          continue;
        }
        changed.await(untilNextMayGo().toMillis() + 1, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** The earliest planned item of those that may go now, or null. */
  private ItemStore.Pending takeEligible() {
    Instant now = Instant.now();
    while (!laterOn.isEmpty() && !laterOn.peek().notBefore().isAfter(now)) {
      queue(laterOn.remove());
    }
    while (true) {
      Optional<Deque<ItemStore.Pending>> lane =
          waiting.entrySet().stream()
              .filter(entry -> !entry.getValue().isEmpty() && hasRoom(entry.getKey()))
              .map(Map.Entry::getValue)
              .min(Comparator.comparingInt(queue -> queue.getFirst().position()));
      if (lane.isPresent()) {
        return lane.get().removeFirst();
      }
      if (!refill(now)) {
        return null;
      }
    }
  }

  private boolean refill(Instant now) {
    if (allRead || held() >= LARGEST_HELD) {
      return false;
    }
    List<ItemStore.Pending> page = items.pending(runId, position, PAGE);
    allRead = page.size() < PAGE;
    if (!page.isEmpty()) {
      position = page.getLast().position();
    }
    for (ItemStore.Pending item : page) {
      if (item.notBefore() != null && item.notBefore().isAfter(now)) {
        laterOn.add(item);
      } else {
        queue(item);
      }
    }
    return !page.isEmpty();
  }

  /**
   * Items may have come back to be looked at again.
   *
   * @return whether there are any
   */
  private boolean startOver() {
    position = -1;
    allRead = false;
    return refill(Instant.now());
  }

  private void queue(ItemStore.Pending item) {
    waiting.computeIfAbsent(laneOf(item), lane -> new ArrayDeque<>()).addLast(item);
  }

  private int held() {
    return laterOn.size() + waiting.values().stream().mapToInt(Deque::size).sum();
  }

  private static String laneOf(ItemStore.Pending item) {
    return item.lane() == null ? NO_LANE : item.lane();
  }

  private boolean hasRoom(String lane) {
    return lane.equals(NO_LANE) || busyInLane.getOrDefault(lane, 0) < perLane;
  }

  private void assign(ItemStore.Pending item) {
    String lane = laneOf(item);
    laneOfAssignment.put(assignments++, lane);
    busyInLane.merge(lane, 1, Integer::sum);
  }

  private Duration untilNextMayGo() {
    if (laterOn.isEmpty()) {
      return LONGEST_WAIT;
    }
    Duration wait = Duration.between(Instant.now(), laterOn.peek().notBefore());
    return wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  /**
   * Work on an item is over, whatever came of it.
   *
   * @param assignment 0 for the first item that {@link #next} returned, 1 for the second…
   */
  public void handedBack(int assignment) {
    lock.lock();
    try {
      String lane = laneOfAssignment.remove(assignment);
      if (lane != null) {
        busyInLane.computeIfPresent(lane, (name, busy) -> busy == 1 ? null : busy - 1);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
