package io.caravan.bench;

import java.util.Arrays;

/**
 * Two ways to do a thing, timed one after the other in rounds, so that a busy machine slows both.
 *
 * @param limit milliseconds of the yardstick, one a round
 * @param product milliseconds of ours, one a round
 */
record Ratio(double[] limit, double[] product) {
  /** Work to be timed; what it finds is checked before its time counts. */
  @FunctionalInterface
  interface Timed {
    void run() throws Exception;
  }

  static Ratio measure(int rounds, Timed limit, Timed product) throws Exception {
    double[] limits = new double[rounds];
    double[] products = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      limits[round] = millis(limit);
      products[round] = millis(product);
    }
    return new Ratio(limits, products);
  }

  static double millis(Timed work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** Median of the ratios of the rounds, product over limit. */
  double median() {
    double[] ratios = new double[limit.length];
    Arrays.setAll(ratios, i -> product[i] / limit[i]);
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Least-squares slope of log time over log size: 1 is linear, 0 does not grow. */
  static double slope(double[] sizes, double[] times) {
    double x = 0;
    double y = 0;
    for (int i = 0; i < sizes.length; i++) {
      x += Math.log(sizes[i]) / sizes.length;
      y += Math.log(times[i]) / sizes.length;
    }
    double above = 0;
    double below = 0;
    for (int i = 0; i < sizes.length; i++) {
      above += (Math.log(sizes[i]) - x) * (Math.log(times[i]) - y);
      below += (Math.log(sizes[i]) - x) * (Math.log(sizes[i]) - x);
    }
    return above / below;
  }
}
