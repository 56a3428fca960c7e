package io.caravan.console;

import io.caravan.run.RunSummary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The last runs of a pipeline as bars, the newest at the right: height is duration. */
record Trend(List<Bar> bars, String words) {
  static final int RUNS = 20;
  private static final int WIDTH = 8;
  private static final int HEIGHT = 32;
  private static final int LOWEST = 3;

  /** One run. All lengths are pixels, from the upper left corner. */
  record Bar(UUID runId, String state, int x, int y, int height, String title) {}

  /**
   * @param newestFirst at most {@link #RUNS}
   */
  static Trend of(List<RunSummary> newestFirst, Words words) {
    long longest =
        newestFirst.stream().map(RunSummary::durationMs).mapToLong(Trend::orZero).max().orElse(0);
    List<Bar> bars =
        IntStream.range(0, newestFirst.size())
            .mapToObj(
                i -> {
                  RunSummary run = newestFirst.get(i);
                  long share = orZero(run.durationMs()) * HEIGHT / Math.max(1, longest);
                  int height = Math.max(LOWEST, (int) share);
                  return new Bar(
                      run.id(),
                      run.status().word(),
                      (RUNS - 1 - i) * WIDTH,
                      HEIGHT - height,
                      height,
                      "%s, %s, took %s"
                          .formatted(
                              words.status(run.status()),
                              words.utc(run.requestedAt()),
                              words.duration(run.durationMs())));
                })
            .toList();
    return new Trend(bars, inWords(newestFirst, words));
  }

  private static long orZero(Long millis) {
    return millis == null ? 0 : millis;
  }

  private static String inWords(List<RunSummary> runs, Words words) {
    Map<String, Long> counts =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> words.status(run.status()), TreeMap::new, Collectors.counting()));
    return "The last %d runs: %s"
        .formatted(
            runs.size(),
            counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ")));
  }
}
