package io.caravan.sandbox;

/**
 * How much the Blue stand-in holds in its first edition. Portfolios are shared out among the
 * talents and media among the portfolios, some getting more and some none.
 *
 * @param talents people of the agency
 * @param boards lists of talents, by division and city
 * @param portfolios of all talents together
 * @param media images and videos of all portfolios together
 * @param tags to choose from; a medium has none to six of them
 */
public record BlueSize(int talents, int boards, int portfolios, int media, int tags) {

  /**
   * @throws IllegalArgumentException when a number is negative, or portfolios have no talent or
   *     media no portfolio to belong to
   */
  public BlueSize {
    if (Math.min(Math.min(talents, boards), Math.min(Math.min(portfolios, media), tags)) < 0) {
      throw new IllegalArgumentException("A size is zero or more.");
    }
    if (talents == 0 && portfolios > 0 || portfolios == 0 && media > 0) {
      throw new IllegalArgumentException("Portfolios need talents, and media need portfolios.");
    }
  }

  /** An agency as the demo shows it. */
  public static BlueSize demo() {
    return new BlueSize(5_000, 40, 8_000, 100_000, 300);
  }
}
