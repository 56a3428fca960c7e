package io.caravan.sandbox;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at the same time. */
final class Together {
  private Together() {}

  /**
   * Waits until every task has ended.
   *
   * @return the answers in the order of the tasks
   * @throws Failure the first task's that failed, or kind CANCELLED when the waiting thread was
   *     interrupted, which interrupts the tasks too
   */
  static <T> List<T> all(List<Callable<T>> tasks) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(tasks).stream().map(Together::answer).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          FailureKind.CANCELLED,
          "The sample warehouses were not finished: the start was interrupted.",
          e);
    }
  }

  private static <T> T answer(Future<T> ended) {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new Failure(
          FailureKind.INTERNAL, "The sample warehouses could not be made.", e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("Asked for an answer before the task had ended", e);
    }
  }
}
