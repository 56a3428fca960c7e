package io.caravan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Four at a time in all, two in a lane. */
class HandOutTest {
  private final Ledger ledger = Ledger.fresh();

  @AfterEach
  void stop() throws InterruptedException {
    ledger.close();
  }

  private String keyOf(String id) {
    return ledger.itemStore.find(UUID.fromString(id)).orElseThrow().key();
  }

  @Test
  void aFullLaneHoldsUpNobodyElse() {
    List<PlannedItem> plan = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      plan.add(Ledger.item("slow-" + i, "slow"));
    }
    plan.add(Ledger.item("fast-0", "fast"));
    HandOut handOut = ledger.runs.handOut(ledger.running(plan));
    assertThat(List.of(keyOf(handOut.next()), keyOf(handOut.next()), keyOf(handOut.next())))
        .containsExactly("slow-0", "slow-1", "fast-0");
  }

  @Test
  void atMostSoManyAreUnderWayAndEachIsHandedOutOnce() {
    Run run = ledger.running(1_234);
    HandOut handOut = ledger.runs.handOut(run);
    Map<String, Integer> seen = new HashMap<>();
    int handedBack = 0;
    for (int i = 0; ; i++) {
      if (i >= 4) {
        handOut.handedBack(handedBack++);
      }
      if (i >= 1_234) {
        break;
      }
      seen.merge(handOut.next(), 1, Integer::sum);
    }
    ledger
        .jdbc
        .sql("update caravan.run_item set state = 'succeeded' where run_id = ?")
        .param(run.id())
        .update();
    while (handedBack < 1_234) {
      handOut.handedBack(handedBack++);
    }
    assertThat(handOut.next()).isNull();
    assertThat(handOut.hasNext()).isFalse();
    assertThat(seen).hasSize(1_234).allSatisfy((id, times) -> assertThat(times).isOne());
  }

  @Test
  void waitsForARoomAndTakesItWhenOneIsHandedBack() throws Exception {
    HandOut handOut = ledger.runs.handOut(ledger.running(5));
    for (int i = 0; i < 4; i++) {
      handOut.next();
    }
    CompletableFuture<String> fifth = CompletableFuture.supplyAsync(handOut::next);
    assertThatThrownBy(() -> fifth.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    handOut.handedBack(2);
    assertThat(keyOf(fifth.get(2, TimeUnit.SECONDS))).isEqualTo("key-4");
  }

  @Test
  void nothingGoesBeforeItsTime() {
    Instant later = Instant.now().plusSeconds(3);
    PlannedItem early =
        new PlannedItem("later", "later", null, later, JsonNodeFactory.instance.objectNode());
    HandOut handOut = ledger.runs.handOut(ledger.running(List.of(early, Ledger.item("now", null))));
    assertThat(keyOf(handOut.next())).isEqualTo("now");
    assertThat(keyOf(handOut.next())).isEqualTo("later");
    assertThat(Instant.now()).isAfterOrEqualTo(later);
  }

  @Test
  void anItemThatCameBackIsHandedOutAgain() {
    HandOut handOut = ledger.runs.handOut(ledger.running(1));
    WorkItem item = ledger.items.claim(UUID.fromString(handOut.next())).orElseThrow();
    ledger.items.finish(
        item,
        0,
        Outcome.later(
            Instant.now().plusMillis(200), JsonNodeFactory.instance.objectNode().put("look", 2)));
    handOut.handedBack(0);
    WorkItem again = ledger.items.claim(UUID.fromString(handOut.next())).orElseThrow();
    assertThat(again.id()).isEqualTo(item.id());
    assertThat(again.attempt()).isOne();
    assertThat(again.payload()).hasToString("{\"look\":2}");
  }

  @Test
  void aStoppedRunHandsOutNothingMoreAndWaitsForWhatIsUnderWay() throws Exception {
    Run run = ledger.running(10);
    HandOut handOut = ledger.runs.handOut(run);
    handOut.next();
    ledger.active.stopRun(run.id(), new Failure(FailureKind.CANCELLED, "cancelled"));
    CompletableFuture<String> end = CompletableFuture.supplyAsync(handOut::next);
    assertThatThrownBy(() -> end.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    handOut.handedBack(0);
    assertThat(end.get(Duration.ofSeconds(3).toMillis(), TimeUnit.MILLISECONDS)).isNull();
  }
}
