package io.caravan.sheetsync;

import java.util.List;
import java.util.Random;

/**
 * People who edit both sides at random, a sync in between that may be killed, and the oracle that
 * says after each cycle what either side must hold.
 */
final class History {
  private static final int CYCLES = 6;

  private final long seed;
  private final Random random;
  private final TwoSides sides = new TwoSides();
  private final People people;

  History(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.people = new People(sides, random);
  }

  /**
   * Throws an AssertionError that names the seed when a cycle ends otherwise than the rules say.
   */
  void play() {
    try {
      SyncOracle oracle = people.oracle();
      people.begin();
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        oracle.observe();
        sync();
        oracle.step();
        oracle.check();
        Plan idle = sides.plan();
        if (!idle.isIdle()) {
          throw new AssertionError("The next cycle is not idle: " + idle);
        }
        for (int i = random.nextInt(8); i > 0; i--) {
          people.edit();
        }
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("Seed %d: %s".formatted(seed, e.getMessage()), e);
    }
  }

  /** Killed at any point, with or without the base knowing what was done, and started again. */
  private void sync() {
    while (random.nextInt(3) == 0) {
      List<Runnable> parts = sides.parts(sides.plan(), random.nextBoolean());
      int done = random.nextInt(parts.size() + 1);
      parts.subList(0, done).forEach(Runnable::run);
    }
    sides.cycle();
  }
}
