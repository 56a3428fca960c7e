package io.caravan.failure;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells one piece of work to stop, from another thread. Whoever does the work registers how it is
 * stopped, for example {@code statement::cancel}, for as long as that step lasts. Thread-safe.
 */
public final class StopSignal {
  private final Set<Runnable> hooks = new LinkedHashSet<>();
  private Failure reason;

  /**
   * Asks the work to stop. The first reason stands; every registered hook is run once, on the
   * calling thread.
   */
  public void stop(Failure why) {
    Set<Runnable> toRun;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
      toRun = new LinkedHashSet<>(hooks);
    }
    toRun.forEach(Runnable::run);
  }

  /**
   * Registers how the present step is stopped.
   *
   * @return closes the registration; after it is closed the hook is not run any more
   * @throws Failure the reason, when the work was asked to stop already
   */
  public Registration onStop(Runnable hook) {
    synchronized (this) {
      if (reason != null) {
        throw reason;
      }
      hooks.add(hook);
    }
    return () -> {
      synchronized (this) {
        hooks.remove(hook);
      }
    };
  }

  /**
   * @throws Failure the reason, when the work was asked to stop
   */
  public synchronized void check() {
    if (reason != null) {
      throw reason;
    }
  }

  public synchronized Optional<Failure> reason() {
    return Optional.ofNullable(reason);
  }

  /** A registration that ends when it is closed. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
