package io.caravan.valuesync;

import java.util.Arrays;

/**
 * Collects ranks and keeps the lowest, each once, in memory that depends only on how many are kept.
 * For one thread.
 */
final class LowestRanks {
  private final int most;
  private final int[] ranks;
  private int size;
  private int bound = Integer.MAX_VALUE;

  LowestRanks(int most) {
    this.most = most;
    ranks = new int[2 * most + 64];
  }

  void add(int rank) {
    if (rank >= bound) {
      return;
    }
    ranks[size++] = rank;
    if (size == ranks.length) {
      shrink();
    }
  }

  /** The lowest ranks, ascending. */
  int[] ascending() {
    shrink();
    return Arrays.copyOf(ranks, size);
  }

  private void shrink() {
    int[] kept = Arrays.stream(ranks, 0, size).sorted().distinct().limit(most).toArray();
    System.arraycopy(kept, 0, ranks, 0, kept.length);
    size = kept.length;
    if (size == most && most > 0) {
      bound = ranks[size - 1];
    }
  }
}
