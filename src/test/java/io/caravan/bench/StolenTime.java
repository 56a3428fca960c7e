package io.caravan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How much of the processors' time other tenants of the same machine took, from the first line of
 * {@code /proc/stat} (proc(5)): a figure taken while a good part was gone says little.
 */
final class StolenTime {
  private static final Path STAT = Path.of("/proc/stat");
  private static final int USER = 1;
  private static final int IDLE = 4;
  private static final int IOWAIT = 5;
  private static final int STEAL = 8;

  private long[] before = now();

  /** Percent of the time that was wanted since the last call; 0 where the system does not say. */
  int percent() {
    long[] after = now();
    long wanted = 0;
    for (int i = USER; i <= STEAL; i++) {
      wanted += i == IDLE || i == IOWAIT ? 0 : after[i] - before[i];
    }
    long stolen = after[STEAL] - before[STEAL];
    before = after;
    return wanted == 0 ? 0 : (int) (100 * stolen / wanted);
  }

  private static long[] now() {
    try {
      String[] words = Files.readAllLines(STAT).getFirst().split(" +");
      return Arrays.stream(words, 0, STEAL + 1)
          .mapToLong(word -> word.equals("cpu") ? 0 : Long.parseLong(word))
          .toArray();
    } catch (IOException e) {
      return new long[STEAL + 1];
    }
  }
}
