package io.caravan;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Lets Caravan's main method run to its end, and then sees whether one more virtual thread gets a
 * carrier while forty wait for a class to be loaded. Its first word says for how many seconds it
 * looks; exit status 0 when the thread ran.
 */
final class CarriersProbe {
  private static final int WAITING = 40;
  private static final CountDownLatch LOADED = new CountDownLatch(1);

  private CarriersProbe() {}

  /** A class whose loading ends when {@link #LOADED} is let go. */
  private static final class Slow {
    static {
      try {
        LOADED.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    static void use() {}
  }

  public static void main(String[] args) {
    Duration longest = Duration.ofSeconds(Long.parseLong(args[0]));
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().unstarted(() -> Runtime.getRuntime().halt(status(longest))));
    Caravan.main(new String[] {"--version"});
  }

  private static int status(Duration longest) {
    for (int n = 0; n < WAITING; n++) {
      Thread.ofVirtual().start(Slow::use);
    }
    try {
      return Thread.ofVirtual().start(LOADED::countDown).join(longest) ? 0 : 1;
    } catch (InterruptedException e) {
      return 2;
    }
  }
}
