package io.caravan;

/**
 * How many threads of the system carry virtual threads. The JDK takes as many as there are
 * processors, and so few can all be held by virtual threads that load a class, which keep their
 * carrier while they wait. The one that they wait for may have given its own up while it has the
 * monitor of a nested jar, and gets none any more (docs/decisions/0021-carriers.md).
 */
final class Carriers {
  private static final String SETTING = "jdk.virtualThreadScheduler.parallelism";

  /** More than virtual threads load classes at the same moment. */
  private static final int LEAST = 64;

  private Carriers() {}

  /** Has to come before the first virtual thread; what is set already stays. */
  static void provide() {
    if (System.getProperty(SETTING) == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      System.setProperty(SETTING, String.valueOf(Math.max(LEAST, processors)));
    }
  }
}
