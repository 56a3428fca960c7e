package io.caravan.bench;

import io.caravan.bench.BigRecords.Source;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A run that finds nothing new, though the source has no {@code ETag}, against downloading the same
 * to a digest. See bench/README-bluegreen.md.
 */
public final class GreenUnchangedBench {
  private static final int ROUNDS = 5;

  /** So many paths are read at once by both. */
  private static final int AT_ONCE = 4;

  private final GreenServer.Site site;
  private final HttpClient client = HttpClient.newHttpClient();
  private List<String> first;

  private GreenUnchangedBench(GreenServer.Site site) {
    this.site = site;
  }

  public static void main(String[] arguments) {
    long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    Map<String, String> settings =
        Map.of(
            "caravan.pipelines.bluegreen.parallel-items", Integer.toString(AT_ONCE),
            "caravan.pipelines.bluegreen.items-per-lane", Integer.toString(AT_ONCE));
    GreenServer.bench(
        "on",
        server -> server.with(records, settings, site -> new GreenUnchangedBench(site).measure()));
  }

  private Void measure() throws Exception {
    site.caravan().run(false);
    first = digests();
    // Both sides compiled, as in a Caravan that has been up for a while.
    for (int warmUp = 0; warmUp < 2; warmUp++) {
      download();
      unchanged();
    }
    Ratio ratio = new Ratio(new double[ROUNDS], new double[ROUNDS]);
    for (int round = 0; round < ROUNDS; round++) {
      ratio.limit()[round] = download();
      ratio.product()[round] = unchanged();
    }
    Verdict.head("ms");
    Verdict.atMost(
        "%,d records unchanged, against downloading them".formatted(site.records().size()),
        Ratio.median(ratio.limit()),
        Ratio.median(ratio.product()),
        ratio.median(),
        1.5,
        1.1);
    return null;
  }

  private double unchanged() throws InterruptedException {
    double millis = site.caravan().run(true);
    if (site.caravan().releases().size() != 1) {
      throw new IllegalStateException("Wrong result: " + site.caravan().releases());
    }
    return millis;
  }

  private double download() throws Exception {
    long start = System.nanoTime();
    List<String> again = digests();
    double millis = (System.nanoTime() - start) / 1e6;
    if (!again.equals(first)) {
      throw new IllegalStateException("Wrong result: the source answers something else");
    }
    return millis;
  }

  private List<String> digests() throws Exception {
    List<String> found = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<String>> paths = new ArrayList<>();
      for (Source source : Source.values()) {
        paths.add(threads.submit(() -> digest(source)));
      }
      for (Future<String> path : paths) {
        found.add(path.get());
      }
    }
    return found;
  }

  private String digest(Source source) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[1 << 16];
    for (String address : site.blue().addresses(source)) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      try (InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
