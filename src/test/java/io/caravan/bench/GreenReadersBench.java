package io.caravan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Readers that join three views while releases are published, against the same readers while none
 * is. See bench/README-bluegreen.md.
 */
public final class GreenReadersBench {
  private static final int ROUNDS = 5;
  private static final int RELEASES = 200;

  /** Every tenth release is a run that loads everything; the others are kept ones, activated. */
  private static final int LOADED = 10;

  private static final long PAUSE_MILLIS = 100;

  private final GreenServer server;
  private final GreenServer.Site site;
  private int edition = 1;

  private GreenReadersBench(GreenServer server, GreenServer.Site site) {
    this.server = server;
    this.site = site;
  }

  public static void main(String[] arguments) {
    long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000;
    GreenServer.bench(
        "on",
        server ->
            server.with(records, Map.of(), site -> new GreenReadersBench(server, site).measure()));
  }

  private Void measure() throws Exception {
    for (int warmUp = 0; warmUp < 3; warmUp++) {
      load();
    }
    double[] alone = new double[ROUNDS];
    double[] beside = new double[ROUNDS];
    double[] more = new double[ROUNDS];
    long reads = 0;
    release(2 * LOADED);
    for (int round = 0; round < ROUNDS; round++) {
      GreenReaders.Seen with = GreenReaders.read(server, site, () -> release(RELEASES / ROUNDS));
      GreenReaders.Seen without =
          GreenReaders.read(server, site, () -> TimeUnit.MILLISECONDS.sleep(with.millis()));
      reads += with.reads();
      alone[round] = without.worst();
      beside[round] = with.worst();
      more[round] = with.worst() - without.worst();
      System.out.printf(
          "round %d: worst read %.1f ms without releases, %.1f ms beside %d of them in %d ms%n",
          round + 1, alone[round], beside[round], RELEASES / ROUNDS, with.millis());
    }
    System.out.printf("%,d reads beside %d releases: 0 failed, 0 mixed%n", reads, RELEASES);
    Verdict.head("ms");
    Verdict.atMost(
        "worst read beside releases, milliseconds more",
        Ratio.median(alone),
        Ratio.median(beside),
        Ratio.median(more),
        100,
        25);
    return null;
  }

  private void load() throws InterruptedException {
    edition++;
    site.blue().edition(edition);
    site.caravan().run(false);
  }

  private void release(int number) throws InterruptedException {
    for (int i = 1; i <= number; i++) {
      if (i % LOADED == 0) {
        load();
      } else {
        site.caravan().activate(kept());
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private int kept() {
    for (JsonNode release : site.caravan().releases()) {
      if (release.get("status").asText().equals("kept")) {
        return release.get("release").asInt();
      }
    }
    throw new IllegalStateException("Wrong result: no release is kept");
  }
}
