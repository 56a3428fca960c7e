package io.caravan.sandbox;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many requests a stand-in received, by the vendor's name for each kind. Those for tokens and
 * for the page are not among them. Thread-safe.
 */
public final class Requests {
  private final Map<String, Integer> byKind = new TreeMap<>();
  private int reads;
  private int writes;
  private int limited;

  synchronized void received(String kind, boolean writing) {
    byKind.merge(kind, 1, Integer::sum);
    if (writing) {
      writes++;
    } else {
      reads++;
    }
  }

  synchronized void limited() {
    limited++;
  }

  /** All of them. */
  public synchronized int total() {
    return reads + writes;
  }

  /** Those that asked for nothing to be changed. */
  public synchronized int reads() {
    return reads;
  }

  /** Those that asked for a change, also when it was refused. */
  public synchronized int writes() {
    return writes;
  }

  /** Those answered 429, for whatever reason. */
  public synchronized int limitedOnes() {
    return limited;
  }

  /** Those of a kind, for example {@code values.batchGet} or {@code records.list}. */
  public synchronized int of(String kind) {
    return byKind.getOrDefault(kind, 0);
  }

  /** All kinds with their numbers. */
  public synchronized Map<String, Integer> byKind() {
    return Map.copyOf(byKind);
  }

  /** Counts from zero again. */
  public synchronized void reset() {
    byKind.clear();
    reads = 0;
    writes = 0;
    limited = 0;
  }
}
