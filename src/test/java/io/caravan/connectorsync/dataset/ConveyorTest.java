package io.caravan.connectorsync.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.caravan.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConveyorTest {
  private final Conveyor conveyor = new Conveyor("test", 2);
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger closed = new AtomicInteger();
  private final CountDownLatch free = new CountDownLatch(1);

  @AfterEach
  void close() {
    free.countDown();
    conveyor.close();
  }

  private Conveyor.Part part(Conveyor.Part run) {
    return new Conveyor.Part() {
      @Override
      public void run() throws Exception {
        run.run();
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  private Conveyor.Part noting(int number) {
    return part(() -> done.add("part " + number));
  }

  private Conveyor.Part held() {
    return part(
        () -> {
          free.await();
          done.add("held");
        });
  }

  @Test
  void partsAreDoneInTheirOrderAndClosed() {
    IntStream.range(0, 20).forEach(number -> conveyor.add(noting(number)));

    conveyor.await();

    assertThat(done)
        .containsExactlyElementsOf(
            IntStream.range(0, 20).mapToObj(number -> "part " + number).toList());
    assertThat(closed).hasValue(20);
  }

  @Test
  void whoHandsOverAThirdPartWaitsForTheFirst() {
    conveyor.add(held());
    conveyor.add(noting(2));
    Thread third = Thread.ofPlatform().start(() -> conveyor.add(noting(3)));

    await().until(() -> third.getState() == Thread.State.WAITING);
    free.countDown();
    await().untilAsserted(() -> assertThat(done).containsExactly("held", "part 2", "part 3"));
  }

  @Test
  void afterAPartThatFailsNoOtherIsDoneAndEverybodyIsTold() {
    conveyor.add(
        part(
            () -> {
              free.await();
              throw new IllegalArgumentException("broken");
            }));
    conveyor.add(noting(2));
    free.countDown();

    assertThatThrownBy(() -> conveyor.add(noting(3))).hasMessage("broken");
    assertThatThrownBy(conveyor::await).hasMessage("broken");
    assertThatThrownBy(conveyor::await).hasMessage("broken");
    conveyor.close();

    assertThat(done).isEmpty();
    assertThat(closed).hasValue(3);
  }

  @Test
  void noPartIsDoneAfterAnErrorOfTheJvm() {
    conveyor.add(
        () -> {
          free.await();
          throw new OutOfMemoryError("heap");
        });
    conveyor.add(noting(2));
    free.countDown();

    assertThatThrownBy(conveyor::await).hasRootCauseMessage("heap");
    assertThatThrownBy(conveyor::await).hasRootCauseMessage("heap");
    assertThat(done).isEmpty();
  }

  @Test
  void whatAPartCouldNotReadIsAnUncheckedException() {
    conveyor.add(
        () -> {
          throw new IOException("no room");
        });

    assertThatThrownBy(conveyor::await)
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("no room");
  }

  @Test
  void closedItFinishesWhatIsUnderWayAndLeavesTheRestUndone() {
    CountDownLatch begun = new CountDownLatch(1);
    conveyor.add(
        part(
            () -> {
              begun.countDown();
              free.await();
              done.add("under way");
            }));
    conveyor.add(noting(2));
    assertThatCode(begun::await).doesNotThrowAnyException();
    Thread closing = Thread.ofPlatform().start(conveyor::close);
    await().until(() -> closing.getState() != Thread.State.RUNNABLE);
    free.countDown();

    await().until(() -> !closing.isAlive());
    assertThat(done).containsExactly("under way");
    assertThat(closed).hasValue(2);
  }

  @Test
  void whoIsInterruptedWhileHandingOverIsToldSo() {
    conveyor.add(held());
    conveyor.add(noting(2));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> conveyor.add(noting(3)))
        .isInstanceOf(Failure.class)
        .hasMessage("The load was interrupted.");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).hasValue(1);
  }

  @Test
  void aPartThatComputesKeepsNoVirtualThreadFromItsProcessor() {
    List<Boolean> virtual = new ArrayList<>();
    conveyor.add(() -> virtual.add(Thread.currentThread().isVirtual()));

    conveyor.await();

    assertThat(virtual).containsExactly(false);
  }
}
