package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.Api;
import io.caravan.CaravanTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Random histories over the real routes. The failure names the seed; {@code -Dsheetsync.seed=…}
 * plays that one alone, {@code -Dsheetsync.histories=1000} so many.
 */
@CaravanTest
class SheetHistoriesTest {
  private static final Duration USUAL_TIME = Duration.ofSeconds(25);

  /** Each waits for its own base's turn most of the time. */
  private static final int AT_ONCE = 24;

  @Test
  void bothSidesEndAsTheRulesSayWhateverPeopleAndTheNetworkDo(@LocalServerPort int port) {
    String alone = System.getProperty("sheetsync.seed");
    long first = alone == null ? 0 : Long.parseLong(alone);
    Integer histories =
        alone == null ? Integer.getInteger("sheetsync.histories") : Integer.valueOf(1);
    long most = histories == null ? Long.MAX_VALUE : histories;
    Instant until = Instant.now().plus(histories == null ? USUAL_TIME : Duration.ofDays(1));
    Api api = new Api(port);
    AtomicLong begun = new AtomicLong();
    AtomicLong passed = new AtomicLong();
    Queue<AssertionError> failures = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_ONCE; i++) {
        threads.execute(
            () -> {
              long number = begun.getAndIncrement();
              while (number < most && Instant.now().isBefore(until)) {
                try {
                  new StandInHistory(api, first + number).play();
                  passed.incrementAndGet();
                } catch (AssertionError e) {
                  failures.add(e);
                  System.out.println(e.getMessage());
                }
                number = begun.getAndIncrement();
              }
            });
      }
    }
    System.out.printf("%d histories passed, %d failed%n", passed.get(), failures.size());
    assertThat(failures).isEmpty();
    assertThat(passed.get()).isPositive();
  }
}
