package io.caravan.source;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The pools of this node, opened on demand and bounded in number. A pool whose log-in has changed
 * is not handed out any more and closes with its last user.
 */
final class SourcePools implements AutoCloseable {
  private static final class Slot {
    final SourcePool pool;
    int users;
    long unusedSince;

    Slot(SourcePool pool) {
      this.pool = pool;
    }
  }

  private final Function<Login, SourcePool> opener;
  private final int most;
  private final LongSupplier nanoClock;
  private final Map<UUID, Slot> slots = new HashMap<>();

  SourcePools(Function<Login, SourcePool> opener, int most, LongSupplier nanoClock) {
    this.opener = opener;
    this.most = most;
    this.nanoClock = nanoClock;
  }

  /** A use of a pool that ends when it is closed. */
  final class Use implements AutoCloseable {
    private final UUID id;
    private final Slot slot;

    private Use(UUID id, Slot slot) {
      this.id = id;
      this.slot = slot;
      slot.users++;
    }

    SourcePool pool() {
      return slot.pool;
    }

    @Override
    public void close() {
      boolean last;
      synchronized (SourcePools.this) {
        slot.users--;
        slot.unusedSince = nanoClock.getAsLong();
        last = slot.users == 0 && slots.get(id) != slot;
      }
      if (last) {
        slot.pool.close();
      }
    }
  }

  /**
   * @throws Failure of kind transient when as many pools as allowed are in use
   */
  Use use(UUID id, Login login) {
    List<SourcePool> toClose = new ArrayList<>();
    try {
      synchronized (this) {
        Slot slot = slots.get(id);
        if (slot == null || !slot.pool.login().equals(login)) {
          slots.remove(id);
          if (slot != null && slot.users == 0) {
            toClose.add(slot.pool);
          }
          makeRoom(toClose);
          slot = new Slot(opener.apply(login));
          slots.put(id, slot);
        }
        return new Use(id, slot);
      }
    } finally {
      toClose.forEach(SourcePool::close);
    }
  }

  private void makeRoom(List<SourcePool> toClose) {
    if (slots.size() < most) {
      return;
    }
    UUID oldest =
        slots.entrySet().stream()
            .filter(entry -> entry.getValue().users == 0)
            .min(Comparator.comparingLong(entry -> entry.getValue().unusedSince))
            .map(Map.Entry::getKey)
            .orElseThrow(
                () ->
                    new Failure(
                        FailureKind.TRANSIENT,
                        "All %d data sources that one node reads at once are in use; it will be tried again. caravan.source.max-pools sets how many there are."
                            .formatted(most)));
    toClose.add(slots.remove(oldest).pool);
  }

  /** Closes the pools that nobody has used for so long. */
  void closeUnused(Duration unusedFor) {
    List<SourcePool> toClose = new ArrayList<>();
    synchronized (this) {
      long now = nanoClock.getAsLong();
      slots
          .values()
          .removeIf(
              slot -> {
                boolean unused = slot.users == 0 && now - slot.unusedSince >= unusedFor.toNanos();
                if (unused) {
                  toClose.add(slot.pool);
                }
                return unused;
              });
    }
    toClose.forEach(SourcePool::close);
  }

  synchronized int size() {
    return slots.size();
  }

  @Override
  public void close() {
    List<Slot> all;
    synchronized (this) {
      all = List.copyOf(slots.values());
      slots.clear();
    }
    all.forEach(slot -> slot.pool.close());
  }
}
