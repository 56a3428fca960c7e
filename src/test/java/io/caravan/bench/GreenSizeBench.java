package io.caravan.bench;

import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the database grows to over twenty releases of which three are kept, against three times what
 * psql loads. See bench/README-bluegreen.md.
 */
public final class GreenSizeBench {
  private static final int RELEASES = 20;
  private static final int KEPT = 3;
  private static final double MEGABYTE = 1e6;
  private static final double NO_SLOPE = 0.02;

  private GreenSizeBench() {}

  public static void main(String[] arguments) {
    long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000;
    GreenServer.bench(
        "off",
        server ->
            server.with(
                records,
                Map.of("caravan.bluegreen.keep", Integer.toString(KEPT)),
                GreenSizeBench::measure));
  }

  private static Void measure(GreenServer.Site site) throws Exception {
    double[] sizes = new double[RELEASES];
    GreenLimit limit = new GreenLimit(site);
    double three = 0;
    boolean raw = true;
    for (int i = 0; i < RELEASES; i++) {
      site.blue().edition(i + 1);
      site.caravan().run(false);
      sizes[i] = GreenLimit.size(site, "green") / MEGABYTE;
      System.out.printf("release %d: %.1f MB%n", i + 1, sizes[i]);
      if (i == 0) {
        limit.prepare(true);
        limit.load();
        three = KEPT * limit.size() / MEGABYTE;
      }
      raw &= limit.check(i + 1);
    }
    double[] numbers = IntStream.rangeClosed(KEPT + 1, RELEASES).asDoubleStream().toArray();
    double[] after = IntStream.range(KEPT, RELEASES).mapToDouble(i -> sizes[i]).toArray();
    Verdict.head("MB");
    Verdict.atMost(
        "%d releases of %,d records, keep %d%s"
            .formatted(RELEASES, site.records().size(), KEPT, raw ? "" : ", WITHOUT RAW JSON"),
        three,
        sizes[RELEASES - 1],
        sizes[RELEASES - 1] / three,
        1.5,
        1.1);
    double slope = Ratio.slope(numbers, after);
    System.out.printf(
        "slope of log size over log releases, from the %dth: %.3f, must %.2f  %s%n",
        KEPT + 1, slope, NO_SLOPE, slope <= NO_SLOPE ? "must" : "MISSED");
    return null;
  }
}
