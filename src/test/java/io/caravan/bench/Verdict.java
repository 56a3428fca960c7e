package io.caravan.bench;

/** Lines of a benchmark's table. */
final class Verdict {
  private static final StolenTime STOLEN = new StolenTime();

  private Verdict() {}

  static void head(String unit) {
    System.out.printf(
        "%-52s %12s %12s %7s %6s %6s  %s%n",
        "what", "limit " + unit, "ours " + unit, "ratio", "must", "aim", "(stolen time)");
  }

  /** The smaller the ratio, the better. */
  static void atMost(
      String what, double limit, double ours, double ratio, double must, double aim) {
    line(
        what,
        limit,
        ours,
        ratio,
        must,
        aim,
        ratio <= aim ? "aim" : ratio <= must ? "must" : "MISSED");
  }

  /** The greater the ratio, the better. */
  static void atLeast(
      String what, double limit, double ours, double ratio, double must, double aim) {
    line(
        what,
        limit,
        ours,
        ratio,
        must,
        aim,
        ratio >= aim ? "aim" : ratio >= must ? "must" : "MISSED");
  }

  private static void line(
      String what,
      double limit,
      double ours,
      double ratio,
      double must,
      double aim,
      String verdict) {
    System.out.printf(
        "%-52s %12.1f %12.1f %7.2f %6.2f %6.2f  %s (%d %%)%n",
        what, limit, ours, ratio, must, aim, verdict, STOLEN.percent());
  }
}
