package io.caravan.run;

/**
 * How many items a run has, and how many of them came to each end; the rest is pending or running.
 */
public record Counts(int total, int succeeded, int failed, int skipped) {
  public int finished() {
    return succeeded + failed + skipped;
  }
}
