package io.caravan.connectorsync.dataset;

import java.util.ArrayList;
import java.util.List;

/** As much as is worth a statement of its own. */
final class Batch<T> {
  private static final int MOST = 2_000;
  private static final long BYTES = 2 << 20;

  private final List<T> all = new ArrayList<>(MOST);
  private long bytes;

  /**
   * @param bytes of it, about
   */
  void add(T one, long bytes) {
    all.add(one);
    this.bytes += bytes;
  }

  /** In the order of their coming. */
  List<T> all() {
    return all;
  }

  boolean full() {
    return all.size() >= MOST || bytes >= BYTES;
  }

  void clear() {
    all.clear();
    bytes = 0;
  }
}
