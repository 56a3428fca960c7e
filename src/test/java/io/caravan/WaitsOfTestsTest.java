package io.caravan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class WaitsOfTestsTest {
  @Test
  void aWaitOutlivesTheDeathOfAThreadOfAnotherTest() {
    assertThatCode(() -> await().until(WaitsOfTestsTest::threadOfAnotherTestDied))
        .doesNotThrowAnyException();
  }

  private static boolean threadOfAnotherTestDied() throws InterruptedException {
    Thread server =
        Thread.ofPlatform()
            .start(
                () -> {
                  throw new IllegalStateException("The server of another test lost its client.");
                });
    server.join();
    return true;
  }
}
