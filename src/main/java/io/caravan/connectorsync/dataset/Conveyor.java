package io.caravan.connectorsync.dataset;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does parts of some work one after another while its user prepares the next; a few wait, so that
 * neither stands still whenever the other takes longer. After a part that fails no other is done,
 * and whoever asks is told about it. For one thread at a time.
 */
public final class Conveyor implements AutoCloseable {
  /** A part of the work. */
  @FunctionalInterface
  public interface Part extends AutoCloseable {
    /** Does it. */
    void run() throws Exception;

    /** Gives back what it holds, once it is done or left undone. */
    @Override
    default void close() {}
  }

  private final ExecutorService worker;
  private final Deque<Future<?>> parts = new ArrayDeque<>();
  private final int most;
  private volatile boolean closed;
  private volatile Throwable failure;

  /**
   * @param does what its thread is called
   * @param most parts that wait or are under way, from 1
   */
  public Conveyor(String does, int most) {
    this.most = most;
    // No virtual thread: one that computes for milliseconds keeps others from their processor.
    this.worker =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("caravan-" + does).factory());
  }

  /**
   * Hands a part over, as soon as there is room for it. It is closed in any case.
   *
   * @throws RuntimeException what an earlier part threw, or an {@link UncheckedIOException} for an
   *     {@link IOException}; this part is left undone then
   * @throws Failure of kind interrupted when this thread is, which leaves the part undone, too
   */
  public void add(Part part) {
    try {
      while (!parts.isEmpty() && (parts.size() >= most || parts.peek().isDone())) {
        take();
      }
    } catch (RuntimeException e) {
      part.close();
      throw e;
    }
    parts.add(worker.submit(() -> done(part)));
  }

  /** An error of the JVM leaves a gap among the parts, as any exception does. */
  private Void done(Part part) throws ExecutionException {
    try (part) {
      if (failure == null && !closed) {
        part.run();
      }
    } catch (Throwable e) {
      failure = e;
    }
    if (failure != null) {
      throw new ExecutionException(failure);
    }
    return null;
  }

  /**
   * Waits until all parts are done.
   *
   * @throws RuntimeException as {@link #add}
   */
  public void await() {
    while (!parts.isEmpty()) {
      take();
    }
    if (failure != null) {
      throw unchecked(failure);
    }
  }

  private void take() {
    try {
      parts.remove().get();
    } catch (ExecutionException e) {
      throw unchecked(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(FailureKind.INTERRUPTED, "The load was interrupted.", e);
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    return switch (failure) {
      case RuntimeException thrown -> thrown;
      case IOException thrown -> new UncheckedIOException(thrown);
      default -> new IllegalStateException("a part of the load failed", failure);
    };
  }

  /** Leaves undone what waits, and waits for the part that is under way. */
  @Override
  public void close() {
    closed = true;
    worker.close();
  }
}
