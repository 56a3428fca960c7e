package io.caravan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.TestDatabase;
import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsTest {
  private DataSource database;
  private Ledger node;

  @BeforeEach
  void start() {
    database = TestDatabase.migrated();
    node = new Ledger(database, "node-a", Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() throws InterruptedException {
    node.close();
  }

  private void work(Run run) {
    HandOut handOut = node.runs.handOut(run);
    int number = 0;
    for (String id = handOut.next(); id != null; id = handOut.next()) {
      WorkItem item = node.items.claim(UUID.fromString(id)).orElseThrow();
      node.items.finish(item, 0, Outcome.succeeded(JsonNodeFactory.instance.objectNode()));
      handOut.handedBack(number++);
    }
  }

  @Test
  void oneKeySentTwentyTimesAtOnceMakesOneRun() throws Exception {
    try (var threads = Executors.newFixedThreadPool(20)) {
      Callable<UUID> request =
          () -> node.runs.request(Ledger.PIPELINE, "api", RunRequest.everything(), "same").id();
      Set<UUID> ids =
          threads.invokeAll(IntStream.range(0, 20).mapToObj(i -> request).toList()).stream()
              .map(Future::resultNow)
              .collect(Collectors.toSet());
      assertThat(ids).hasSize(1);
    }
    assertThat(node.runs.list(null, null, null, null, null)).hasSize(1);
  }

  @Test
  void aRunGoesFromQueuedToItsEndWithCountsFromItsItems() {
    Run run = node.running(3);
    assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.counts()).isEqualTo(new Counts(3, 0, 0, 0));
    work(run);
    Run closed =
        node.runs.close(run, JsonNodeFactory.instance.objectNode().put("b", 1).put("a", 2));
    assertThat(closed.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(closed.counts()).isEqualTo(new Counts(3, 3, 0, 0));
    assertThat(closed.report()).hasToString("{\"b\":1,\"a\":2}");
    assertThat(closed.finishedAt()).isAfterOrEqualTo(closed.startedAt());
  }

  @Test
  void aSummaryIsTheRunWithoutItsReport() {
    Run first = node.running(3);
    work(first);
    Run closed = node.runs.close(first, JsonNodeFactory.instance.objectNode());
    Run second = node.running(2);

    List<RunSummary> newestFirst = node.runs.summaries(Ledger.PIPELINE, null, null, 10);

    assertThat(newestFirst)
        .extracting(RunSummary::id, RunSummary::status, RunSummary::counts)
        .containsExactly(
            tuple(second.id(), RunStatus.RUNNING, new Counts(2, 0, 0, 0)),
            tuple(first.id(), RunStatus.SUCCEEDED, new Counts(3, 3, 0, 0)));
    assertThat(newestFirst.getLast().durationMs()).isEqualTo(closed.durationMs());
    assertThat(node.runs.summaries(null, null, second.id(), 10))
        .extracting(RunSummary::id)
        .containsExactly(first.id());
    assertThat(node.runs.summaries(null, RunStatus.RUNNING, null, 10))
        .extracting(RunSummary::id)
        .containsExactly(second.id());
    assertThat(node.runs.summaries("another", null, null, 10)).isEmpty();
  }

  @Test
  void itemsComeInPartsAndInThePlannedOrder() {
    Run run = node.running(5);
    List<RunItem> all = node.runs.items(run.id(), null);

    List<RunItem> first = node.runs.itemsAfter(run.id(), null, null, 2);
    List<RunItem> rest = node.runs.itemsAfter(run.id(), null, first.getLast().id(), 10);

    assertThat(first).extracting(RunItem::id).isEqualTo(ids(all.subList(0, 2)));
    assertThat(rest).extracting(RunItem::id).isEqualTo(ids(all.subList(2, 5)));
    assertThat(node.runs.itemsAfter(run.id(), ItemState.FAILED, null, 10)).isEmpty();
    assertThat(node.runs.itemsAfter(run.id(), ItemState.PENDING, null, 10)).hasSize(5);
  }

  private static List<UUID> ids(List<RunItem> items) {
    return items.stream().map(RunItem::id).toList();
  }

  @Test
  void aWholeRunBesideAnotherIsSkippedAndSaysWhy() {
    Run first = node.running(1);
    Run second = node.queued();
    assertThat(node.runs.open(second.id())).isEmpty();
    Run skipped = node.runs.get(second.id());
    assertThat(skipped.status()).isEqualTo(RunStatus.SKIPPED);
    assertThat(skipped.reason()).isEqualTo("the previous run is still running: " + first.id());
  }

  @Test
  void aRunForNamedItemsGoesBesideAWholeOne() {
    node.running(1);
    Run named =
        node.runs.request(
            Ledger.PIPELINE,
            "event",
            new RunRequest(List.of("key-7"), null, false, false, null),
            null);
    assertThat(node.runs.open(named.id())).isPresent();
  }

  @Test
  void anItemWhoseKeyIsBusyInAnotherRunIsSkippedWithThatRun() {
    Run first = node.running(1);
    WorkItem held =
        node.items.claim(UUID.fromString(node.runs.handOut(first).next())).orElseThrow();
    Run named =
        node.runs
            .open(
                node.runs
                    .request(
                        Ledger.PIPELINE,
                        "event",
                        new RunRequest(List.of("key-0"), null, false, false, null),
                        null)
                    .id())
            .orElseThrow();
    node.runs.plan(named, Ledger.plan(1));
    UUID same = UUID.fromString(node.runs.handOut(named).next());
    assertThat(node.items.claim(same)).isEmpty();
    RunItem skipped = node.itemsOf(named).getFirst();
    assertThat(skipped.status()).isEqualTo(ItemState.SKIPPED);
    assertThat(skipped.reason()).isEqualTo("already being worked on in run " + first.id());
    assertThat(node.itemsOf(first).getFirst().status()).isEqualTo(ItemState.RUNNING);
    node.items.finish(held, 0, Outcome.succeeded(null));
  }

  @Test
  void oneItemClaimedByManyAtOnceIsWorkedOnOnce() throws Exception {
    Run run = node.running(1);
    UUID id = UUID.fromString(node.runs.handOut(run).next());
    Ledger other = new Ledger(database, "node-b", Duration.ofSeconds(30));
    try (var threads = Executors.newFixedThreadPool(16)) {
      List<Callable<Boolean>> claims =
          IntStream.range(0, 16)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> (i % 2 == 0 ? node : other).items.claim(id).isPresent())
              .toList();
      assertThat(threads.invokeAll(claims).stream().filter(Future::resultNow)).hasSize(1);
    } finally {
      other.close();
    }
  }

  @Test
  void workLeftByANodeThatIsGoneIsTakenUpWithoutDoingTheRestAgain() throws Exception {
    Ledger dying = new Ledger(database, "node-dying", Duration.ofMillis(1));
    Run run = dying.running(3);
    HandOut handOut = dying.runs.handOut(run);
    WorkItem done = dying.items.claim(UUID.fromString(handOut.next())).orElseThrow();
    dying.items.finish(done, 0, Outcome.succeeded(null));
    WorkItem underWay = dying.items.claim(UUID.fromString(handOut.next())).orElseThrow();

    assertThat(node.runs.orphans()).containsExactly(run.id());
    Run resumed = node.runs.open(run.id()).orElseThrow();
    assertThat(resumed.attempt()).isEqualTo(2);
    assertThat(resumed.planned()).isTrue();
    work(resumed);
    assertThat(node.runs.close(resumed, null).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(node.itemsOf(run))
        .extracting(RunItem::attempts, RunItem::status)
        .containsExactly(
            tuple(1, ItemState.SUCCEEDED),
            tuple(2, ItemState.SUCCEEDED),
            tuple(1, ItemState.SUCCEEDED));

    dying.items.finish(
        underWay, 0, Outcome.of(new Failure(FailureKind.INTERNAL, "too late"), null));
    assertThat(node.itemsOf(run)).noneMatch(item -> item.status() == ItemState.FAILED);
    dying.close();
  }

  @Test
  void aRunThatNobodyGetsAnythingDoneOfIsGivenUp() throws Exception {
    Run run = null;
    for (int i = 0; i < 4; i++) {
      Ledger dying = new Ledger(database, "node-" + i, Duration.ofMillis(1));
      if (run == null) {
        run = dying.running(1);
      } else {
        dying.runs.open(run.id());
      }
      dying.close();
    }
    Run given = node.runs.get(run.id());
    assertThat(given.status()).isEqualTo(RunStatus.FAILED);
    assertThat(given.error()).contains("3 attempts in a row");
  }

  @Test
  void cancellingSkipsWhatIsNotStartedAndStopsWhatIs() {
    Run run = node.running(3);
    WorkItem started =
        node.items.claim(UUID.fromString(node.runs.handOut(run).next())).orElseThrow();
    node.runs.cancel(run.id());
    assertThat(node.runs.items(run.id(), "skipped"))
        .hasSize(2)
        .allMatch(item -> item.reason().equals("cancelled"));
    awaitStop(started);
    node.items.finish(started, 0, Outcome.of(started.stop().reason().orElseThrow(), null));
    Run closed = node.runs.close(run, null);
    assertThat(closed.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(closed.counts()).isEqualTo(new Counts(3, 0, 0, 3));
    assertThatThrownBy(() -> node.runs.cancel(run.id()))
        .isInstanceOf(ConflictException.class)
        .hasMessage("The run is cancelled already.");
  }

  private static void awaitStop(WorkItem item) {
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> item.stop().reason().isPresent());
  }

  @Test
  void aCancelThatReachedAnotherNodeIsHeeded() throws Exception {
    Run run = node.running(1);
    WorkItem started =
        node.items.claim(UUID.fromString(node.runs.handOut(run).next())).orElseThrow();
    Ledger other = new Ledger(database, "node-b", Duration.ofSeconds(30));
    other.runs.cancel(run.id());
    other.close();
    assertThat(started.stop().reason()).isEmpty();
    node.runs.beat();
    awaitStop(started);
    assertThat(started.stop().reason().orElseThrow().kind()).isEqualTo(FailureKind.CANCELLED);
  }

  @Test
  void workWhoseLeaseAnotherNodeTookIsStopped() throws Exception {
    Ledger slow = new Ledger(database, "node-slow", Duration.ofMillis(1));
    Run run = slow.running(1);
    WorkItem started =
        slow.items.claim(UUID.fromString(slow.runs.handOut(run).next())).orElseThrow();
    slow.items.requireHeld(started);
    node.runs.open(run.id()).orElseThrow();
    assertThatThrownBy(() -> slow.items.requireHeld(started))
        .isInstanceOf(Failure.class)
        .extracting(thrown -> ((Failure) thrown).kind())
        .isEqualTo(FailureKind.INTERRUPTED);
    slow.runs.beat();
    awaitStop(started);
    assertThat(started.stop().reason().orElseThrow().kind()).isEqualTo(FailureKind.INTERRUPTED);
    slow.close();
  }

  @Test
  void retryingTouchesFailedItemsOnly() {
    Run run = node.running(3);
    HandOut handOut = node.runs.handOut(run);
    int number = 0;
    for (String id = handOut.next(); id != null; id = handOut.next()) {
      WorkItem item = node.items.claim(UUID.fromString(id)).orElseThrow();
      Outcome outcome =
          item.key().equals("key-1")
              ? Outcome.of(new Failure(FailureKind.TRANSIENT, "the source did not answer"), null)
              : Outcome.succeeded(null);
      node.items.finish(item, 2, outcome);
      handOut.handedBack(number++);
    }
    assertThatThrownBy(() -> node.runs.retryFailed(run.id())).isInstanceOf(ConflictException.class);
    assertThat(node.runs.close(run, null).status()).isEqualTo(RunStatus.PARTIAL);
    Run retry = node.runs.retryFailed(run.id());
    assertThat(retry.trigger()).isEqualTo("retry");
    assertThat(retry.parentId()).isEqualTo(run.id());
    assertThat(node.itemsOf(retry)).extracting(RunItem::key).containsExactly("key-1");
    assertThat(node.runs.items(run.id(), "failed").getFirst().attempts()).isEqualTo(3);
  }

  @Test
  void aRunPastItsTimeIsStoppedAndSaysSo() throws Exception {
    Ledger strict =
        new Ledger(
            TestDatabase.migrated(),
            "node-strict",
            Duration.ofSeconds(30),
            new io.caravan.setting.PipelineSettings(
                "Test", "off", Duration.ofSeconds(2), Duration.ofMinutes(1), 4, 2, false, false));
    Run run = strict.running(2);
    WorkItem started =
        strict.items.claim(UUID.fromString(strict.runs.handOut(run).next())).orElseThrow();
    awaitStop(started);
    strict.items.finish(started, 0, Outcome.of(started.stop().reason().orElseThrow(), null));
    Run closed = strict.runs.close(run, null);
    assertThat(closed.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(closed.counts()).isEqualTo(new Counts(2, 0, 1, 1));
    strict.close();
  }

  @Test
  void anItemPastItsTimeIsStoppedAlone() throws Exception {
    Ledger strict =
        new Ledger(
            TestDatabase.migrated(),
            "node-strict",
            Duration.ofSeconds(30),
            new io.caravan.setting.PipelineSettings(
                "Test", "off", Duration.ofMinutes(1), Duration.ofSeconds(1), 4, 2, false, false));
    Run run = strict.running(2);
    HandOut handOut = strict.runs.handOut(run);
    WorkItem late = strict.items.claim(UUID.fromString(handOut.next())).orElseThrow();
    awaitStop(late);
    assertThat(late.stop().reason().orElseThrow())
        .hasMessage("title of key-0 took longer than its limit of 1 s and was stopped.");
    assertThat(handOut.next()).isNotNull();
    strict.close();
  }

  @Test
  void interruptedWorkGoesBackAndTheRunGoesOnElsewhere() {
    Run run = node.running(1);
    WorkItem started =
        node.items.claim(UUID.fromString(node.runs.handOut(run).next())).orElseThrow();
    node.runs.interruptAll();
    awaitStop(started);
    node.items.finish(started, 0, Outcome.of(started.stop().reason().orElseThrow(), null));
    assertThat(node.runs.close(run, null).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(node.itemsOf(run).getFirst().status()).isEqualTo(ItemState.PENDING);
    assertThat(node.runs.orphans()).containsExactly(run.id());
  }

  @Test
  void refusesWhatCannotBeAsked() {
    assertThatThrownBy(() -> node.runs.request("nosync", "api", null, null))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("There is no pipeline nosync; there is testsync.");
    assertThatThrownBy(
            () ->
                node.runs.request(
                    Ledger.PIPELINE, "api", new RunRequest(null, null, false, true, " "), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("needs a reason");
    assertThatThrownBy(() -> node.runs.get(UUID.randomUUID()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void listsNewestFirstAndPagesByTheLastSeen() {
    List<UUID> made = IntStream.range(0, 5).mapToObj(i -> node.queued().id()).toList().reversed();
    List<Run> page = node.runs.list(Ledger.PIPELINE, "queued", "api", 2, null);
    assertThat(page).extracting(Run::id).containsExactlyElementsOf(made.subList(0, 2));
    assertThat(node.runs.list(null, null, null, 50, page.getLast().id()))
        .extracting(Run::id)
        .containsExactlyElementsOf(made.subList(2, 5));
  }
}
