package io.caravan.bench;

import java.util.Arrays;
import java.util.Map;

/**
 * A release of ten entities from its request to all views switched, against psql that loads the
 * same. See bench/README-bluegreen.md.
 */
public final class GreenLoadBench {
  private static final int ROUNDS = 5;

  private GreenLoadBench() {}

  public static void main(String[] arguments) {
    long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    GreenServer.bench(
        arguments.length > 1 ? arguments[1] : "on",
        server -> {
          double[] sizes = {records / 10.0, 3 * records / 10.0, records};
          double[] times = new double[sizes.length];
          Ratio ratio = null;
          for (int i = 0; i < sizes.length; i++) {
            ratio = server.with((long) sizes[i], Map.of(), GreenLoadBench::measure);
            times[i] = Ratio.median(ratio.product());
          }
          Verdict.head("ms");
          Verdict.atMost(
              "%,d records to all views switched, against psql".formatted(records),
              Ratio.median(ratio.limit()),
              Ratio.median(ratio.product()),
              ratio.median(),
              2.0,
              1.3);
          System.out.printf(
              "slope of log time over log records: %.2f %s%n",
              Ratio.slope(sizes, times), Arrays.toString(times));
        });
  }

  /** Every round publishes an edition in which all records differ from those that are live. */
  private static Ratio measure(GreenServer.Site site) throws Exception {
    long size = site.records().size();
    System.out.printf(
        "%,d records, first release, while Caravan is cold: %.0f ms%n",
        size, site.caravan().run(false));
    GreenLimit limit = new GreenLimit(site);
    limit.prepare(false);
    double[] limits = new double[ROUNDS];
    double[] ours = new double[ROUNDS];
    StolenTime stolen = new StolenTime();
    for (int round = 0; round < ROUNDS; round++) {
      limit.clear();
      site.execute("checkpoint");
      stolen.percent();
      limits[round] = Ratio.millis(limit::load);
      int edition = round + 2;
      site.blue().edition(edition);
      site.execute("checkpoint");
      ours[round] = site.caravan().run(false);
      int percent = stolen.percent();
      boolean raw = limit.check(edition);
      System.out.printf(
          "%,d records, round %d: psql %.0f ms, ours %.0f ms%s; %d %% stolen%n",
          size, round + 1, limits[round], ours[round], raw ? "" : " WITHOUT THE RAW JSON", percent);
    }
    return new Ratio(limits, ours);
  }
}
